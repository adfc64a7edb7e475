import type { Log } from "../base/log.ts"
import type { ChildSetup, FromChild, ReadTask } from "./parse-messages.ts"
import { ParseProcess } from "./parse-process.ts"
import type { EncodedBatch } from "./shard-codec.ts"

/** What a pool needs to know and whom to ask. */
export interface ParsePoolOptions {
  /** Path of the bundled parse child. */
  readonly entry: string
  readonly setup: ChildSetup
  /** Processes; at least 1. */
  readonly children: number
  /** A child that says nothing for so many ms while it has work is ended. */
  readonly silenceMs: number
  /** A child without work for so many ms is let go; the next work starts another. */
  readonly idleMs: number
  readonly log: Log
  /** At most `most` files to read next; none if there is nothing to do. */
  readonly take: (most: number) => readonly ReadTask[]
  /**
   * Takes a batch in; `sender` stands for the process it came from, whose dictionary its ids are of. The child gets more
   * work only when this has resolved; if it rejects, the process is ended, because what it sends next builds on this.
   */
  readonly onBatch: (batch: EncodedBatch, sender: object) => Promise<void>
  /** A file that can't be read, because the child that tried ended or no child starts. */
  readonly onLost: (path: string) => void
}

/** Files per step: small, so that what turns urgent is read soon. */
const STEP_FILES = 24
/** Steps a child has at a time, so that it need not wait for us between two. */
const STEPS_AHEAD = 2
/** Starts in a row that may fail before the pool gives up. */
const FAILED_STARTS = 5
/** Milliseconds before the second start in a row; doubles with each further one. */
const BACK_OFF_MS = 100

/** Reads files in child processes: keeps them busy, replaces those that end, and finds out which file ended them. */
export class ParsePool {
  readonly #slots: readonly Slot[]
  #disposed = false

  constructor(options: ParsePoolOptions) {
    this.#slots = Array.from({ length: Math.max(1, options.children) }, () => new Slot(options))
  }

