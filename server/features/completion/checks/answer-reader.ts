import { indentOf } from "../../../base/indent.ts"
import { lexiconAt, type Place } from "../asking/place.ts"
import type { Shape } from "../asking/shape.ts"
import { type Surroundings, surroundingsOf } from "../asking/surroundings.ts"
import { AnswerLines } from "./answer-lines.ts"
import { FirstPart } from "./first-part.ts"
import { Indenter, indentStyleOf } from "./indentation.ts"
import { stutters } from "./repetition.ts"
import { StopRules } from "./stop-rules.ts"
import { subtractTyped } from "./typed-part.ts"
import { Unwrapper } from "./wrapping.ts"

/** Why nothing more of an answer need be read. */
export type StopReason =
  /** The block at the cursor is complete. */
  | "block-end"
  /** A line belongs to a block further out. */
  | "dedent"
  /** What follows is what stands there already. */
  | "next-line"
  | "blank-lines"
  | "repetition"
  | "marker"
  | "fence"
  /** Text for a person, not code. */
  | "prose"
  /** It is about another line than the one at the cursor. */
  | "diverged"
  | "bounds"
  /** The model ended it. */
  | "end"

/** Lines of one answer that are taken for the line above the cursor, said again. */
const MOST_REPEATED_ABOVE = 3

/**
 * Reads one answer as it streams, line by line: how it was cut into deltas makes no difference. Never throws; what it costs
 * is bounded, whatever comes.
 */
export class AnswerReader {
  readonly #lines = new AnswerLines()
  readonly #around: Surroundings
  readonly #place: Place
  readonly #unwrapper: Unwrapper
  readonly #indenter: Indenter
  readonly #rules: StopRules
  readonly #part: FirstPart
  /** From the cursor on: the first one is what is left of the cursor's line. Blank ones at the end are not sure yet. */
  #read: string[] = []
  #blanks = 0
  #repeatedAbove = 0
  #stopped: StopReason | null = null

  /** Reads the answer to an ask of this shape at this place. */
  constructor(place: Place, shape: Shape) {
    this.#place = place
    this.#around = surroundingsOf(place)
    this.#unwrapper = new Unwrapper(place.language?.name ?? null, this.#around.typed)
    this.#indenter = new Indenter(indentStyleOf(place), indentOf(this.#around.typed))
    this.#rules = new StopRules(place, this.#around)
    this.#part = new FirstPart(place, shape, this.#around)
  }

  /** The part that may be shown first, from the cursor on, with `\n` line breaks; null until it is complete, or if there is none. */
  get first(): string | null {
    const lines = this.#part.lines
    return lines === null ? null : this.#read.slice(0, lines).join("\n")
  }

  /** What was read past `first`, without what still streams; begins with a line break. Empty while there is no `first`. */
  get rest(): string {
    const lines = this.#part.lines
    return lines === null
      ? ""
      : this.#read
          .slice(lines)
          .map(line => `\n${line}`)
          .join("")
  }

  /** Everything read from the cursor on, the line that still streams included: what is typed meanwhile must agree with it. */
  get sofar(): string {
    const pending = this.#stopped === null ? this.#lines.pending : ""
    if (this.#read.length > 0) return [...this.#read, ...(pending === "" ? [] : [pending])].join("\n")
    const first = subtractTyped(pending, this.#around.typed)
    return first.kind === "restarted" ? first.remainder : ""
  }

  /** Why nothing more need be read; null while it still may grow. */
  get stopped(): StopReason | null {
    return this.#stopped
  }

  /** Takes in the next delta; costs far below a ms but for the one that completes `first`. */
  push(delta: string): void {
    if (this.#stopped !== null) return
    this.#lines.push(delta, line => {
      if (line === null) this.#stop("bounds")
      else this.#take(line)
      return this.#stopped === null
    })
  }

  /** The answer is over; `isWhole` is false if it was cut off, so that its last line may be half of one. */
  end(isWhole = true): void {
    if (this.#stopped !== null) return
    if (isWhole && this.#lines.pending !== "") this.#take(this.#lines.take())
    if (this.#stopped === null) this.#stop("end")
  }

  #take(line: string): void {
    const unwrapped = this.#unwrapper.next(line)
    if (unwrapped.kind === "skipped") return
    const { text } = unwrapped
    if (unwrapped.kind === "code" || text.trim() !== "") {
      if (this.#read.length === 0) this.#takeFirst(text)
      else this.#takeNext(text)
    }
    if (unwrapped.kind === "ended" && this.#stopped === null) this.#stop(unwrapped.by)
  }

  #takeFirst(line: string): void {
    const { typed, above } = this.#around
    const first = subtractTyped(line, typed)
    const isAbove = above.trim() !== "" && line.trim() === above.trim() && /\w/.test(above)
    if (isAbove && first.kind !== "restarted" && this.#repeatedAbove++ < MOST_REPEATED_ABOVE) return
    if (first.kind === "diverged") {
      this.#stop("diverged")
      return
    }
    if (first.kind === "restarted") this.#indenter.learn(first.indent, line)
    if (this.#rules.begin(first.remainder)) this.#stop("next-line")
    else this.#accept(first.remainder)
  }

  #takeNext(line: string): void {
    if (line.trim() === "") {
      this.#blanks++
      if (this.#rules.endsAtBlanks(this.#blanks, this.#read)) this.#stop("blank-lines")
      return
    }
    const fresh = this.#indenter.line(line)
    const stop = this.#rules.before(fresh, this.#indenter.columns(line), this.#blanks, this.#read)
    if (stop !== null) {
      if (stop.keepsLine) this.#accept(fresh)
      if (this.#stopped === null) this.#stop(stop.reason)
    } else this.#accept(fresh)
  }

  #accept(line: string): void {
    for (; this.#blanks > 0; this.#blanks--) this.#read.push("")
    this.#read.push(line.trimEnd())
    const kept = this.#rules.keptOf(this.#read)
    const isStutter = stutters(line, lexiconAt(this.#place))
    if (isStutter || kept < this.#read.length) {
      this.#read.length = isStutter ? this.#read.length - 1 : kept
      this.#stop("repetition")
      return
    }
    this.#part.grow(this.#read)
    if (this.#rules.isFull(this.#read)) this.#stop("bounds")
  }

  #stop(reason: StopReason): void {
    this.#stopped = reason
    this.#part.finish(this.#read)
  }
}
