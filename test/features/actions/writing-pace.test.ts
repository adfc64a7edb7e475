import { expect, test } from "vitest"
import { WritingPace } from "../../../server/features/actions/writing-pace.ts"
import { FakeClock } from "../../model/fake-clock.ts"

test("what is written and how fast is told a few times a second at most", () => {
  const clock = new FakeClock()
  const said: string[] = []
  const pace = new WritingPace(clock, message => said.push(message))
  const lines: string[] = []
  for (let at = 1; at <= 60; at++) {
    clock.advance(10)
    lines.push(`  line ${at}`, "")
    pace.note(() => lines)
  }
  expect(said).toEqual([
    "2 lines, 200 a second: line 1",
    "52 lines, 200 a second: line 26",
    "102 lines, 200 a second: line 51",
  ])
})
