import { expect, test } from "vitest"
import { Flood } from "../../server/model/flood.ts"
import { FakeClock } from "./fake-clock.ts"

/** After which of 10,000 messages, one each `everyMs`, the rest of the event loop gets its turn. */
function breaksOf(everyMs: number): number[] {
  const clock = new FakeClock()
  const flood = new Flood(clock)
  return Array.from({ length: 10_000 }, (_, at) => {
    clock.advance(everyMs)
    return flood.breaksAfterThis() ? [at + 1] : []
  }).flat()
}

test("the rest of the event loop gets its turn once a flood has gone on for six milliseconds", () => {
  expect(breaksOf(0.005).slice(0, 4)).toEqual([2_048, 3_584, 5_120, 6_656])
  expect(breaksOf(0.02).slice(0, 3)).toEqual([1_024, 1_536, 2_048])
})

test("answers at a model's own pace are never held up", () => {
  expect(breaksOf(0.1)).toEqual([])
})
