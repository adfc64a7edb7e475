import { expect, test } from "vitest"
import { cancel, raceAbort, throwIfAborted } from "../../server/base/cancel.ts"
import { Cancelled } from "../../server/base/errors.ts"

test("waiting ends with the reason as soon as the signal aborts, though the work goes on", async () => {
  const controller = new AbortController()
  const never = new Promise<string>(() => {})
  const waiting = raceAbort(never, controller.signal)
  cancel(controller, "superseded")
  await expect(waiting).rejects.toMatchObject({ reason: "superseded" })
})

test("a signal that was aborted before never starts waiting", async () => {
  await expect(
    raceAbort(Promise.resolve(1), AbortSignal.abort(new Cancelled("shutdown"))),
  ).rejects.toMatchObject({
    reason: "shutdown",
  })
})

test("work that ends first gives its own result or its own error", async () => {
  const { signal } = new AbortController()
  await expect(raceAbort(Promise.resolve("done"), signal)).resolves.toBe("done")
  await expect(raceAbort(Promise.reject(new RangeError("no")), signal)).rejects.toThrow("no")
})

test("a foreign abort reason counts as the client's and is kept as the cause", () => {
  const reason = new Error("gone")
  try {
    throwIfAborted(AbortSignal.abort(reason))
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ reason: "client", cause: reason })
  }
})
