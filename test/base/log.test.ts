import { expect, test } from "vitest"
import { createLog, type LogLevel, strictLog } from "../../server/base/log.ts"

function collect(level: LogLevel): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = []
  return { lines, log: createLog((at, line) => lines.push(`${at} ${line}`), level) }
}

test("lines below the level are left out", () => {
  const { lines, log } = collect("warn")
  log.debug("a")
  log.info("b")
  log.warn("c")
  log.error("d")
  expect(lines).toEqual(["warn c", "error d"])
})

test("the same bug is logged once, with its stack", () => {
  const { lines, log } = collect("info")
  const cause = new Error("impossible")
  log.bug("index is wrong", cause)
  log.bug("index is wrong", cause)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain("index is wrong: Error: impossible\n    at ")
})

test("what is to be said once is said once", () => {
  const { lines, log } = collect("info")
  log.once("warn", "ruby has no parser")
  log.once("warn", "ruby has no parser")
  log.once("warn", "php has no parser")
  expect(lines).toEqual(["warn ruby has no parser", "warn php has no parser"])
})

test("in tests a bug is thrown", () => {
  expect(() => strictLog().bug("never")).toThrow("never")
})
