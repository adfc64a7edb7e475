import { expect, test } from "vitest"
import { keysOf } from "../../server/cli/keys.ts"

function checkKeys(input: string): string {
  return keysOf(input)
    .map(key => ("text" in key ? `"${key.text}"` : key.name))
    .join(" ")
}

test("text that arrives together is one key", () => {
  expect(checkKeys("let é = 😀")).toBe('"let é = 😀"')
})

test("named keys are known in both forms that terminals send", () => {
  expect(checkKeys("\x1b[A\x1bOB\x1b[3~\x1b[5~\x1b[H\x1bOF")).toBe("up down delete page-up home end")
  expect(checkKeys("a\tb\r\x7f\x03")).toBe('"a" tab "b" enter backspace leave')
})

test("what means nothing here is left out, modifiers and all", () => {
  expect(checkKeys("\x1b[1;5C\x1b[200~x\x1b[201~\x07\x1b")).toBe('"x"')
})
