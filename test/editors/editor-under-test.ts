import { describe } from "vitest"
import type { Playground } from "./playground.ts"
import { findProgram } from "./programs.ts"
import { Terminal } from "./terminal.ts"

/** One editor as it is found and started. */
export interface EditorUnderTest {
  readonly name: string
  /** The program's name on disk. */
  readonly program: string
  /** What the program at this path needs for the tests and does not have; null if it has all. */
  lacks?(program: string): string | null
  /** Writes the configuration; gives the arguments that open `file`. */
  configure(playground: Playground, file: string): Promise<readonly string[]>
}

/** Starts the editor on a file of a playground, in a terminal of its own. */
export type OpenEditor = (playground: Playground, file: string) => Promise<Terminal>

/** Longer than all waits of one test together. */
export const TEST_MS = 120_000

/** A suite of tests in an editor, left out and named where something that they need is not on this machine. */
export function describeEditor(editor: EditorUnderTest, tests: (open: OpenEditor) => void): void {
  const program = findProgram(editor.program)
  const tmux = findProgram("tmux")
  const missing = missingFor(editor, program, tmux)
  if (missing !== null) console.warn(`skipped: ${editor.name} (${missing} not found)`)
  describe.skipIf(missing !== null)(editor.name, () => {
    tests(async (playground, file) => {
      const settings = await editor.configure(playground, file)
      return Terminal.open({
        tmux: tmux!,
        command: [program!, ...settings],
        cwd: playground.project,
        env: playground.env,
      })
    })
  })
}

function missingFor(editor: EditorUnderTest, program: string | null, tmux: string | null): string | null {
  if (program === null) return editor.program
  if (tmux === null) return "tmux"
  return editor.lacks?.(program) ?? null
}
