import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { findProgram } from "../editors/programs.ts"
import { Terminal } from "../editors/terminal.ts"

const REPOSITORY = join(import.meta.dirname, "../..")
/** Plays with process id in `$1`, then tells the exit code and whether the terminal takes whole lines again. */
const PLAY = `
sh -c 'echo "$$" >"$1"; exec "$0" dist/pilotlight.cjs try test/cli/playground.test.ts' "$0" "$1"
echo "left $?"; stty -a | grep -ow -e -icanon -e icanon; read line`

const folder = mkdtempSync(join(tmpdir(), "pilotlight-play-"))
const pidFile = join(folder, "pid")
afterAll(() => rmSync(folder, { recursive: true }))

const tmux = findProgram("tmux")
if (tmux === null) console.warn("skipped: the playground (tmux not found)")

function openPlayground(): Promise<Terminal> {
  return Terminal.open({
    tmux: tmux!,
    command: ["sh", "-c", PLAY, process.execPath, pidFile],
    cwd: REPOSITORY,
    env: { ...process.env, LANG: "C.UTF-8" },
  })
}

function showsOwnFile(screen: string): boolean {
  return /^ *\d+ import .*$/m.test(screen)
}

describe.skipIf(tmux === null)("try on a terminal", () => {
  test("ghost text appears while typing, tab accepts it, ctrl-c gives the terminal back", async () => {
    await using terminal = await openPlayground()
    await terminal.shows("the program's own file", showsOwnFile)
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

  test("a signal gives the terminal back too", async () => {
    await using terminal = await openPlayground()
    await terminal.shows("the program's own file", showsOwnFile)
    process.kill(Number(readFileSync(pidFile, "utf8")), "SIGTERM")
    await terminal.shows("the terminal as before", screen => /left 1\s+icanon/.test(screen))
  })
})
