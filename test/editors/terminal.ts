import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { EventEmitter, once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { until } from "./until.ts"

/** A program to run in a terminal. */
interface TerminalProgram {
  /** The tmux program. */
  readonly tmux: string
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

const COLUMNS = 110
const ROWS = 32

/**
 * A program in a terminal of its own, driven through tmux's control mode: every change of the screen is an event, so
 * waiting needs no clock. Invariant: replies come in the order of the commands, as tmux promises.
 */
export class Terminal implements AsyncDisposable {
  readonly #tmux: ChildProcessWithoutNullStreams
  readonly #replies: ((lines: readonly string[]) => void)[] = []
  readonly #changes = new EventEmitter()
  #ended = false
  #screen = ""
  #errors = ""

  private constructor(tmux: ChildProcessWithoutNullStreams) {
    this.#tmux = tmux
    tmux.stderr.on("data", (chunk: Buffer) => {
      this.#errors += chunk.toString()
    })
    tmux.stdin.on("error", () => {})
    tmux.once("close", () => this.#end())
    this.#read()
  }

  /** Starts the program; resolves when its terminal stands. Rejects if tmux can't run. */
  static async open(program: TerminalProgram): Promise<Terminal> {
    const folder = mkdtempSync(join(tmpdir(), "pilotlight-terminal-"))
    const session = `-f /dev/null -u -C new-session -x ${COLUMNS} -y ${ROWS}`.split(" ")
    const tmux = spawn(
      program.tmux,
      ["-S", join(folder, "socket"), ...session, program.command.map(quote).join(" ")],
      { cwd: program.cwd, env: { ...program.env, TERM: "xterm-256color", TMUX: undefined } },
    )
    tmux.once("close", () => rmSync(folder, { recursive: true, force: true }))
    await once(tmux, "spawn")
    const terminal = new Terminal(tmux)
    const started = new Promise(resolve => terminal.#replies.push(resolve))
    await started
    await terminal.#send(`refresh-client -C ${COLUMNS}x${ROWS}`)
    // A test that is killed takes its program with it.
    await terminal.#send("set-option -g destroy-unattached on")
    return terminal
  }

  /** Types text as it stands. */
  async type(text: string): Promise<void> {
    await this.#send(`send-keys -l -- ${quote(text)}`)
  }

  /** Presses keys by tmux's names: `Escape`, `Enter`, `Tab`, `C-x`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#send(`send-keys ${keys.map(quote).join(" ")}`)
  }

  /** Resolves once `holds` is true of the screen; rejects with what stands there when it never can be. */
  async shows(what: string, holds: (screen: string) => boolean): Promise<void> {
    await this.#until(`${what} on the screen`, async () => {
      await this.#look()
      return holds(this.#screen)
    })
  }

  /** What stands on the screen now. */
  async screen(): Promise<string> {
    await this.#look()
    return this.#screen
  }

  /** Resolves when the program has left by itself. */
  async exits(): Promise<void> {
    await this.#until("the program to leave", async () => {
      await this.#look()
      return this.#ended
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return
    this.#tmux.stdin.write("kill-server\n")
    await once(this.#tmux, "close")
  }

  #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const evidence = async (): Promise<string> => [this.#screen, this.#errors].join("\n")
    return until({ what, holds, changes: this.#changes, ended: () => this.#ended, evidence })
  }

  async #look(): Promise<void> {
    const lines = await this.#send("capture-pane -p")
    if (!this.#ended) this.#screen = lines.join("\n").trimEnd()
  }

  #send(command: string): Promise<readonly string[]> {
    if (this.#ended) return Promise.resolve([])
    return new Promise(resolve => {
      this.#replies.push(resolve)
      this.#tmux.stdin.write(`${command}\n`)
    })
  }

  #read(): void {
    let reply: string[] | null = null
    createInterface({ input: this.#tmux.stdout }).on("line", line => {
      if (line.startsWith("%end ") || line.startsWith("%error ")) {
        this.#replies.shift()?.(reply ?? [])
        reply = null
      } else if (reply) reply.push(line)
      else if (line.startsWith("%begin ")) reply = []
      else if (line.startsWith("%output ")) this.#changes.emit("change")
    })
  }

  #end(): void {
    this.#ended = true
    for (const reply of this.#replies.splice(0)) reply([])
    this.#changes.emit("change")
  }
}

/** One word for the shell and for tmux's command parser alike. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
