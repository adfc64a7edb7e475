import { expect, test } from "vitest"
import { shownSignature } from "../../server/context/shown-signature.ts"
import { MAX_SIGNATURE } from "../../server/syntax/declaration.ts"

function checkShown(declared: string): string {
  return shownSignature({ name: "send", signature: declared.slice(0, MAX_SIGNATURE) })
}

test("a whole signature is shown as it is", () => {
  expect(checkShown('function send(to = "a")')).toBe('function send(to = "a")')
})

test("a signature that was cut ends before the literal or the word that the cut goes through", () => {
  const start = `function send(${"to: Address, ".repeat(10)}`
  expect(checkShown(`${start}as = "${"q7Rk2v".repeat(9)}")`)).toBe(`${start}as = …`)
  expect(checkShown(`${start}as: ${"Z".repeat(90)})`)).toBe(`${start}as: …`)
})

test("a signature that is one long word is told by its name", () => {
  expect(checkShown("x".repeat(200))).toBe("send …")
})
