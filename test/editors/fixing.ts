import { describe, expect, test } from "vitest"
import { Playground } from "./playground.ts"
import { findProgram } from "./programs.ts"
import { Terminal } from "./terminal.ts"

/** One editor as a user drives it. */
interface FixingEditor {
  readonly name: string
  /** The program's name on disk. */
  readonly program: string
  /** What the program at this path needs and does not have; null if it has all. */
  lacks?(program: string): string | null
  /** Writes the configuration; gives the arguments that open `file`. */
  configure(playground: Playground, file: string): Promise<readonly string[]>
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

const TEST_MS = 120_000
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
  const program = findProgram(editor.program)
  const tmux = findProgram("tmux")
  const missing = missingFor(editor, program, tmux)
  if (missing !== null) console.warn(`skipped: ${editor.name} (${missing} not found)`)
  describe.skipIf(missing !== null)(editor.name, () => {
    test.for(REPAIRS)("$name after an emoji in a file with CRLF", { timeout: TEST_MS }, async repair => {
      await checkFixing(editor, { program: program!, tmux: tmux! }, repair)
    })
  })
}

function missingFor(editor: FixingEditor, program: string | null, tmux: string | null): string | null {
  if (program === null) return editor.program
  if (tmux === null) return "tmux"
  return editor.lacks?.(program) ?? null
}

async function checkFixing(
  editor: FixingEditor,
  programs: { readonly program: string; readonly tmux: string },
  { title, before, after }: Repair,
): Promise<void> {
  const fileWith = (first: string): string => [first, ...REST].join("\r\n")
  await using playground = await Playground.create(FILE, fileWith(before))
  const settings = await editor.configure(playground, FILE)
  await using terminal = await Terminal.open({
    tmux: programs.tmux,
    command: [programs.program, ...settings],
    cwd: playground.project,
    env: playground.env,
  })
  await terminal.shows("the file", screen => screen.includes(before.slice(0, 30)))
  await playground.indexed()
  await editor.act(terminal, title)
  await terminal.shows("the new line", screen => screen.includes(after.slice(after.indexOf("*/"))))
  await editor.saveAndLeave(terminal)
  await terminal.exits()
  expect(await playground.read(FILE)).toBe(fileWith(after))
}
