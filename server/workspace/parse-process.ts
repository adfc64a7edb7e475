import { type ChildProcess, fork } from "node:child_process"
import type { ChildSetup, FromChild, ReadTask, ToChild } from "./parse-messages.ts"

/** What a running child process tells its owner. Nothing comes after `exited`. */
interface ChildEvents {
  message(message: FromChild): void
  /** The process is gone; `reason` is half a sentence for the log. */
  exited(reason: string): void
}

/** Milliseconds a child has to leave by itself. */
const LEAVE_MS = 300
/** Most of what a child reads is garbage soon: with room for more of it, in MB, it is no faster, only larger by a third. */
const YOUNG_GENERATION = "--max-semi-space-size=4"
/** Characters kept of what a child wrote to its error output. */
const KEPT_OUTPUT = 4000

/** One child process that parses. Its output can't reach ours. */
export class ParseProcess {
  readonly #child: ChildProcess
  readonly #gone: Promise<void>
  #errorOutput = ""

  /** Starts `entry`, a file that is a `parse-child`. */
  constructor(entry: string, setup: ChildSetup, events: ChildEvents) {
    this.#child = fork(entry, [], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: [YOUNG_GENERATION],
    })
    this.#gone = new Promise(resolve => {
      const leave = (reason: string): void => {
        this.#child.removeAllListeners()
        this.#child.on("error", () => {})
        resolve()
        events.exited(reason + lastWords(this.#errorOutput))
      }
      this.#child.once("exit", (code, signal) => leave(signal ? `got ${signal}` : `left with code ${code}`))
      this.#child.once("error", error => {
        if (this.#child.pid === undefined) leave(error.message)
      })
    })
    this.#child.on("message", message => events.message(message as FromChild))
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-KEPT_OUTPUT)
    })
    this.#send(setup)
  }

  /** Gives files to read. */
  read(step: number, tasks: readonly ReadTask[]): void {
    this.#send({ kind: "step", step, tasks })
  }

  /** Ends the process at once; `exited` follows. */
  kill(): void {
    this.#child.kill("SIGKILL")
  }

  /** Asks the process to leave, and ends it after 300 ms. Resolves when it is gone. */
  async dispose(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect()
    const timer = setTimeout(() => this.kill(), LEAVE_MS)
    await this.#gone
    clearTimeout(timer)
  }

  #send(message: ToChild): void {
    // A message to a process that just died is lost; `exited` tells of it.
    this.#child.send(message, () => {})
  }
}

/** The line of an error output that names an error, or else its last, after `: `; empty if there is none. */
function lastWords(output: string): string {
  const lines = output.split("\n").filter(line => line.trim() !== "")
  const said = lines.find(line => /^\w*Error\b/.test(line)) ?? lines.at(-1)
  return said === undefined ? "" : `: ${said}`
}
