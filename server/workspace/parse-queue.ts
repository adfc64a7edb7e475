import { dirname } from "node:path"
import { EVERYTHING, Wants } from "./parse-messages.ts"

/**
 * What is read next, the first lane first. The files of the first four are read whole, at once; the rest of the project goes
 * through the last three, one after the other, so that all of it is searched soon, then understood, then learnt.
 */
const LANES = ["changed", "open", "imported", "near", "words", "facts", "tokens"] as const

/** One of `LANES`. */
type Lane = (typeof LANES)[number]

const PARTS = [Wants.words, Wants.facts, Wants.tokens] as const
/** Where paths are counted of which any part is missing, or which are being read: no bit of `Wants`. */
const ANY_PART = 0
/** Stands for no bits asked, because the file is not being read. */
const NOT_READ = -1
/** More changed files than this at a time are a branch switch: they go through the last lanes like the rest, but before it. */
const FEW_CHANGED = 64

/** A file to be read, before it is said which of its content is known; `wants` and `anew` as in `ReadTask`. */
export interface QueuedRead {
  readonly path: string
  readonly wants: number
  readonly anew: number
}

/** What a reading brought. */
export type ReadResult =
  /** There is nothing to index at this path. */
  | "nothing"
  /** The content known, with what was wanted of it. */
  | "same"
  /** Facts; bits of `Wants` for what is known now. */
  | number

interface Entry {
  readonly path: string
  /** Bits of `Wants` that are still to be found out, of the content that is known if it has not changed. */
  left: number
  /** Whether the content may have changed since it was read. */
  unchecked: boolean
  /** Whether a person waits for that: it was told of as a change. */
  urgent: boolean
  /** What was asked of the content known, while the file is being read; else `NOT_READ`. */
  asked: number
  /** Whether the reading under way tells if the content has changed. */
  checking: boolean
  lane: Lane | null
}

/**
 * Files that wait to be read, each once, the soonest first.
 * Invariant: a path that is being read is not handed out again before it is settled, so results can't overtake each other.
 */
export class ParseQueue {
  readonly #entries = new Map<string, Entry>()
  readonly #lanes = new Map<Lane, Set<Entry>>(LANES.map(lane => [lane, new Set()]))
  readonly #nearFolders = new Set<string>()
  /** Open files and what they import. */
  readonly #preferred = new Map<string, "open" | "imported">()
  /** By bit of `Wants`. */
  readonly #missing = new Int32Array(EVERYTHING + 1)
  #waiters: { readonly part: number; readonly resolve: () => void }[] = []

  /** How many paths wait or are being read. */
  get size(): number {
    return this.#entries.size
  }

  /** How many paths there are of which one part, a bit of `Wants`, is not known as it is now. */
  missing(part: number): number {
    return this.#missing[part]!
  }

  /** Whether a path waits or is being read. */
  has(path: string): boolean {
    return this.#entries.has(path)
  }

  /**
   * Adds paths that are new, or whose content may have changed; `left` is what is not known of the content read last, all if
   * there was none. Those that wait already move up if `urgent`.
   */
  add(paths: readonly string[], urgent: boolean, left: number = EVERYTHING): void {
    for (const path of paths) {
      const entry = this.#entryOf(path, left)
      this.#change(entry, { unchecked: true, urgent: entry.urgent || urgent })
    }
  }

  /** Adds paths whose content is as it was read last, but of which `left` is not known yet. */
  addKnown(paths: readonly string[], left: number): void {
    for (const path of paths) {
      const entry = this.#entryOf(path, 0)
      this.#change(entry, { left: entry.left | left })
    }
  }

  /** `parts` of a path's content as it was read last were found out in another way. */
  found(path: string, parts: number): void {
    const entry = this.#entries.get(path)
    if (entry !== undefined) this.#change(entry, { left: entry.left & ~parts })
  }

  /** Has what is left to learn of files that are near to nothing left out; gives their paths. */
  giveUpLearning(): readonly string[] {
    const given: string[] = []
    for (const entry of this.#lanes.get("tokens")!) {
      given.push(entry.path)
      this.#change(entry, { left: entry.left & ~Wants.tokens })
    }
    return given
  }

