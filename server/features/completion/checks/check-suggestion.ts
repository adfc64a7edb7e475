import { indentOf } from "../../../base/indent.ts"
import type { RecentEdit } from "../../../context/project-view.ts"
import type { Redactions } from "../../../context/redact/redactions.ts"
import { lexiconAt, type Place } from "../asking/place.ts"
import { scopeOf } from "../asking/scope.ts"
import { isWithinBraces, type Surroundings, surroundingsOf, takesLines } from "../asking/surroundings.ts"
import { balanced, closersFor, isOpenEnded } from "./balance.ts"
import { fingerprintOf } from "./fingerprint.ts"
import { Indenter, indentStyleOf } from "./indentation.ts"
import { unknownName } from "./names.ts"
import { withoutNextLine } from "./next-line.ts"
import { replacedClosers, withoutOverlap, withoutStandingClosers } from "./overlap.ts"
import { withoutRepetition } from "./repetition.ts"
import { withSecretsRestored } from "./secrets.ts"
import { breaksSyntax } from "./syntax.ts"
import { withoutTypedStart } from "./typed-part.ts"
import { undoes } from "./undo.ts"
import { unwrapped } from "./wrapping.ts"

/** The checks in the order in which they are made. */
export type CheckName =
  | "fences"
  | "line-start"
  | "indentation"
  | "overlap"
  | "closers"
  | "balance"
  | "repetition"
  | "next-line"
  | "undo"
  | "syntax"
  | "names"
  | "secrets"
  | "rejected"

/** What the checks must know besides the place. */
export interface CheckFacts {
  /** Whether a name stands anywhere in the project or in what it imports; the document itself is looked at by the check. */
  exists(name: string): boolean
  /** Whether a suggestion with this fingerprint was rejected before. */
  wasRejected(fingerprint: string): boolean
  /** What the user changed lately, latest first. */
  readonly recentEdits: readonly RecentEdit[]
  /** What was hidden in the prompt; null if there was none. */
  readonly redactions: Redactions | null
  /** Names of the declarations around the place, outermost first; "" at the top. */
  readonly enclosing: string
  /** Whether the client can replace what stands right of the cursor. */
  readonly canReplaceAfter: boolean
  /** Whether the suggestion claims to be complete: a model's does, the engine's may be the beginning of something. */
  readonly isWhole: boolean
}

/** What became of a suggestion. */
export type Checked = ShownSuggestion | { readonly kind: "dropped"; readonly by: CheckName }

/** A suggestion that fits its place. */
interface ShownSuggestion {
  readonly kind: "shown"
  /** Inserted at the cursor; `\n` line breaks. */
  readonly text: string
  /** UTF-16 code units right of the cursor, on its line, that it replaces; 0 for none, always 0 where the client can't. */
  readonly replaceAfter: number
  /** It names what exists nowhere: worth less than what the embedded engine says. */
  readonly lowered: boolean
  /** The checks that changed it. */
  readonly changed: readonly CheckName[]
  /** Whether it claims to be whole code, yet nobody could say what it does to the syntax: no grammar, or no time. */
  readonly isUnverified: boolean
  readonly fingerprint: string
}

/** Longest suggestion looked at, in UTF-16 code units: nobody reads more before accepting it. */
const MAX_UNITS = 8000

/** Makes a suggestion, with `\n` line breaks, fit its place, or drops it. Takes a few ms in a document of 5,000 lines. */
export function checkSuggestion(text: string, place: Place, facts: CheckFacts): Checked {
  const check = new SuggestionCheck(text.slice(0, MAX_UNITS), place, facts)
  return check.run()
}

/** One suggestion on its way through the checks. */
class SuggestionCheck {
  readonly #place: Place
  readonly #facts: CheckFacts
  readonly #around: Surroundings
  readonly #isCode: boolean
  #text: string
  #replaceAfter = 0
  #lowered = false
  #isUnverified = false
  readonly #changed: CheckName[] = []

  constructor(text: string, place: Place, facts: CheckFacts) {
    this.#text = text
    this.#place = place
    this.#facts = facts
    this.#around = surroundingsOf(place)
    this.#isCode = scopeOf(place) === "code"
  }

