import { spawnSync } from "node:child_process"
import { dirname } from "node:path"
import { describe, expect, test } from "vitest"
import { Playground } from "./playground.ts"
import { findProgram } from "./programs.ts"
import { Terminal } from "./terminal.ts"

/** An editor as somebody uses it who has just run `pilotlight setup`, and nothing else. */
interface NewEditor {
  /** What `pilotlight setup` calls it. */
  readonly name: string
  readonly program: string
  readonly arguments: readonly string[]
  /** Goes to the end of the first line, ready to type. */
  readonly append: (terminal: Terminal) => Promise<void>
  readonly accept: (terminal: Terminal) => Promise<void>
  /** Goes behind a bracket or quote that the editor closed by itself, where it does. */
  readonly goBehind?: (terminal: Terminal) => Promise<void>
  /** Saves the file and stays, in whatever mode. */
  readonly save: (terminal: Terminal) => Promise<void>
  readonly leave: (terminal: Terminal) => Promise<void>
}

const TEST_MS = 120_000
const FILE = "test/base/newcomer.test.js"
const BEFORE = "import { expect, test } fro"
const AFTER = 'import { expect, test } from "vitest"'
const REST = ["", 'test("the first line is whole", () => {', "  expect(1).toBe(1)", "})", ""]

async function leaveModal(terminal: Terminal): Promise<void> {
  await terminal.press(":", "q", "Enter")
}

const EDITORS: readonly NewEditor[] = [
  {
    name: "neovim",
    program: "nvim",
    arguments: ["-i", "NONE", "-n"],
    append: terminal => terminal.type("ggA"),
    accept: terminal => terminal.press("Tab"),
    save: async terminal => {
      await terminal.press("Escape")
      await terminal.shows("normal mode", screen => !screen.includes("-- INSERT --"))
      await terminal.press(":", "w", "Enter")
      await terminal.shows("the file written", screen => /written/.test(screen))
    },
    leave: leaveModal,
  },
  {
    name: "helix",
    program: "hx",
    arguments: [],
    append: terminal => terminal.type("ggA"),
    accept: terminal => terminal.press("C-n", "Enter"),
    goBehind: terminal => terminal.press("End"),
    save: async terminal => {
      await terminal.press("Escape")
      await terminal.shows("normal mode", screen => / NOR /.test(screen))
      await terminal.press(":", "w", "Enter")
      await terminal.shows("the file written", screen => /written/.test(screen))
    },
    leave: leaveModal,
  },
  {
    name: "emacs",
    program: "emacs",
    arguments: ["-nw"],
    append: terminal => terminal.press("M-<", "C-e"),
    accept: terminal => terminal.press("Tab"),
    save: async terminal => {
      await terminal.press("C-x", "C-s")
      await terminal.shows("the file written", screen => /Wrote /.test(screen))
    },
    leave: terminal => terminal.press("C-x", "C-c"),
  },
]

describe.each(EDITORS)("somebody new with $name", editor => {
  const program = findProgram(editor.program)
  const tmux = findProgram("tmux")
  const missing = program === null ? editor.program : tmux === null ? "tmux" : null
  if (missing !== null) console.warn(`skipped: somebody new with ${editor.name} (${missing} not found)`)

  test.skipIf(missing !== null)(
    "sees a suggestion after 'setup', loses no text when the server is killed, and leaves no process behind",
    { timeout: TEST_MS },
    async () => {
      await using playground = await Playground.create(FILE, [BEFORE, ...REST].join("\n"))
      const env = { ...playground.env, PATH: `${dirname(program!)}:${playground.env["PATH"]}` }
      const set = spawnSync("pilotlight", ["setup", editor.name, "--yes"], { cwd: playground.project, env })
      expect(set.status).toBe(0)
      const gone = playground.allServersGone()
      await using terminal = await Terminal.open({
        tmux: tmux!,
        command: [program!, ...editor.arguments, FILE],
        cwd: playground.project,
        env,
      })
      await terminal.shows("the file", screen => screen.includes(BEFORE))
      await playground.indexed()
      await editor.append(terminal)
      await terminal.type('m "vit')
      await terminal.shows("the offer", screen => screen.includes("vitest"))
      await editor.accept(terminal)
      await terminal.shows("the whole line", screen => screen.includes(AFTER))
      playground.killServer()
      await gone
      await editor.goBehind?.(terminal)
      await terminal.type(" // mine")
      await terminal.shows("what was typed", screen => screen.includes("// mine"))
      await editor.save(terminal)
      await editor.leave(terminal)
      await terminal.exits()
      expect(await playground.read(FILE)).toBe([`${AFTER} // mine`, ...REST].join("\n"))
    },
  )

  test.skipIf(missing !== null)(
    "leaves no process behind on leaving",
    { timeout: TEST_MS },
    async () => {
      await using playground = await Playground.create(FILE, [BEFORE, ...REST].join("\n"))
      const env = { ...playground.env, PATH: `${dirname(program!)}:${playground.env["PATH"]}` }
      spawnSync("pilotlight", ["setup", editor.name, "--yes"], { cwd: playground.project, env })
      const gone = playground.allServersGone()
      await using terminal = await Terminal.open({
        tmux: tmux!,
        command: [program!, ...editor.arguments, FILE],
        cwd: playground.project,
        env,
      })
      await terminal.shows("the file", screen => screen.includes(BEFORE))
      await playground.indexed()
      await editor.leave(terminal)
      await terminal.exits()
      await gone
    },
  )
})