  /** Has a file that was opened, and the others of its folder, now and later, read before those of others. */
  prefer(path: string): void {
    this.#preferPath(path, "open")
    const folder = dirname(path)
    if (this.#nearFolders.has(folder)) return
    this.#nearFolders.add(folder)
    for (const entry of this.#entries.values()) {
      if (entry.path.startsWith(folder) && dirname(entry.path) === folder) this.#place(entry)
    }
  }

  /** Has what open files import read before all but changes and the open files themselves. */
  preferImports(paths: Iterable<string>): void {
    for (const path of paths) if (!this.#preferred.has(path)) this.#preferPath(path, "imported")
  }

  /** Hands out at most `most` paths; each must be settled later. */
  take(most: number): readonly QueuedRead[] {
    const taken: QueuedRead[] = []
    for (const [lane, entries] of this.#lanes) {
      const inStages = lane === "changed" && entries.size > FEW_CHANGED
      for (const entry of entries) {
        if (taken.length === most) return taken
        if (entry.asked !== NOT_READ) continue
        const { wants, anew } = partsToRead(inStages ? "words" : lane, entry.left)
        taken.push({ path: entry.path, wants, anew })
        this.#change(entry, { asked: wants, checking: entry.unchecked, unchecked: false, urgent: false })
      }
    }
    return taken
  }

  /** Everything that waits or is being read. */
  paths(): readonly string[] {
    return [...this.#entries.keys()]
  }

  /** What is being read. */
  reading(): readonly string[] {
    return [...this.#entries.values()].filter(entry => entry.asked !== NOT_READ).map(entry => entry.path)
  }

  /** Takes paths back that wait; gives those that are being read, which must still be settled. */
  withdraw(paths: Iterable<string>): readonly string[] {
    const reading: string[] = []
    for (const path of paths) {
      const entry = this.#entries.get(path)
      if (entry === undefined) continue
      if (entry.asked !== NOT_READ) reading.push(path)
      this.#change(entry, { left: 0, unchecked: false })
    }
    return reading
  }

  /** Ends the reading of a path. What is still not known of it, or was added meanwhile, waits again. */
  settle(path: string, result: ReadResult): void {
    const entry = this.#entries.get(path)
    if (entry === undefined || entry.asked === NOT_READ) return
    this.#change(entry, { left: leftAfter(entry, result), asked: NOT_READ, checking: false })
  }

  /** Forgets everything, also what is being read. */
  clear(): void {
    this.#entries.clear()
    this.#missing.fill(0)
    for (const entries of this.#lanes.values()) entries.clear()
    this.#wake()
  }

  /** Resolves once no path waits or is being read; or, if a bit of `Wants` is given, once that part is known of all. */
  idle(part: number = ANY_PART): Promise<void> {
    return this.missing(part) === 0
      ? Promise.resolve()
      : new Promise(resolve => this.#waiters.push({ part, resolve }))
  }

  #entryOf(path: string, left: number): Entry {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    const entry: Entry = {
      path,
      left,
      unchecked: false,
      urgent: false,
      asked: NOT_READ,
      checking: false,
      lane: null,
    }
    this.#entries.set(path, entry)
    this.#count(entry, 1)
    return entry
  }

  #preferPath(path: string, lane: "open" | "imported"): void {
    this.#preferred.set(path, lane)
    const entry = this.#entries.get(path)
    if (entry !== undefined) this.#place(entry)
  }

  #change(entry: Entry, change: Partial<Entry>): void {
    this.#count(entry, -1)
    Object.assign(entry, change)
    this.#count(entry, 1)
    this.#place(entry)
    this.#wake()
  }

  #count(entry: Entry, sign: 1 | -1): void {
    const missing = missingOf(entry)
    for (const part of PARTS) if ((missing & part) !== 0) this.#missing[part]! += sign
    if (missing !== 0 || entry.asked !== NOT_READ) this.#missing[ANY_PART]! += sign
  }

  /** Puts an entry into the lane where it belongs now, or drops it if nothing is left to do. */
  #place(entry: Entry): void {
    const isDone = entry.asked === NOT_READ && missingOf(entry) === 0
    const lane = isDone ? null : this.#laneOf(entry)
    if (isDone) this.#entries.delete(entry.path)
    if (lane === entry.lane) return
    if (entry.lane !== null) this.#lanes.get(entry.lane)!.delete(entry)
    if (lane !== null) this.#lanes.get(lane)!.add(entry)
    entry.lane = lane
  }

  #laneOf(entry: Entry): Lane | null {
    // What is being read waits only if it was added again.
    if (entry.asked !== NOT_READ && !entry.unchecked) return null
    if (entry.urgent) return "changed"
    const preferred = this.#preferred.get(entry.path)
    if (preferred !== undefined) return preferred
    if (this.#nearFolders.size > 0 && this.#nearFolders.has(dirname(entry.path))) return "near"
    if (entry.unchecked || (entry.left & Wants.words) !== 0) return "words"
    return (entry.left & Wants.facts) === 0 ? "tokens" : "facts"
  }

  #wake(): void {
    if (this.#waiters.every(({ part }) => this.missing(part) > 0)) return
    const ready = this.#waiters.filter(({ part }) => this.missing(part) === 0)
    this.#waiters = this.#waiters.filter(({ part }) => this.missing(part) > 0)
    for (const { resolve } of ready) resolve()
  }
}

/** The parts of a file that are not known as they are now; of what may have changed, at least the words. */
function missingOf({ left, unchecked, checking }: Entry): number {
  return unchecked || checking ? left | Wants.words : left
}

/** What is asked for when a lane's turn comes. */
function partsToRead(lane: Lane, left: number): Pick<QueuedRead, "wants" | "anew"> {
  if (lane === "words") return { wants: left & Wants.words, anew: Wants.words }
  if (lane === "facts") return { wants: left & (Wants.words | Wants.facts), anew: Wants.words | Wants.facts }
  return { wants: left, anew: EVERYTHING }
}

/** What is not known of the content that was just read: if the path was added meanwhile, that may be an old one by now. */
function leftAfter({ left, asked, unchecked }: Entry, result: ReadResult): number {
  if (result === "nothing") return unchecked ? EVERYTHING : 0
  return result === "same" ? left & ~asked : EVERYTHING & ~result
}
