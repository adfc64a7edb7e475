import { setPriority } from "node:os"
import { messageOf } from "../base/errors.ts"
import { createLog, type Log } from "../base/log.ts"
import { yieldToLoop } from "../base/time-slice.ts"
import { Languages } from "../syntax/languages.ts"
import { createNativeParsers } from "../syntax/native-parser.ts"
import { FileReporter } from "./file-report.ts"
import { packageLoader } from "./package-loader.ts"
import type { ChildSetup, ChildStep, FromChild, ToChild } from "./parse-messages.ts"
import { encodeBatch } from "./shard-codec.ts"

/** Source bytes after which a batch is sent. */
const BATCH_BYTES = 256 << 10
/** How far below the editor the process stands in line for the processor (`nice`). */
const NICENESS = 5

/** The steps of one process, read one after the other. */
class StepReader {
  readonly #reporter: FileReporter
  readonly #steps: ChildStep[] = []
  #reading = false

  constructor(reporter: FileReporter) {
    this.#reporter = reporter
  }

  /** Reads a step after those before it. */
  add(step: ChildStep): void {
    this.#steps.push(step)
    if (this.#reading) return
    this.#reading = true
    this.#readAll().catch(fail)
  }

  async #readAll(): Promise<void> {
    for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) {
      await this.#read(step)
    }
    this.#reading = false
  }

  async #read({ step, tasks }: ChildStep): Promise<void> {
    let bytes = 0
    for (const [index, task] of tasks.entries()) {
      bytes += this.#reporter.add(task)
      const finished = index + 1
      if (bytes >= BATCH_BYTES || finished === tasks.length) {
        tell({ kind: "batch", step, finished, batch: encodeBatch(this.#reporter.finish()) })
        bytes = 0
      }
      // Native trees are freed, and messages sent, only when the event loop turns.
      await yieldToLoop()
    }
  }
}

function tell(message: FromChild): void {
  // The owner is gone if this fails; `disconnect` ends the process then.
  process.send?.(message, undefined, undefined, () => {})
}

function createReader({ languages, grammarFolders }: ChildSetup): StepReader {
  const log: Log = {
    ...createLog((level, message) => tell({ kind: "log", level, message }), "info"),
    once: (level, message) => tell({ kind: "notice", level, message }),
  }
  const parsers = createNativeParsers(packageLoader(grammarFolders), log)
  return new StepReader(new FileReporter(new Languages(languages), parsers, message => log.warn(message)))
}

function lowerPriority(): void {
  try {
    setPriority(NICENESS)
  } catch (error) {
    tell({ kind: "log", level: "info", message: `parsing runs at normal priority: ${messageOf(error)}` })
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}

function serve(): void {
  lowerPriority()
  let reader: StepReader | null = null
  process.on("disconnect", () => process.exit(0))
  process.on("message", (message: ToChild) => {
    if (message.kind === "step") reader?.add(message)
    else {
      reader = createReader(message)
      tell({ kind: "ready" })
    }
  })
}

serve()
