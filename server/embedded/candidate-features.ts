import type { Interner } from "../base/interner.ts"
import { PACK_KIND } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { concreteCode } from "./context-order.ts"
import type { CursorContext } from "./cursor-context.ts"
import { groupOffsets } from "./feature-groups.ts"
import type { WordCounts } from "./word-counts.ts"

/** Buckets of each feature of a candidate; a candidate carries at most one of each group. */
const GROUP_SIZES = {
  after: 132,
  nesting: 72,
  uses: 18,
  spread: 7,
  recency: 8,
  member: 8,
  repeated: 6,
  unused: 4,
  ahead: 2,
  kin: 28,
  wideKin: 4,
} as const

type CandidateGroup = keyof typeof GROUP_SIZES

const OFFSET: Readonly<Record<CandidateGroup, number>> = groupOffsets(GROUP_SIZES)

/** How many constants weigh candidates. */
export const CANDIDATE_FEATURES: number = Object.values(GROUP_SIZES).reduce((sum, size) => sum + size, 0)

/** Most features that one candidate carries. */
const CANDIDATE_GROUPS: number = Object.keys(GROUP_SIZES).length

/** Texts of tokens that have a class of their own in `after`, in order of class; kinds come behind them. */
const MARKS = [".", "?.", "(", ")", "{", "}", "[", "]", ",", ":", ";", "=", "=>", "<", ">", "|"] as const
/** Texts of candidates that close or go on with what is open, in order of class. */
const ENDS = [")", "]", "}", ",", ";", "\n", ">", "("] as const

/** The codes behind `MARKS`, `ENDS` and the openers, in one interner. */
export class TokenClasses {
  readonly #marks: ReadonlyMap<number, number>
  readonly #ends: ReadonlyMap<number, number>
  readonly dot: number
  readonly questionDot: number

  constructor(interner: Interner) {
    this.#marks = new Map(MARKS.map((text, index) => [interner.intern(text), index]))
    this.#ends = new Map(ENDS.map((text, index) => [interner.intern(text), index]))
    this.dot = interner.intern(".")
    this.questionDot = interner.intern("?.")
  }

  /** Class 0 to 21 of the token before a candidate. */
  before(packed: number): number {
    return this.#marks.get(concreteCode(packed)) ?? MARKS.length + Math.min(5, packed & PACK_KIND)
  }

  /** Class 0 to 8 of a candidate by what it does to what is open. */
  end(packed: number): number {
    return this.#ends.get(concreteCode(packed)) ?? ENDS.length
  }
}

/** What candidates are described by besides the context. */
export interface CandidateWorld {
  readonly classes: TokenClasses
  /** Uses of each code in the document. */
  readonly uses: ReadonlyMap<number, number>
  /** The string behind an id. */
  readonly textOf: (id: number) => string
  readonly counts: WordCounts
  /** Codes of the names that the document's imports bring in. */
  readonly imported: ReadonlySet<number>
  /** Codes that stand on the next line with anything on it. */
  readonly ahead: ReadonlySet<number>
}

/** Describes candidates for one context. Feature indices are written to `out`, their number returned. */
export class CandidateDescriber {
  readonly out: Int32Array = new Int32Array(CANDIDATE_GROUPS)
  readonly #lastPlaces = new Map<number, number>()
  readonly #lineUses = new Map<number, number>()
  #world!: CandidateWorld
  #beforeClass = 0
  #nesting = 0
  #afterDot = false
  #kinClass = 0
  readonly #parts = new NameParts()
  readonly #lineParts = new Set<string>()
  readonly #wideParts = new Set<string>()

  /** Prepares for the candidates of one context. */
  begin(context: CursorContext, world: CandidateWorld): void {
    this.#world = world
    const before = context.recent[0]!
    this.#beforeClass = world.classes.before(before)
    const beforeCode = concreteCode(before)
    this.#afterDot = beforeCode === world.classes.dot || beforeCode === world.classes.questionDot
    this.#nesting = context.nesting()
    this.#kinClass = KIN_CLASS[this.#beforeClass]!
    this.#collectParts(context)
    this.#lastPlaces.clear()
    this.#lineUses.clear()
    for (let i = context.length - 1; i >= 0; i--) this.#lastPlaces.set(context.concrete[i]!, i)
    for (let i = 0; i < Math.min(context.lineLength, context.length); i++) {
      const code = context.concrete[i]!
      this.#lineUses.set(code, (this.#lineUses.get(code) ?? 0) + 1)
    }
  }

