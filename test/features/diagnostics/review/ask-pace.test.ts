import { expect, test } from "vitest"
import { cancel } from "../../../../server/base/cancel.ts"
import { Cancelled } from "../../../../server/base/errors.ts"
import { AskPace } from "../../../../server/features/diagnostics/review/ask-pace.ts"
import { FakeClock } from "../../../model/fake-clock.ts"

/** Lets everything run that waits for nothing but its turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

test("so many asks go at once, each further one when a minute has passed since the first of them", async () => {
  const clock = new FakeClock()
  const pace = new AskPace(() => 2, clock)
  let gone = 0
  const { signal } = new AbortController()
  for (let ask = 0; ask < 5; ask++) void pace.turn(signal).then(() => gone++)
  await settled()
  expect(gone).toBe(2)
  clock.advance(59_999)
  await settled()
  expect(gone).toBe(2)
  clock.advance(1)
  await settled()
  expect(gone).toBe(4)
  clock.advance(60_000)
  await settled()
  expect(gone).toBe(5)
})

test("who gives up takes no turn", async () => {
  const clock = new FakeClock()
  const pace = new AskPace(() => 1, clock)
  await pace.turn(new AbortController().signal)
  const stop = new AbortController()
  const waiting = pace.turn(stop.signal)
  cancel(stop, "content-modified")
  await expect(waiting).rejects.toThrow(Cancelled)
  expect(clock.timers).toBe(0)
})
