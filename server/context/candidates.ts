import type { SymbolHit } from "../workspace/file-facts.ts"

/**
 * What speaks for showing a declaration. Each kind of evidence has eight levels, 0 the strongest.
 * The order is that of the learned constants.
 */
export const EVIDENCE = [
  /** Imported by the document; level by the lines to the nearest use. */
  "import",
  /** Imported by the document and not used yet. */
  "unused-import",
  /** Stands in a module that the document imports whole; level by the nearest use of the module. */
  "namespace",
  /** The same, and its name stands in the document after a dot. */
  "namespace-mention",
  /** Its name stands in the document; level by the lines to the nearest use. */
  "mention",
  /** The same, the nearest use follows a dot. */
  "member-mention",
  /** Declared in something imported or named near the cursor; level as for that. */
  "member",
  /** A type in the signature of something imported or named; level as for that. */
  "type-1",
  "type-2",
  "type-3",
  /** Declared in such a type. */
  "type-member",
  /** Stands beside something that is imported, in its file. */
  "neighbour",
  /** Imported by files that import what the document imports; level by the share of them. */
  "co-import",
  /** Its name stands in code like the code at the cursor; level by the likeness. */
  "window",
  /** Much used in the whole project; level by rank. */
  "central",
  /** How often its name stands near the cursor; level 0 for 128 times or more, 7 for once. */
  "uses",
  /** Declarations of its name; level 0 for one, 7 for eight or more. */
  "rivals",
  /** The document declares its name too. */
  "shadowed",
  "kind",
  "export",
  /** Nothing but its name leads to it: 0 to 2 for a member named after a dot, named bare, or not named; 3 for no member that is named after a dot. */
  "stray",
] as const

/** One of `EVIDENCE`. */
export type Evidence = (typeof EVIDENCE)[number]

/** Levels of each kind of evidence. */
export const LEVELS = 8

const COLUMN: Readonly<Record<Evidence, number>> = Object.fromEntries(
  EVIDENCE.map((kind, at) => [kind, at]),
) as Record<Evidence, number>

/** A declaration that could be shown. */
export interface Candidate {
  readonly symbol: SymbolHit
  /** The index of its path among those of all candidates. */
  readonly file: number
  /** Levels of many candidates: those of this one begin at `at`, by the order of `EVIDENCE`; -1 for none. */
  readonly levels: Int8Array
  readonly at: number
}

/** Candidates whose levels share one buffer. */
const POOLED = 256

/** Every declaration that anything speaks for. */
export class Candidates {
  readonly list: Candidate[] = []
  /** The distinct paths of all candidates. */
  readonly paths: string[] = []
  readonly #files = new Map<string, CandidatesInFile>()
  #pool = new Int8Array(0)

  /** Notes evidence of level 0 to 7 for a declaration; the strongest of each kind counts. */
  note(symbol: SymbolHit, kind: Evidence, level: number): void {
    noteLevel(this.of(symbol), kind, level)
  }

  /** The candidate of a declaration, made one now if it is none. */
  of(symbol: SymbolHit): Candidate {
    const { index, byPlace } = this.#files.get(symbol.path) ?? this.#added(symbol.path)
    let candidate = byPlace.get(symbol.nameStart)
    if (candidate === undefined) {
      candidate = this.#made(symbol, index)
      byPlace.set(symbol.nameStart, candidate)
      this.list.push(candidate)
    }
    return candidate
  }

  #added(path: string): CandidatesInFile {
    const file = { index: this.paths.push(path) - 1, byPlace: new Map() }
    this.#files.set(path, file)
    return file
  }

  #made(symbol: SymbolHit, file: number): Candidate {
    const at = (this.list.length % POOLED) * EVIDENCE.length
    if (at === 0) this.#pool = new Int8Array(POOLED * EVIDENCE.length).fill(-1)
    return { symbol, file, levels: this.#pool, at }
  }
}

interface CandidatesInFile {
  readonly index: number
  /** By offset of the name. */
  readonly byPlace: Map<number, Candidate>
}

/** The level of the kind at an index of `EVIDENCE`, or -1. */
export function levelAt({ levels, at }: Candidate, kind: number): number {
  return levels[at + kind]!
}

/** Notes evidence of level 0 to 7, higher ones as 7; the strongest of each kind counts. */
export function noteLevel({ levels, at }: Candidate, kind: Evidence, level: number): void {
  const column = at + COLUMN[kind]
  const before = levels[column]!
  const capped = Math.min(LEVELS - 1, level)
  if (before === -1 || capped < before) levels[column] = capped
}

/** The level of something so many lines away: 0 on the line itself, 7 beyond 127. */
export function levelOfDistance(lines: number): number {
  return Math.min(LEVELS - 1, 31 - Math.clz32(lines + 1))
}