  #collectParts(context: CursorContext): void {
    this.#lineParts.clear()
    this.#wideParts.clear()
    for (let i = 0; i < Math.min(KIN_SPAN, context.length); i++) {
      if ((context.recent[i]! & PACK_KIND) !== TokenKind.identifier) continue
      for (const part of this.#parts.of(this.#world.textOf(context.concrete[i]!))) {
        this.#wideParts.add(part)
        if (i < context.lineLength) this.#lineParts.add(part)
      }
    }
  }

  /** Writes the features of one packed token to `out`. */
  describe(token: number): number {
    const kind = token & PACK_KIND
    const { out } = this
    const { classes, ahead } = this.#world
    let count = 0
    out[count++] = OFFSET.after + this.#beforeClass * 6 + Math.min(5, kind)
    out[count++] = OFFSET.nesting + classes.end(token) * 8 + this.#nesting
    const code = concreteCode(token)
    if (kind === TokenKind.identifier) count = this.#describeName(code, count)
    if (kind === TokenKind.identifier || kind === TokenKind.string || kind === TokenKind.number) {
      const row = kind === TokenKind.identifier ? 0 : kind === TokenKind.string ? 1 : 2
      out[count++] = OFFSET.uses + row * 6 + bucket(this.#world.uses.get(code) ?? 0, USES)
      if (ahead.has(code)) out[count++] = OFFSET.ahead
      out[count++] = OFFSET.repeated + this.#repetition(code)
    }
    return count
  }

  #describeName(code: number, from: number): number {
    const { out } = this
    const { counts, uses, imported } = this.#world
    let count = from
    out[count++] = OFFSET.spread + bucket(counts.files(code), SPREAD)
    const parts = this.#parts.of(this.#world.textOf(code))
    out[count++] = OFFSET.kin + this.#kinClass * 4 + shared(parts, this.#lineParts)
    out[count++] = OFFSET.wideKin + shared(parts, this.#wideParts)
    const place = this.#lastPlaces.get(code)
    const inDocument = uses.get(code) ?? 0
    out[count++] = OFFSET.recency + (place === undefined ? (inDocument > 0 ? 6 : 7) : bucket(place, RECENCY))
    const total = counts.uses(code)
    if (total > 0) {
      const share = counts.members(code) / total
      out[count++] = OFFSET.member + (this.#afterDot ? 4 : 0) + bucket(share, MEMBER)
    }
    if (inDocument === 1) {
      out[count++] = OFFSET.unused + (imported.has(code) ? 2 : 0) + (place === undefined ? 0 : 1)
    }
    return count
  }

  /** How often, and how near, a token stands on the cursor's line already. */
  #repetition(code: number): number {
    const uses = this.#lineUses.get(code) ?? 0
    if (uses === 0) return 0
    const place = this.#lastPlaces.get(code) ?? 64
    if (place <= 1) return 1
    if (place === 2) return 2
    return uses === 1 ? 3 : 4
  }
}

/** Tokens before the cursor whose names are compared part by part. */
const KIN_SPAN = 40
/** Class 0 to 6 in `kin` for each class of the token before. */
const KIN_CLASS = [1, 1, 2, 2, 3, 0, 2, 0, 2, 4, 0, 5, 5, 2, 0, 0, 0, 6, 0, 0, 0, 0]

/** How many parts of a name a set holds: 0 nothing to compare, 1 none, 2 some, 3 all. */
function shared(parts: readonly string[], set: ReadonlySet<string>): number {
  if (parts.length === 0) return 0
  let found = 0
  for (const part of parts) if (set.has(part)) found++
  return found === 0 ? 1 : found < parts.length ? 2 : 3
}

/** Most names whose parts are remembered. */
const MOST_NAMES = 20_000

/** The parts of names: `getUserById` has `get` and `user`; parts of one or two letters say nothing. */
class NameParts {
  readonly #known = new Map<string, readonly string[]>()

  /** Lower-case parts of at least three letters. */
  of(name: string): readonly string[] {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const parts = name
      .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+/)
      .filter(part => part.length > 2)
      .map(part => part.toLowerCase())
    if (this.#known.size > MOST_NAMES) this.#known.clear()
    this.#known.set(name, parts)
    return parts
  }
}

const USES = [0, 1, 2, 5, 15]
const SPREAD = [0, 1, 2, 4, 10, 40]
const RECENCY = [1, 4, 12, 28, 63]
const MEMBER = [0.1, 0.5, 0.9]

function bucket(value: number, cuts: readonly number[]): number {
  let at = 0
  while (at < cuts.length && value > cuts[at]!) at++
  return at
}
