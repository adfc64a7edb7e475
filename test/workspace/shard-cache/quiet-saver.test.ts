import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { QuietSaver } from "../../../server/workspace/shard-cache/quiet-saver.ts"

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }))
afterEach(() => void vi.useRealTimers())

/** A saver of 5 s, or 20 s at the longest, that counts its saves. */
function startSaver(answers: readonly boolean[] = []): { saver: QuietSaver; saves: () => number } {
  let saves = 0
  const save = async (): Promise<boolean> => answers[saves++] ?? true
  return { saver: new QuietSaver({ save, quietMs: 5_000, longestMs: 20_000 }), saves: () => saves }
}

test("it is saved once when nothing has changed for a while", async () => {
  const { saver, saves } = startSaver()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(saves()).toBe(0)
  for (let change = 0; change < 3; change++) {
    saver.changed()
    await vi.advanceTimersByTimeAsync(4_000)
  }
  expect(saves()).toBe(0)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(saves()).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(saves()).toBe(1)
})

test("changes without end are saved now and then", async () => {
  const { saver, saves } = startSaver()
  for (let second = 0; second < 61; second++) {
    saver.changed()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(saves()).toBe(3)
})

test("it is saved at once when asked for, if there is something to save", async () => {
  const { saver, saves } = startSaver()
  await saver.saved()
  expect(saves()).toBe(0)
  saver.changed()
  await saver.saved()
  expect(saves()).toBe(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(saves()).toBe(1)
})

test("nothing is saved after the end, or once saving was not possible", async () => {
  const ended = startSaver()
  ended.saver.changed()
  ended.saver.end()
  await ended.saver.saved()
  const failing = startSaver([false])
  for (let turn = 0; turn < 3; turn++) {
    failing.saver.changed()
    await failing.saver.saved()
    await vi.advanceTimersByTimeAsync(60_000)
  }
  expect([ended.saves(), failing.saves()]).toEqual([0, 1])
})
