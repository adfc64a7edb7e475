import type { Clock } from "../../model/clock.ts"
import { shortened } from "./action-kinds.ts"

/** Least ms between two reports: nobody reads faster. */
const REPORT_MS = 250

/** Says to people what is being written, and how fast. */
export class WritingPace {
  readonly #clock: Clock
  readonly #report: (message: string) => void
  #began = 0
  #reported = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, report: (message: string) => void) {
    this.#clock = clock
    this.#report = report
    this.begin()
  }

  /** Counts anew from now on. */
  begin(): void {
    this.#began = this.#clock.ticks()
  }

  /** Tells of all lines that there are so far, unless it has just told. */
  note(written: () => readonly string[]): void {
    const now = this.#clock.ticks()
    if (now - this.#reported < REPORT_MS) return
    this.#reported = now
    const lines = written()
    const perSecond = Math.round((1000 * lines.length) / Math.max(1, now - this.#began))
    const last = lines.findLast(line => line.trim() !== "")?.trim() ?? ""
    this.#report(`${lines.length} lines, ${perSecond} a second: ${shortened(last)}`)
  }
}
