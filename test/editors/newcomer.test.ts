import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
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
  /** What is typed, offered and then there, where it can't be known when the project is read: a word of the file itself. */
  readonly ownWord?: Offer
  /** The user's own configuration, by path in the home folder; null where something is not installed that it needs. */
  readonly own?: (program: string) => Readonly<Record<string, string>> | null
}

/** A first line that grows over what is typed to `after` by an offer on the screen that contains `shown`. */
interface Offer {
  readonly typed: string
  readonly shown: string
  readonly after: string
}

const TEST_MS = 120_000
const FILE = "test/base/newcomer.test.js"
const BEFORE = "import { expect, test } fro"
const OFFER: Offer = { typed: 'm "vit', shown: "vitest", after: 'import { expect, test } from "vitest"' }
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
  {
    name: "vim",
    program: "vim",
    arguments: ["-n"],
    append: terminal => terminal.type("ggA"),
    accept: terminal => terminal.press("C-n"),
    save: async terminal => {
      await terminal.press("Escape")
      await terminal.press(":", "w", "Enter")
      await terminal.shows("the file written", screen => /written/.test(screen))
    },
    leave: leaveModal,
    // ALE shows no progress.
    ownWord: { typed: "m toB", shown: "toBe v", after: "import { expect, test } from toBe" },
    own: vim => {
      const ale = join(dirname(vim), "../root/usr/share/vim-ale")
      const settings = "set nocompatible\nfiletype plugin on\nlet g:ale_completion_enabled = 1\n"
      return existsSync(ale) ? { ".vimrc": `${settings}set runtimepath+=${ale}\n` } : null
    },
  },
]

/** A project in whose folder somebody has run `pilotlight setup` for one editor, open in it. */
async function openAfterSetup(
  { name, own, ownWord, arguments: given }: NewEditor,
  program: string,
  playground: Playground,
): Promise<{ readonly terminal: Terminal; readonly gone: Promise<void> }> {
  const env = { ...playground.env, PATH: `${dirname(program)}:${playground.env["PATH"]}` }
  for (const [path, text] of Object.entries(own?.(program) ?? {})) await playground.configure(path, text)
  const set = spawnSync("pilotlight", ["setup", name, "--yes"], { cwd: playground.project, env })
  expect(set.status).toBe(0)
  const gone = playground.allServersGone()
  const command = [program, ...given, FILE]
  const terminal = await Terminal.open({ tmux: findProgram("tmux")!, command, cwd: playground.project, env })
  await terminal.shows("the file", screen => screen.includes(BEFORE))
  await (ownWord === undefined
    ? playground.indexed()
    : playground.logged("the server to start", /"capabilities"/))
  return { terminal, gone }
}

/** What is not installed; null if everything is. */
function missingFor({ program, own }: NewEditor): string | null {
  const path = findProgram(program)
  if (path === null) return program
  if (findProgram("tmux") === null) return "tmux"
  return own?.(path) === null ? `what ${program} needs` : null
}

describe.each(EDITORS)("somebody new with $name", editor => {
  const missing = missingFor(editor)
  if (missing !== null) console.warn(`skipped: somebody new with ${editor.name} (${missing} not found)`)
  const program = findProgram(editor.program)!

  test.skipIf(missing !== null)(
    "sees a suggestion after 'setup', and loses no text when the server is killed",
    { timeout: TEST_MS },
    async () => {
      await using playground = await Playground.create(FILE, [BEFORE, ...REST].join("\n"))
      const { terminal, gone } = await openAfterSetup(editor, program, playground)
      await using _ = terminal
      await editor.append(terminal)
      const { typed, shown, after } = editor.ownWord ?? OFFER
      await terminal.type(typed)
      await terminal.shows("the offer", screen => screen.includes(shown))
      await editor.accept(terminal)
      await terminal.shows("the whole line", screen => screen.includes(after))
      playground.killServer()
      await gone
      await editor.goBehind?.(terminal)
      await terminal.type(" // mine")
      await terminal.shows("what was typed", screen => screen.includes("// mine"))
      await editor.save(terminal)
      expect(await playground.read(FILE)).toBe([`${after} // mine`, ...REST].join("\n"))
    },
  )

  test.skipIf(missing !== null)("leaves no process behind", { timeout: TEST_MS }, async () => {
    await using playground = await Playground.create(FILE, [BEFORE, ...REST].join("\n"))
    const { terminal, gone } = await openAfterSetup(editor, program, playground)
    await using _ = terminal
    await editor.leave(terminal)
    await terminal.exits()
    await gone
  })
})
