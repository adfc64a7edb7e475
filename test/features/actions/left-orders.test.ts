import { expect, test } from "vitest"
import { LeftOrders } from "../../../server/features/actions/left-orders.ts"
import { plainLexicon } from "../../../server/syntax/lexer.ts"
import { openSnapshot } from "../../../server/workspace/document.ts"

const LEXICON = { ...plainLexicon, lineComments: ["//"] }

/** How many orders were left after each of the texts that a document goes through. */
function checkLeft(...texts: readonly string[]): readonly number[] {
  let left = 0
  const orders = new LeftOrders(() => left++)
  const snapshot = (text: string, version: number): Parameters<LeftOrders["note"]>[0] =>
    openSnapshot({ uri: "file:///a.ts", path: "/a.ts", language: "typescript", version, text })
  orders.note(snapshot(texts[0]!, 0))
  return texts.slice(1).map((text, at) => {
    orders.look(snapshot(text, at + 1), LEXICON, "pl:")
    return left
  })
}

test("an order is left once something else is changed", () => {
  expect(checkLeft("\nx", "// pl: go\nx", "// pl: go on\nx", "// pl: go on\nxy")).toEqual([0, 0, 1])
})

test("an order that stood there already and was never touched is none to be left", () => {
  expect(checkLeft("// pl: go\nx", "// pl: go\nxy", "// pl: go\nxyz")).toEqual([0, 0])
})

test("one change of an order is enough to have it left by the next change elsewhere", () => {
  expect(checkLeft("// pl: go\nx", "// pl: stop\nx", "// pl: stop\nxy")).toEqual([0, 1])
})

test("an order that goes on in the next line is one order", () => {
  const first = "// pl: go\n"
  expect(checkLeft("", first.trim(), `${first}//`, `${first}// on`, `${first}// on\n`)).toEqual([0, 0, 0, 1])
})
