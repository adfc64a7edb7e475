import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { QuietWork } from "../../server/base/quiet-work.ts"

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }))
afterEach(() => void vi.useRealTimers())

/** Work done after 5 s, or 20 s at the longest, that is counted. */
function startWork(answers: readonly boolean[] = []): { work: QuietWork; times: () => number } {
  let times = 0
  const count = async (): Promise<boolean> => answers[times++] ?? true
  return { work: new QuietWork({ work: count, quietMs: 5_000, longestMs: 20_000 }), times: () => times }
}

test("it is done once when nothing has changed for a while", async () => {
  const { work, times } = startWork()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toBe(0)
  for (let change = 0; change < 3; change++) {
    work.changed()
    await vi.advanceTimersByTimeAsync(4_000)
  }
  expect(times()).toBe(0)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(times()).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toBe(1)
})

test("changes without end are dealt with now and then", async () => {
  const { work, times } = startWork()
  for (let second = 0; second < 61; second++) {
    work.changed()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(times()).toBe(3)
})

test("it is done at once when asked for, if there is something to do", async () => {
  const { work, times } = startWork()
  await work.done()
  expect(times()).toBe(0)
  work.changed()
  await work.done()
  expect(times()).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toBe(1)
})

test("nothing is done after the end, or once it was not possible", async () => {
  const ended = startWork()
  ended.work.changed()
  ended.work.end()
  await ended.work.done()
  const failing = startWork([false])
  for (let turn = 0; turn < 3; turn++) {
    failing.work.changed()
    await failing.work.done()
    await vi.advanceTimersByTimeAsync(60_000)
  }
  expect([ended.times(), failing.times()]).toEqual([0, 1])
})
