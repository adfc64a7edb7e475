import type { CliIo } from "./io.ts"

const WIDTH = 30

/** A bar on stderr where that is a terminal, nothing anywhere else. */
export class ProgressBar {
  readonly #io: CliIo
  readonly #title: string
  #shown = ""

  constructor(title: string, io: CliIo) {
    this.#title = title
    this.#io = io
  }

  /** Draws how far it is; draws nothing if that looks as before. */
  update(done: number, total: number): void {
    if (!this.#io.stderrIsTerminal) return
    const share = total === 0 ? 0 : Math.min(1, done / total)
    const full = Math.round(share * WIDTH)
    const bar = "█".repeat(full) + "░".repeat(WIDTH - full)
    const line = `${this.#title} ${bar} ${Math.floor(share * 100)} %`
    if (line === this.#shown) return
    this.#shown = line
    this.#io.stderr(`\r${line}\x1b[K`)
  }

  /** Takes the bar away, so that whatever is printed next starts on an empty line. */
  clear(): void {
    if (this.#shown === "") return
    this.#shown = ""
    this.#io.stderr("\r\x1b[K")
  }
}
