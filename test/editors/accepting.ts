import { expect, test } from "vitest"
import { EditorModel } from "./editor-model.ts"
import { describeEditor, type EditorUnderTest, type OpenEditor, TEST_MS } from "./editor-under-test.ts"
import { Playground } from "./playground.ts"
import type { Terminal } from "./terminal.ts"

/** One editor as a user drives it. */
interface Editor extends EditorUnderTest {
  /** Goes to the end of the first line, ready to type. */
  appendToFirstLine(terminal: Terminal): Promise<void>
  /** Accepts what is shown. */
  accept(terminal: Terminal): Promise<void>
  saveAndLeave(terminal: Terminal): Promise<void>
}

/**
 * A first line that grows from `before` over what is typed to `after` (line breaks `\n`), by an offer on the screen that
 * contains `shown`.
 */
interface Growth {
  readonly before: string
  readonly typed: string
  readonly shown: string
  /** Typed on once `early` (`shown` if left out) stands there; the offer is there afterwards. */
  readonly along?: string
  readonly early?: string
  readonly after: string
  /** Whether a model makes the offer: nothing in the project would. */
  readonly byModel?: boolean
}

const FILE = "test/base/playground.test.ts"
const IMPORT: Growth = {
  before: "import { expect, test } fro",
  typed: 'm "vit',
  shown: "vitest",
  after: 'import { expect, test } from "vitest"',
}
const EMOJI = "/* 😀 */ "
const AFTER_EMOJI: Growth = { ...IMPORT, before: EMOJI + IMPORT.before, after: EMOJI + IMPORT.after }
/** Several lines that only a model can know. */
const BLOCK: Growth = {
  before: `${EMOJI}const sumOf = (prices: number[]) =>`,
  typed: " {",
  shown: "prices.reduce",
  after: `${EMOJI}const sumOf = (prices: number[]) => {\n  return prices.reduce((sum, price) => sum + price, 0)\n}`,
  byModel: true,
}
/** The rest of a line that only a model can know, typed along. */
const CALL: Growth = {
  before: `${EMOJI}const sumOf = (prices: number[]) => `,
  typed: "prices.re",
  along: "du",
  shown: "reduce((sum",
  after: `${EMOJI}const sumOf = (prices: number[]) => prices.reduce((sum, price) => sum + price, 0)`,
  byModel: true,
}
const REST = ["", 'test("the first line is whole", () => {', "  expect(1).toBe(1)", "})", ""]

/** Where a completion must come out exactly right; `lineBreak` is the file's own. */
export interface Variant {
  readonly name: string
  readonly growth: Growth
  readonly lineBreak: string
}

export const EVERY: readonly Variant[] = [
  { name: "at the end of a line", growth: IMPORT, lineBreak: "\n" },
  { name: "after an emoji on the line", growth: AFTER_EMOJI, lineBreak: "\n" },
  { name: "in a file with CRLF", growth: IMPORT, lineBreak: "\r\n" },
]
/** For a further way to show completions in an editor that has been through every variant. */
export const HARDEST: readonly Variant[] = [
  { name: "after an emoji in a file with CRLF", growth: AFTER_EMOJI, lineBreak: "\r\n" },
]

/** What a model offers as ghost text: several lines. */
export const BLOCK_BY_MODEL: readonly Variant[] = [
  { name: "of several lines by a model, after an emoji", growth: BLOCK, lineBreak: "\n" },
  {
    name: "of several lines by a model, after an emoji in a file with CRLF",
    growth: BLOCK,
    lineBreak: "\r\n",
  },
]
/** What a model offers on top of a list, while the user types along. */
export const CALL_BY_MODEL: readonly Variant[] = [
  { name: "by a model, typed along after an emoji", growth: CALL, lineBreak: "\n" },
  { name: "by a model, typed along after an emoji in a file with CRLF", growth: CALL, lineBreak: "\r\n" },
]

/** The same where a list can't wait for a model: words come first, and the next key brings its offer. */
export const CALL_AT_NEXT_KEY: readonly Variant[] = CALL_BY_MODEL.map(variant => ({
  ...variant,
  growth: { ...variant.growth, early: "w reduce" },
}))

/** The editor shows what the server offers, and accepting it gives exactly the text expected, on disk. */
export function describeAccepting(editor: Editor, variants: readonly Variant[] = EVERY): void {
  describeEditor(editor, open => {
    test.for(variants)("shows and accepts a completion $name", { timeout: TEST_MS }, async variant => {
      await checkAccepting(editor, open, variant)
    })
  })
}

async function checkAccepting(
  editor: Editor,
  open: OpenEditor,
  { growth, lineBreak }: Variant,
): Promise<void> {
  const fileWith = (first: string): string => [...first.split("\n"), ...REST].join(lineBreak)
  await using playground = await Playground.create(FILE, fileWith(growth.before))
  await using model = growth.byModel === true ? await EditorModel.start(growth.after) : null
  if (model !== null) await playground.useModel(model.baseUrl)
  await using terminal = await open(playground, FILE)
  await terminal.shows("the file", screen => screen.includes(growth.before.trimEnd()))
  await playground.indexed()
  await editor.appendToFirstLine(terminal)
  await terminal.type(growth.typed)
  const first = growth.early ?? growth.shown
  await terminal.shows("the offer", screen => screen.includes(first))
  if (growth.along !== undefined) {
    await model?.answered
    await terminal.type(growth.along)
    const typed = growth.before + growth.typed + growth.along
    await terminal.shows(
      "the offer along the way",
      screen => screen.includes(typed) && screen.includes(growth.shown),
    )
  }
  await editor.accept(terminal)
  await terminal.shows("all of it", screen => growth.after.split("\n").every(line => screen.includes(line)))
  await editor.saveAndLeave(terminal)
  await terminal.exits()
  expect(await playground.read(FILE)).toBe(fileWith(growth.after))
}
