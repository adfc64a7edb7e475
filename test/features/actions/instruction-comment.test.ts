import { expect, test } from "vitest"
import { LineIndex } from "../../../server/base/line-index.ts"
import { strictLog } from "../../../server/base/log.ts"
import { instructionComments } from "../../../server/features/actions/instruction-comment.ts"
import { Languages } from "../../../server/syntax/languages.ts"
import { readGrammars } from "../../../server/workspace/grammar-folder.ts"

const LANGUAGES = new Languages(readGrammars(["grammars"], strictLog()))

/** The orders of a text, each as what it says and what is left of the text without it. */
function checkOrders(language: string, text: string): readonly (readonly [string, string])[] {
  const { lexicon } = LANGUAGES.byName(language)!
  const orders = instructionComments({ text, lines: LineIndex.of(text) }, lexicon)
  return orders.map(({ start, end, instruction }) => [instruction, text.slice(0, start) + text.slice(end)])
}

test.each([
  ["typescript", "// pl: make this async\nlet a\n", "make this async", "let a\n"],
  ["typescript", "a()\n  // pl: first\n  // second\nb()\n", "first second", "a()\nb()\n"],
  ["typescript", "go() // pl: await it\nend()\n", "await it", "go()\nend()\n"],
  ["typescript", "/* pl: one\n * two */\nx\n", "one two", "x\n"],
  ["typescript", "/** pl: document it */\r\nx\r\n", "document it", "x\r\n"],
  ["python", "# pl: use a set\nx = []\n", "use a set", "x = []\n"],
  ["go", "\t// pl: check the error\n\tf()\n", "check the error", "\tf()\n"],
  ["html", "<!-- pl: add a title -->\n<p>\n", "add a title", "<p>\n"],
])("in %s, %j is an order", (language, text, instruction, rest) => {
  expect(checkOrders(language, text)).toEqual([[instruction, rest]])
})

test.each([
  ["typescript", 'const url = "// pl: no"\n'],
  ["typescript", "// pl:\n"],
  ["typescript", "let pl: number\n"],
  ["typescript", "// simpl: no\n"],
  ["python", "x = {pl: 1}\n"],
])("in %s, %j is none", (language, text) => {
  expect(checkOrders(language, text)).toEqual([])
})