  /** Tells the pool that there may be work. Starts processes as needed; never blocks. */
  wake(): void {
    if (this.#disposed) return
    for (const slot of this.#slots) slot.fill()
  }

  /** Ends all processes; resolves when they are gone. What they were reading is not reported. */
  async dispose(): Promise<void> {
    this.#disposed = true
    await Promise.all(this.#slots.map(slot => slot.dispose()))
  }
}

/** Files given to a child; those before `finished` are reported. */
interface Step {
  readonly tasks: readonly ReadTask[]
  finished: number
}

/**
 * One place for a child process.
 * Invariant: every task taken is either reported in a batch, in `#steps` or `#suspects`, or given to `onLost`.
 */
class Slot {
  readonly #options: ParsePoolOptions
  /** Unreported steps of the present process, oldest first. */
  readonly #steps = new Map<number, Step>()
  /** Tasks one of which ended a process: each is read alone, so that the next end names it. */
  #suspects: ReadTask[] = []
  /** Whether the one step out is that of a suspect. */
  #readsSuspect = false
  #process: ParseProcess | null = null
  #state: "stopped" | "starting" | "running" | "waiting" | "broken" | "disposed" = "stopped"
  #failedStarts = 0
  #nextStep = 0
  #merging = 0
  /** Ends a silent process, lets an idle one go, or ends the wait for a new one. */
  #timer: NodeJS.Timeout | undefined
  #retired: Promise<void> = Promise.resolve()

  constructor(options: ParsePoolOptions) {
    this.#options = options
  }

  /** Gives the child as much work as it may have. */
  fill(): void {
    if (this.#state === "disposed" || this.#state === "waiting") return
    while (this.#mayHaveMore()) {
      const tasks = this.#nextTasks()
      if (tasks.length === 0) return
      if (this.#state === "broken") this.#lose(tasks)
      else this.#give(tasks)
    }
  }

  async dispose(): Promise<void> {
    this.#state = "disposed"
    clearTimeout(this.#timer)
    await Promise.all([this.#process?.dispose(), this.#retired])
  }

  #mayHaveMore(): boolean {
    const held = this.#steps.size + this.#merging
    return held === 0 || (this.#suspects.length === 0 && held < STEPS_AHEAD && !this.#readsSuspect)
  }

  #nextTasks(): readonly ReadTask[] {
    const suspect = this.#suspects.shift()
    this.#readsSuspect = suspect !== undefined
    return suspect === undefined ? this.#options.take(STEP_FILES) : [suspect]
  }

  #give(tasks: readonly ReadTask[]): void {
    const step = this.#nextStep++
    this.#steps.set(step, { tasks, finished: 0 })
    this.#process ??= this.#start()
    this.#process.read(step, tasks)
    this.#watchSilence()
  }

  #start(): ParseProcess {
    this.#state = "starting"
    const started = new ParseProcess(this.#options.entry, this.#options.setup, {
      message: message => this.#hear(message, started),
      exited: reason => {
        if (this.#process === started) this.#replace(reason)
      },
    })
    return started
  }

  #hear(message: FromChild, sender: ParseProcess): void {
    if (this.#state === "disposed") return
    if (message.kind === "log") this.#options.log[message.level](message.message)
    else if (message.kind === "notice") this.#options.log.once(message.level, message.message)
    else if (message.kind === "ready") {
      this.#state = "running"
      this.#failedStarts = 0
    } else this.#takeIn(message.step, message.finished, message.batch, sender)
    this.#watchSilence()
  }

  #takeIn(id: number, finished: number, batch: EncodedBatch, sender: ParseProcess): void {
    const step = this.#steps.get(id)
    if (step === undefined) return
    const tasks = step.tasks.slice(step.finished, finished)
    step.finished = finished
    if (finished === step.tasks.length) this.#steps.delete(id)
    this.#merging++
    this.#options
      .onBatch(batch, sender)
      .catch(error => {
        this.#lose(tasks)
        this.#options.log.bug("a batch of facts could not be taken in", error)
        sender.kill()
      })
      .finally(() => {
        this.#merging--
        this.fill()
      })
  }

  /** Takes note of the process's end, and goes on with a new one. */
  #replace(reason: string): void {
    clearTimeout(this.#timer)
    this.#process = null
    if (this.#state === "disposed") return
    const started = this.#state === "running"
    this.#sortOut(started, reason)
    if (started) {
      this.#state = "stopped"
      this.fill()
    } else this.#backOff(reason)
  }

  /** Finds the task that ended the process, or makes those that may have suspects. */
  #sortOut(started: boolean, reason: string): void {
    const [first = [], ...rest] = [...this.#steps.values()].map(step => step.tasks.slice(step.finished))
    this.#steps.clear()
    if (started && first.length === 1) {
      this.#options.log.warn(`${first[0]!.path} is left out: reading it ended a process (${reason})`)
      this.#lose(first)
      this.#suspects.push(...rest.flat())
    } else this.#suspects.push(...first, ...rest.flat())
  }

  #backOff(reason: string): void {
    this.#failedStarts++
    if (this.#failedStarts >= FAILED_STARTS) {
      this.#options.log.error(`files can't be read: the process for it does not start (${reason})`)
      this.#state = "broken"
      this.#lose(this.#suspects.splice(0))
      this.fill()
      return
    }
    this.#state = "waiting"
    const wait = this.#failedStarts === 1 ? 0 : BACK_OFF_MS * 2 ** (this.#failedStarts - 2)
    this.#timer = setTimeout(() => {
      this.#state = "stopped"
      this.fill()
    }, wait)
  }

  #lose(tasks: readonly ReadTask[]): void {
    for (const task of tasks) this.#options.onLost(task.path)
  }

  #watchSilence(): void {
    const { silenceMs, idleMs } = this.#options
    const isIdle = this.#steps.size === 0
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => (isIdle ? this.#retire() : this.#process?.kill()),
      isIdle ? idleMs : silenceMs,
    )
    this.#timer.unref()
  }

  #retire(): void {
    const idle = this.#process
    if (idle === null) return
    this.#process = null
    this.#state = "stopped"
    this.#retired = idle.dispose()
  }
}