  run(): Checked {
    for (const [by, check] of CHECKS) {
      const text = check.call(this)
      if (text === null || text.trim() === "") return { kind: "dropped", by }
      if (text === this.#text) continue
      this.#text = text
      this.#changed.push(by)
    }
    return {
      kind: "shown",
      text: this.#text + this.#lastBreak(),
      replaceAfter: this.#replaceAfter,
      lowered: this.#lowered,
      changed: this.#changed,
      isUnverified: this.#isUnverified,
      fingerprint: this.#fingerprint(),
    }
  }

  fences(): string | null {
    return unwrapped(this.#text, this.#place.language?.name ?? null, this.#around.typed)
  }

  lineStart(): string {
    return withoutTypedStart(this.#text, this.#around.typed)
  }

  indentation(): string {
    const [first = "", ...more] = this.#text.split("\n")
    const indenter = new Indenter(indentStyleOf(this.#place), indentOf(this.#around.typed))
    const lines = [first, ...more.map(line => indenter.line(line))]
    // What stands right of the cursor would end up below further lines.
    const fitting = takesLines(this.#around) ? lines : lines.slice(0, 1)
    return fitting
      .map(line => line.trimEnd())
      .join("\n")
      .trimEnd()
  }

  overlap(): string {
    return withoutOverlap(this.#text, this.#around.rest, lexiconAt(this.#place))
  }

  closers(): string {
    const { rest } = this.#around
    const lexicon = lexiconAt(this.#place)
    if (!this.#isCode) return this.#text
    if (this.#facts.canReplaceAfter) this.#replaceAfter = replacedClosers(this.#text, rest, lexicon)
    if (this.#replaceAfter === 0) return withoutStandingClosers(this.#text, rest, lexicon)
    return withoutOverlap(this.#text, rest.slice(this.#replaceAfter), lexicon)
  }

  balance(): string | null {
    if (!this.#isCode) return this.#text
    return balanced(this.#text, this.#place, this.#replaced, this.#facts.isWhole)
  }

  repetition(): string | null {
    return withoutRepetition(this.#text, lexiconAt(this.#place))
  }

  nextLine(): string {
    return withoutNextLine(this.#text, this.#around, lexiconAt(this.#place))
  }

  undo(): string | null {
    return undoes(this.#text, this.#place, this.#facts.recentEdits) ? null : this.#text
  }

  syntax(): string | null {
    if (!this.#facts.isWhole || !this.#isCode) return this.#text
    const breaks = (text: string): boolean | null => breaksSyntax(text, this.#place, this.#replaceAfter)
    const isBroken = breaks(this.#text)
    this.#isUnverified = isBroken === null
    if (isBroken !== true) return this.#text
    // What it opens for the user to fill may be closed as well.
    const isStart = isOpenEnded(this.#text)
    return isStart && !breaks(this.#text + closersFor(this.#text, this.#place)) ? this.#text : null
  }

  names(): string {
    const isNamed = this.#facts.isWhole && this.#isCode
    const exists = (name: string): boolean => this.#facts.exists(name)
    this.#lowered = isNamed && unknownName(this.#text, this.#place, exists) !== null
    return this.#text
  }

  secrets(): string | null {
    return withSecretsRestored(this.#text, this.#place, this.#facts.redactions)
  }

  rejected(): string | null {
    return this.#facts.wasRejected(this.#fingerprint()) ? null : this.#text
  }

  /** What puts the closing brace right of the cursor on a line of its own, below the lines of a block. */
  #lastBreak(): string {
    if (this.#replaceAfter > 0 || !this.#text.includes("\n") || !isWithinBraces(this.#around)) return ""
    return `\n${indentOf(this.#around.typed)}`
  }

  get #replaced(): string {
    return this.#around.rest.slice(0, this.#replaceAfter)
  }

  #fingerprint(): string {
    const { typed } = this.#around
    const { enclosing } = this.#facts
    return fingerprintOf({ typed, added: this.#text, removed: this.#replaced, enclosing })
  }
}

/** In the order in which they are made; each gives what is left of the suggestion, or null. */
const CHECKS: readonly (readonly [CheckName, (this: SuggestionCheck) => string | null])[] = [
  ["fences", SuggestionCheck.prototype.fences],
  ["line-start", SuggestionCheck.prototype.lineStart],
  ["indentation", SuggestionCheck.prototype.indentation],
  ["overlap", SuggestionCheck.prototype.overlap],
  ["closers", SuggestionCheck.prototype.closers],
  ["balance", SuggestionCheck.prototype.balance],
  ["repetition", SuggestionCheck.prototype.repetition],
  ["next-line", SuggestionCheck.prototype.nextLine],
  ["undo", SuggestionCheck.prototype.undo],
  ["syntax", SuggestionCheck.prototype.syntax],
  ["names", SuggestionCheck.prototype.names],
  ["secrets", SuggestionCheck.prototype.secrets],
  ["rejected", SuggestionCheck.prototype.rejected],
]
