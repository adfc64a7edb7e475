import { expect, test, vi } from "vitest"
import { collectGarbage } from "../../server/base/collect-garbage.ts"
import { yieldToLoop } from "../../server/base/time-slice.ts"

test("what nobody holds is gone after garbage was collected", async () => {
  const held = new WeakRef({})
  // A reference is held until the turn of the event loop ends in which it was made.
  await yieldToLoop()
  collectGarbage("all")
  expect(held.deref()).toBeUndefined()
})

test("where the engine can't be made to collect garbage, nothing happens", async () => {
  vi.doMock("node:v8", () => ({ setFlagsFromString: () => {} }))
  vi.resetModules()
  const unable = await import("../../server/base/collect-garbage.ts")
  vi.doUnmock("node:v8")
  expect(() => unable.collectGarbage("young")).not.toThrow()
})
