import { expect, test } from "vitest"
import { describeEditor, type EditorUnderTest, type OpenEditor, TEST_MS } from "./editor-under-test.ts"
import { Playground } from "./playground.ts"
import type { Terminal } from "./terminal.ts"

/** One editor as a user drives it. */
interface FixingEditor extends EditorUnderTest {
  /** Has the action of this title done at the end of the first line, where it is on offer. */
  act(terminal: Terminal, title: string): Promise<void>
  saveAndLeave(terminal: Terminal): Promise<void>
}

/** An action that rules offer at the end of a first line, and what it makes of the line. */
interface Repair {
  readonly name: string
  readonly title: string
  readonly before: string
  readonly after: string
}

const FILE = "server/base/tally.ts"
const REPAIRS: readonly Repair[] = [
  {
    name: "writes newer syntax",
    title: "Use includes",
    before: 'export const isIn = (names: string[]) => /* 😀 */ names.indexOf("a") !== -1',
    after: 'export const isIn = (names: string[]) => /* 😀 */ names.includes("a")',
  },
  {
    name: "mends what a rule found",
    title: "Ask Number.isNaN",
    before: "export const isOdd = (price: number) => /* 😀 */ price === NaN",
    after: "export const isOdd = (price: number) => /* 😀 */ Number.isNaN(price)",
  },
]
const REST = ["", "export const zero = 0", ""]

/** Without a model, an action of a rule changes the file exactly, on disk. */
export function describeFixing(editor: FixingEditor): void {
  describeEditor(editor, open => {
    test.for(REPAIRS)("$name after an emoji in a file with CRLF", { timeout: TEST_MS }, async repair => {
      await checkFixing(editor, open, repair)
    })
  })
}

async function checkFixing(
  editor: FixingEditor,
  open: OpenEditor,
  { title, before, after }: Repair,
): Promise<void> {
  const fileWith = (first: string): string => [first, ...REST].join("\r\n")
  await using playground = await Playground.create(FILE, fileWith(before))
  await using terminal = await open(playground, FILE)
  await terminal.shows("the file", screen => screen.includes(before.slice(0, 30)))
  await playground.indexed()
  await editor.act(terminal, title)
  await terminal.shows("the new line", screen => screen.includes(after.slice(after.indexOf("*/"))))
  await editor.saveAndLeave(terminal)
  await terminal.exits()
  expect(await playground.read(FILE)).toBe(fileWith(after))
}
