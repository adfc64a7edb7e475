import { expect, test } from "vitest"
import { Allowance } from "../../../server/features/completion/allowance.ts"
import { Debounce } from "../../../server/features/completion/debounce.ts"
import { FakeClock } from "../../model/fake-clock.ts"

function pause(debounce: Debounce, inserted = "x", skips = false): number {
  return debounce.pauseMs({ eagerness: "normal", skips, inserted })
}

test("no pause after a line break, an opening bracket, an accepted suggestion, nor where the editor waited", () => {
  const debounce = new Debounce(new FakeClock())
  expect(pause(debounce)).toBe(30)
  for (const inserted of ["\n", "\r\n    ", "(", "()", "{}"])
    expect([inserted, pause(debounce, inserted)]).toEqual([inserted, 0])
  expect(pause(debounce, "x", true)).toBe(0)
  debounce.accepted()
  expect([pause(debounce), pause(debounce)]).toEqual([0, 30])
})

test("rejections make the pause longer, up to a bound, and time makes it short again", () => {
  const clock = new FakeClock()
  const debounce = new Debounce(clock)
  debounce.rejected()
  expect(pause(debounce)).toBeCloseTo(39)
  for (let times = 0; times < 50; times++) debounce.rejected()
  expect(pause(debounce)).toBeCloseTo(150)
  clock.advance(20_000)
  expect(pause(debounce)).toBeLessThan(75)
  clock.advance(600_000)
  expect(pause(debounce)).toBeCloseTo(30)
})

test("edits and time earn asks, up to a bound; a guess leaves a reserve", () => {
  const clock = new FakeClock()
  const allowance = new Allowance(clock)
  let guesses = 0
  while (allowance.take(true)) guesses++
  let asks = 0
  while (allowance.take(false)) asks++
  expect([guesses, asks]).toEqual([4, 2])
  for (let edit = 0; edit < 5; edit++) allowance.edited()
  expect([allowance.take(true), allowance.take(false), allowance.take(false)]).toEqual([false, true, false])
  clock.advance(5_000)
  expect([allowance.take(false), allowance.take(false)]).toEqual([true, false])
  clock.advance(3_600_000)
  guesses = 0
  while (allowance.take(false)) guesses++
  expect(guesses).toBe(6)
})
