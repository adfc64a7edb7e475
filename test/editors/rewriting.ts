import { expect, test } from "vitest"
import { describeEditor, type EditorUnderTest, type OpenEditor, TEST_MS } from "./editor-under-test.ts"
import { Playground } from "./playground.ts"
import { NEW_INSTRUCTION, RewritingModel } from "./rewriting-model.ts"
import type { Terminal } from "./terminal.ts"

/** What a function is to become, and the order that stands above it. */
export const INSTRUCTION = "use const"

/** One editor as a user drives it. */
interface RewritingEditor extends EditorUnderTest {
  /** Whether lines show while the model writes, or all at the end. */
  readonly streams: boolean
  /** Writes the configuration, in which F2 steers by `NEW_INSTRUCTION` and F3 undoes; gives the arguments that open `file`. */
  configure(playground: Playground, file: string): Promise<readonly string[]>
  /** Has the order done that stands on the first line, where the cursor is. */
  order(terminal: Terminal): Promise<void>
  /** Saves and stays; settles once it is saved. */
  save(terminal: Terminal): Promise<void>
}

const FILE = "server/base/tally.ts"
/** Lines of the function. */
const LINES = 60
/** Lines after which somebody thinks of something else. */
const INTERRUPTED_AFTER = 20

function tally(line: (at: number) => string): readonly string[] {
  const body = Array.from({ length: LINES - 3 }, (_, at) => line(at + 1))
  return ["export function tally(prices: number[]): number {", ...body, "  return prices.length", "}"]
}

const OLD = tally(at => `  var step${at} = prices[${at}] + ${at}`)
const FIRST = tally(at => `  const step${at} = prices[${at}] + ${at}`)
const REDIRECTED = tally(at => `  const sum${at} = ${at} + prices[${at}]`)
const ELSEWHERE = ["", "export const zero = 0", ""]

/** A rewrite by a quick model, interrupted by another instruction, ends with exactly the redirected text, and is undone. */
export function describeRewriting(editor: RewritingEditor): void {
  describeEditor(editor, open => {
    test.for([
      ["line feeds", "\n"],
      ["CRLF", "\r\n"],
    ] as const)("redirects a rewrite of 60 lines in a file with %s", { timeout: TEST_MS }, async ([, br]) => {
      await checkRewriting(editor, open, br)
    })
  })
}

async function checkRewriting(editor: RewritingEditor, open: OpenEditor, lineBreak: string): Promise<void> {
  const before = [`// pl: ${INSTRUCTION}`, ...OLD, ...ELSEWHERE].join(lineBreak)
  await using playground = await Playground.create(FILE, before)
  await using model = await RewritingModel.start({ first: FIRST, redirected: REDIRECTED })
  await playground.useModel(model.baseUrl)
  await using terminal = await open(playground, FILE)
  await terminal.shows("the file", screen => screen.includes("var step1 "))
  await playground.indexed()
  await editor.order(terminal)
  await model.said(INTERRUPTED_AFTER, () => terminal.screen())
  const shown = editor.streams ? "const step1 " : "var step1 "
  await terminal.shows("what it writes, where that shows", screen => screen.includes(shown))
  await terminal.press("F2")
  await playground.logged("the rewrite to be done", /"kind":"end","message":"done"/)
  await terminal.shows("the new text", screen => screen.includes("const sum1 "))
  await editor.save(terminal)
  expect(await playground.read(FILE)).toBe([...REDIRECTED, ...ELSEWHERE].join(lineBreak))
  await terminal.press("F3")
  await terminal.shows("the old text", screen => screen.includes("var step1 "))
  await editor.save(terminal)
  expect(await playground.read(FILE)).toBe(before)
  expect(model.instructions).toEqual([INSTRUCTION, NEW_INSTRUCTION])
}
