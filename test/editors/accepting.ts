import { describe, expect, test } from "vitest"
import { Playground } from "./playground.ts"
import { findProgram } from "./programs.ts"
import { Terminal } from "./terminal.ts"

/** One editor as a user drives it. */
export interface Editor {
  readonly name: string
  /** The program's name on disk. */
  readonly program: string
  /** Writes the configuration; gives the arguments that open `file`. */
  configure(playground: Playground, file: string): Promise<readonly string[]>
  /** Goes to the end of the first line, ready to type. */
  appendToFirstLine(terminal: Terminal): Promise<void>
  /** Accepts what is shown. */
  accept(terminal: Terminal): Promise<void>
  saveAndLeave(terminal: Terminal): Promise<void>
}

/** A first line that grows from `before` over what is typed to `after`, by an offer on the screen that contains `shown`. */
interface Growth {
  readonly before: string
  readonly typed: string
  readonly shown: string
  readonly after: string
}

const FILE = "test/base/playground.test.ts"
const IMPORT: Growth = {
  before: "import { expect, test } fro",
  typed: 'm "vi',
  shown: "vitest",
  after: 'import { expect, test } from "vitest"',
}
const EMOJI = "/* 😀 */ "
const AFTER_EMOJI: Growth = { ...IMPORT, before: EMOJI + IMPORT.before, after: EMOJI + IMPORT.after }
const REST = ["", 'test("the first line is whole", () => {', "  expect(1).toBe(1)", "})", ""]

/** Where a completion must come out exactly right; `lineBreak` is the file's own. */
const VARIANTS = [
  { name: "at the end of a line", growth: IMPORT, lineBreak: "\n" },
  {
    name: "after an emoji on the line",
    growth: AFTER_EMOJI,
    lineBreak: "\n",
  },
  { name: "in a file with CRLF", growth: IMPORT, lineBreak: "\r\n" },
]

/** The editor shows what the server offers, and accepting it gives exactly the text expected, on disk. */
export function describeAccepting(editor: Editor): void {
  const program = findProgram(editor.program)
  const tmux = findProgram("tmux")
  const missing = [program ?? editor.program, tmux ?? "tmux"].filter(name => !name.includes("/"))
  if (missing.length > 0) console.warn(`skipped: ${editor.name} (${missing.join(" and ")} not found)`)
  describe.skipIf(missing.length > 0)(editor.name, () => {
    test.for(VARIANTS)("shows and accepts a completion $name", async ({ growth, lineBreak }) => {
      await checkAccepting(editor, { program: program!, tmux: tmux! }, growth, lineBreak)
    })
  })
}

async function checkAccepting(
  editor: Editor,
  programs: { readonly program: string; readonly tmux: string },
  growth: Growth,
  lineBreak: string,
): Promise<void> {
  const fileWith = (line: string): string => [line, ...REST].join(lineBreak)
  await using playground = await Playground.create(FILE, fileWith(growth.before))
  const settings = await editor.configure(playground, FILE)
  await using terminal = await Terminal.open({
    tmux: programs.tmux,
    command: [programs.program, ...settings],
    cwd: playground.project,
    env: playground.env,
  })
  await terminal.shows("the file", screen => screen.includes(growth.before))
  await playground.indexed()
  await editor.appendToFirstLine(terminal)
  await terminal.type(growth.typed)
  await terminal.shows("the offer", screen => screen.includes(growth.shown))
  await editor.accept(terminal)
  await terminal.shows("the whole line", screen => screen.includes(growth.after))
  await editor.saveAndLeave(terminal)
  await terminal.exits()
  expect(await playground.read(FILE)).toBe(fileWith(growth.after))
}
