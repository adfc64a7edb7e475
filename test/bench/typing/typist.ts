import type { Random } from "../random.ts"

/** What the typist does next, so many ms after the key before. */
export type Stroke = { readonly afterMs: number } & (
  | { readonly kind: "type"; readonly text: string }
  /** Takes back the last unit typed. */
  | { readonly kind: "backspace" }
  /** Looks at the end of an earlier line; the stroke after it is a `return`. */
  | { readonly kind: "jump"; readonly to: number }
  | { readonly kind: "return" }
)

/**
 * Times between keys: log-normal, with pauses for thought; all together about 80 words (of five units) a minute.
 * The spread is that of fluent typists; the share and length of pauses make up the mean of 150 ms.
 */
const MEDIAN_MS = 105
const SPREAD = 0.5
const PAUSE = { share: 0.02, leastMs: 500, mostMs: 1500 }
/** Added in front of the first unit of a line. */
const LINE_START_MS = { least: 100, most: 600 }
/** Of the letters so many come out wrong; it is seen after the next one or two keys. */
const MISTAKE_SHARE = 0.02
/** After so many of the lines something above is looked at again. */
const JUMP_SHARE = 0.08
const LOOK_MS = 700

/** Somebody who types a text, with pauses, mistakes and looks back. Equal seeds type alike as long as nothing is taken from suggestions. */
export class Typist {
  readonly #target: string
  readonly #random: Random
  /** Keys until a mistake is seen; null for none. */
  #untilSeen: number | null = null
  #away = false
  #lookedAt = -1

  constructor(target: string, random: Random) {
    this.#target = target
    this.#random = random
  }

  /** The next key, given all that stands there; null when the text is done. */
  next(typed: string): Stroke | null {
    if (this.#away) {
      this.#away = false
      return { kind: "return", afterMs: LOOK_MS + this.#pause() }
    }
    const right = this.#target.startsWith(typed)
    if (right && typed.length === this.#target.length) return null
    if (!right && (this.#untilSeen ?? 0) <= 0) return { kind: "backspace", afterMs: this.#pause() }
    if (!right) this.#untilSeen = (this.#untilSeen ?? 0) - 1
    return this.#jumpFrom(typed) ?? this.#keyAfter(typed)
  }

  #jumpFrom(typed: string): Stroke | null {
    const atLineEnd = this.#target[typed.length] === "\n" && this.#target.startsWith(typed)
    const earlier = typed.lastIndexOf("\n")
    if (!atLineEnd || earlier < 0 || this.#lookedAt === typed.length) return null
    this.#lookedAt = typed.length
    if (this.#random() >= JUMP_SHARE) return null
    this.#away = true
    return { kind: "jump", to: earlier, afterMs: this.#pause() }
  }

  #keyAfter(typed: string): Stroke {
    const wanted = strokeText(this.#target, typed.length)
    const startsLine = typed === "" || /\n\s*$/.test(typed)
    const { least, most } = LINE_START_MS
    const afterMs = this.#pause() + (startsLine ? least + this.#random() * (most - least) : 0)
    if (/[a-z]/.test(wanted) && this.#target.startsWith(typed) && this.#random() < MISTAKE_SHARE) {
      this.#untilSeen = this.#random() < 0.5 ? 1 : 2
      return { kind: "type", text: wanted === "q" ? "w" : "q", afterMs }
    }
    return { kind: "type", text: wanted, afterMs }
  }

  #pause(): number {
    const { share, leastMs, mostMs } = PAUSE
    if (this.#random() < share) return leastMs + this.#random() * (mostMs - leastMs)
    return MEDIAN_MS * Math.exp(SPREAD * this.#normal())
  }

  /** A number of the standard normal distribution, by Box and Muller. */
  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random())
  }
}

/** What one key puts there: a unit, or a line break with the indentation that every editor puts behind it. */
export function strokeText(target: string, at: number): string {
  return /^\n\s*|^./.exec(target.slice(at))?.[0] ?? ""
}

/** Keys that a text takes without any help or mistake. */
export function keysOf(target: string): number {
  return target.replace(/\n\s*/g, "\n").length
}
