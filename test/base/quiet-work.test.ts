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

test("nothing is done after the end", async () => {
  const { work, times } = startWork()
  work.changed()
  work.end()
  await work.done()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toBe(0)
})

test("what was not possible is tried again, each time after twice as long, whether or not there are changes", async () => {
  const { work, times } = startWork([false, false, true])
  work.changed()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(times()).toBe(1)
  for (let second = 0; second < 19; second++) {
    work.changed()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(times()).toBe(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(times()).toBe(2)
  await vi.advanceTimersByTimeAsync(39_000)
  expect(times()).toBe(2)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(times()).toBe(3)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(times()).toBe(3)
})

test("what was not possible is tried at once when asked for, and no more after the end", async () => {
  const { work, times } = startWork([false, false, false])
  work.changed()
  await work.done()
  await work.done()
  expect(times()).toBe(2)
  work.end()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(times()).toBe(2)
})

test("once it was possible again, it is done as soon as ever", async () => {
  const { work, times } = startWork([false, true])
  work.changed()
  await work.done()
  await work.done()
  work.changed()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(times()).toBe(3)
})

test("what is not possible for long is tried every hour", async () => {
  const { work, times } = startWork(Array(30).fill(false))
  work.changed()
  await vi.advanceTimersByTimeAsync(10 * 3_600_000)
  const before = times()
  await vi.advanceTimersByTimeAsync(5 * 3_600_000)
  expect(times() - before).toBe(5)
})
