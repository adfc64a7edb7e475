import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { findProgram } from "../editors/programs.ts"
import { Terminal } from "../editors/terminal.ts"

const REPOSITORY = join(import.meta.dirname, "../..")
/** Plays, then tells the exit code and whether the terminal takes whole lines again. */
const PLAY = `"$0" dist/pilotlight.cjs try test/cli/playground.test.ts; echo "left $?"; stty -a | grep -ow -e -icanon -e icanon; read line`

const tmux = findProgram("tmux")
if (tmux === null) console.warn("skipped: the playground (tmux not found)")

describe.skipIf(tmux === null)("try on a terminal", () => {
  test("ghost text appears while typing, tab accepts it, ctrl-c gives the terminal back", async () => {
    await using terminal = await Terminal.open({
      tmux: tmux!,
      command: ["sh", "-c", PLAY, process.execPath],
      cwd: REPOSITORY,
      env: { ...process.env, LANG: "C.UTF-8" },
    })
    await terminal.shows("the program's own file", screen => /^ *\d+ import .*$/m.test(screen))
    await terminal.press("PageUp", "PageUp", "PageUp", "Home", "Enter", "Up")
    await terminal.type('import { expect, test } from "vi')
    await terminal.shows("ghost text", screen =>
      /^ *1 import \{ expect, test \} from "vitest"$/m.test(screen),
    )
    await terminal.shows("source and latency", screen => /embedded, \d+ % sure, [\d.]+ ms/.test(screen))
    await terminal.press("Tab")
    await terminal.type(" // it stands")
    await terminal.shows("the accepted line", screen => screen.includes('from "vitest" // it stands'))
    await terminal.press("C-c")
    await terminal.shows("the terminal as before", screen => /left 0\s+icanon/.test(screen))
    expect(await terminal.screen()).not.toContain("import")
  })
})
