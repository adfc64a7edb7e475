import { pauseUntil } from "../../model/scripted/pace.ts"
import type { Random } from "../random.ts"
import type { Ghost, GhostSource } from "./ghost.ts"
import type { HeldOut } from "./held-out.ts"
import { type Stroke, Typist } from "./typist.ts"

/** What one key brought. */
export interface KeyRow {
  readonly kind: Stroke["kind"] | "accept"
  /** When it was pressed, ms of `performance.now()`. */
  readonly at: number
  /** A right suggestion stood there, and this key typed its next unit. */
  readonly along: boolean
  /** From the key to the first suggestion shown after it, ms; null if the next key came first. */
  visibleMs: number | null
  /** What became of a suggestion of which this key typed the next unit and left some; null where there was none, or no answer. */
  fate: "kept" | "replaced" | "vanished" | null
}

/** Something that was visible: the body up to the cursor, and what was shown behind it. */
interface Shown {
  readonly typed: string
  readonly text: string
}

/** How one function was typed. */
export interface TypedFunction {
  readonly keys: readonly KeyRow[]
  readonly shown: readonly Shown[]
  readonly accepted: number
}

/** A user accepts what is right once it could be read for so many ms, */
const REACTION_MS = 300
/** and if it saves at least so many units that are not white space. */
const LEAST_UNITS = 3

/**
 * Types the body of a function into its file, in real time. The user accepts a suggestion by one key when all of it is right: the document with it
 * is a beginning of the body, at least 3 units more, and it has been visible, growing shorter with the keys typed, for 300 ms.
 * Partly right suggestions are typed over. Nothing is accepted while the user looks elsewhere.
 */
export async function typeFunction(
  source: GhostSource,
  held: HeldOut,
  random: Random,
): Promise<TypedFunction> {
  const typing = new Typing(source, held)
  const typist = new Typist(held.body, random)
  for (;;) {
    const stroke = typist.next(typing.typed)
    if (stroke === null) break
    const due = typing.lastKeyAt + stroke.afterMs
    if (await typing.acceptsBefore(due)) typing.accept()
    else typing.press(stroke)
  }
  source.close()
  return typing
}

interface Screen {
  readonly ghost: Ghost
  /** Since when its text can be read, ms. */
  readonly since: number
}

/** One document while it is typed into. */
class Typing implements TypedFunction {
  readonly keys: KeyRow[] = []
  readonly shown: Shown[] = []
  accepted = 0
  typed = ""
  lastKeyAt = performance.now()
  readonly #source: GhostSource
  readonly #held: HeldOut
  #screen: Screen | null = null
  /** Where the user looks, in `typed`; null for its end. */
  #elsewhere: number | null = null
  /** What was shown at the last key and should still be there, shorter by that key. */
  #expected: { readonly text: string; readonly since: number } | null = null
  #changed = (): void => {}

  constructor(source: GhostSource, held: HeldOut) {
    this.#source = source
    this.#held = held
    source.open(held.path, held.before + held.after)
    this.#ask(null)
  }

  /** Waits for the moment of the next key; true if the user accepts what is shown instead. */
  async acceptsBefore(due: number): Promise<boolean> {
    for (;;) {
      const at = this.#acceptAt()
      const next = Math.min(due, at)
      if (performance.now() >= next) return at < due
      const changed = new Promise<void>(resolve => {
        this.#changed = resolve
      })
      await Promise.race([pauseUntil(next), changed])
    }
  }

  accept(): void {
    const { ghost } = this.#screen!
    const text = this.#text()
    const row = this.#key("accept", false)
    this.accepted++
    this.#source.change(text, ghost.start, ghost.end, ghost.newText)
    const grown = text.slice(0, ghost.start) + ghost.newText + text.slice(ghost.end)
    this.typed = grown.slice(this.#held.before.length, grown.length - this.#held.after.length)
    this.#source.took(ghost)
    this.#screen = null
    this.#expected = null
    this.#ask(row)
  }

  press(stroke: Stroke): void {
    const text = this.#text()
    const ghost = this.#screen?.ghost ?? null
    const cursor = this.#held.before.length + this.typed.length
    const agrees = stroke.kind === "type" && ghost !== null && ghost.text.startsWith(stroke.text)
    const rest = agrees ? ghost.text.slice(stroke.text.length) : ""
    const row = this.#key(stroke.kind, rest.trim() !== "" && this.#isRight(ghost!))
    this.#expected = rest.trim() === "" ? null : { text: rest, since: this.#screen!.since }
    this.#screen = null
    this.#elsewhere = stroke.kind === "jump" ? stroke.to : null
    if (stroke.kind === "type") {
      this.#source.change(text, cursor, cursor, stroke.text)
      this.typed += stroke.text
    } else if (stroke.kind === "backspace") {
      this.#source.change(text, cursor - 1, cursor, "")
      this.typed = this.typed.slice(0, -1)
    }
    this.#ask(row)
  }

  #text(): string {
    return this.#held.before + this.typed + this.#held.after
  }

  #key(kind: KeyRow["kind"], along: boolean): KeyRow {
    this.lastKeyAt = performance.now()
    const row: KeyRow = { kind, at: this.lastKeyAt, along, visibleMs: null, fate: null }
    this.keys.push(row)
    return row
  }

  #ask(row: KeyRow | null): void {
    const { lastKeyAt: at, typed } = this
    const offset = this.#held.before.length + (this.#elsewhere ?? typed.length)
    void this.#source.ask({ text: this.#text(), offset }).then(ghost => {
      if (ghost !== undefined && this.lastKeyAt === at) this.#show(ghost, row)
    })
  }

  #show(ghost: Ghost | null, row: KeyRow | null): void {
    const now = performance.now()
    const expected = this.#expected
    const fate = expected === null ? null : fateOf(expected.text, ghost)
    if (row !== null) row.fate = fate
    if (ghost !== null) {
      this.#screen = { ghost, since: fate === "kept" ? expected!.since : now }
      if (row !== null) row.visibleMs = now - row.at
      if (this.#elsewhere === null) this.shown.push({ typed: this.typed, text: ghost.text })
    }
    this.#changed()
  }

  #acceptAt(): number {
    const screen = this.#screen
    if (screen === null || this.#elsewhere !== null || !this.#isRight(screen.ghost))
      return Number.POSITIVE_INFINITY
    return screen.since + REACTION_MS
  }

  /** Whether the document with it is a beginning of what is to be typed, and long enough a one to be worth a key. */
  #isRight({ start, end, newText, text }: Ghost): boolean {
    const { before, after, body } = this.#held
    const now = this.#text()
    const grown = now.slice(0, start) + newText + now.slice(end)
    if (!grown.startsWith(before) || !grown.endsWith(after)) return false
    const typed = grown.slice(before.length, grown.length - after.length)
    return (
      body.startsWith(typed) &&
      typed.length > this.typed.length &&
      text.replace(/\s/g, "").length >= LEAST_UNITS
    )
  }
}

function fateOf(expected: string, ghost: Ghost | null): NonNullable<KeyRow["fate"]> {
  if (ghost === null) return "vanished"
  return ghost.text.startsWith(expected) ? "kept" : "replaced"
}
