import { expect, test } from "vitest"
import { createLog } from "../../server/base/log.ts"
import type { SessionStatus } from "../../server/model/session-status.ts"
import { ModelReport } from "../../server/protocol/model-report.ts"
import { FakeClock } from "../model/fake-clock.ts"

/** What a user and the log are told of these states, one after the other; a number is ms that pass between two. */
function checkReport(steps: readonly (SessionStatus["state"] | number)[], expected: readonly string[]): void {
  const told: string[] = []
  const link = {
    notify: (_method: string, params: unknown) => void told.push((params as { message: string }).message),
    ask: () => Promise.resolve(null),
  }
  const log = createLog((level, line) => void told.push(`${level} ${line}`), "debug")
  const clock = new FakeClock()
  const report = new ModelReport(link, log, clock)
  for (const step of steps) {
    if (typeof step === "number") clock.advance(step)
    else report.tell({ state: step, transport: "socket", detail: `it is ${step}` })
  }
  expect(told).toEqual(expected)
}

test("what the user can do nothing about goes to the log alone", () => {
  checkReport(
    ["connecting", "ready", "limited"],
    ["info model: it is connecting", "info model: it is ready", "info model: it is limited"],
  )
})

test("a line that is down again after it was up for a minute is told again", () => {
  const told =
    "Pilotlight: The model can't be reached, suggestions come from the project alone meanwhile: it is unavailable."
  checkReport(
    ["unavailable", "ready", 30_000, "connecting", "ready", 30_000, "unavailable", 90_000, "unavailable"],
    [
      told,
      "info model: it is ready",
      "info model: it is connecting",
      "info model: it is ready",
      told,
      "info model: it is unavailable",
    ],
  )
})

test("a line that comes and goes is told once", () => {
  checkReport(
    ["unavailable", "ready", 59_999, "unavailable"],
    [
      "Pilotlight: The model can't be reached, suggestions come from the project alone meanwhile: it is unavailable.",
      "info model: it is ready",
      "info model: it is unavailable",
    ],
  )
})

test("a key that is refused is told beside a line that is down", () => {
  checkReport(
    ["unavailable", "unauthorized"],
    [
      "Pilotlight: The model can't be reached, suggestions come from the project alone meanwhile: it is unavailable.",
      "Pilotlight: The model is not used for now: it is unauthorized.",
    ],
  )
})
