import { expect, test } from "vitest"
import { createLog } from "../../server/base/log.ts"
import type { SessionStatus } from "../../server/model/session-status.ts"
import { ModelReport } from "../../server/protocol/model-report.ts"

/** What a user and the log are told of these states, one after the other. */
function checkReport(states: readonly SessionStatus["state"][], expected: readonly string[]): void {
  const told: string[] = []
  const link = {
    notify: (_method: string, params: unknown) => void told.push((params as { message: string }).message),
    ask: () => Promise.resolve(null),
  }
  const report = new ModelReport(
    link,
    createLog((level, line) => void told.push(`${level} ${line}`), "debug"),
  )
  for (const state of states) report.tell({ state, transport: "socket", detail: `it is ${state}` })
  expect(told).toEqual(expected)
}

test("what the user can do nothing about goes to the log alone", () => {
  checkReport(
    ["connecting", "ready", "limited"],
    ["info model: it is connecting", "info model: it is ready", "info model: it is limited"],
  )
})

test("a line that comes and goes is told once", () => {
  checkReport(
    ["unavailable", "ready", "unavailable"],
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
