import { isSource, MAX_SOURCE_BYTES, type SourceFile, type SourceLanguage } from "../corpus/source-files.ts"
import { mulberry32, type Random } from "../random.ts"
import { drawAddedLines } from "./added-lines.ts"
import { type Hunk, PLAIN_DIFF, parseHunks, runGit } from "./hunks.ts"
import type { LinePoint, Snapshot, Tokenize } from "./line-point.ts"

/** How a git history is replayed. */
interface HistoryReplay {
  /** A git folder, bare or not. */
  readonly folder: string
  readonly language: SourceLanguage
  /** Most commits used, newest first, and points drawn from each. */
  readonly commits: number
  readonly perCommit: number
  readonly seeds: readonly number[]
  readonly tokenizers: readonly Tokenize[]
}

const NEWEST_COMMITS = 600
const MAX_FILES = 12
const MIN_ADDED = 5
const MAX_ADDED = 2000
/** A commit with fewer usable points (for any seed) is passed over. */
const MIN_POINTS = 3

/** Snapshots of a history, one for each usable commit: its parent's tree as the project, and lines that it added. */
export function* replayHistory(replay: HistoryReplay): Generator<Snapshot> {
  const { folder, language } = replay
  const randoms = replay.seeds.map(seed => ({ seed, random: mulberry32(seed) }))
  const blobs = new BlobReader(folder)
  let used = 0
  for (const { commit, parent } of mainline(folder)) {
    if (used >= replay.commits) return
    const diff = runGit(folder, [...PLAIN_DIFF, parent, commit]).toString()
    const hunks = parseHunks(diff, path => isSource(path, language))
    if (!isUsable(hunks)) continue
    const points = drawForSeeds(replay, commit, hunks, randoms)
    if (points === null) continue
    used++
    yield { group: folder, files: blobs.tree(parent, language), points }
  }
}

function drawForSeeds(
  replay: HistoryReplay,
  commit: string,
  hunks: readonly Hunk[],
  randoms: readonly { seed: number; random: Random }[],
): LinePoint[] | null {
  const texts = new Map<string, string>()
  const newText = (path: string): string => {
    const known = texts.get(path)
    if (known !== undefined) return known
    const text = runGit(replay.folder, ["show", `${commit}:${path}`]).toString()
    texts.set(path, text)
    return text
  }
  const draws = randoms.map(({ seed, random }) =>
    drawAddedLines({ hunks, newText, count: replay.perCommit, seed, random, tokenizers: replay.tokenizers }),
  )
  return draws.some(points => points.length < MIN_POINTS) ? null : draws.flat()
}

function isUsable(hunks: readonly Hunk[]): boolean {
  const added = hunks.reduce((sum, hunk) => sum + hunk.count, 0)
  const files = new Set(hunks.map(hunk => hunk.path)).size
  return files > 0 && files <= MAX_FILES && added >= MIN_ADDED && added <= MAX_ADDED
}

function mainline(folder: string): { commit: string; parent: string }[] {
  const format = ["--no-merges", "--first-parent", "-n", String(NEWEST_COMMITS), "--format=%H %P"]
  const lines = runGit(folder, ["log", ...format])
    .toString()
    .trim()
    .split("\n")
  return lines
    .map(line => line.split(" "))
    .filter(parts => parts.length === 2)
    .map(([commit, parent]) => ({ commit: commit!, parent: parent! }))
}

/** Reads trees of one repository; each blob is read once. */
class BlobReader {
  readonly #folder: string
  readonly #texts = new Map<string, string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  tree(commit: string, language: SourceLanguage): SourceFile[] {
    const listing = runGit(this.#folder, ["ls-tree", "-r", "-l", "-z", commit]).toString()
    const entries = listing
      .split("\0")
      .filter(Boolean)
      .map(line => {
        const [fields, path] = line.split("\t")
        const [mode, , blob, size] = fields!.split(/\s+/)
        return { mode: mode!, blob: blob!, size: Number(size), path: path! }
      })
      .filter(entry => entry.mode.startsWith("100") && entry.size <= MAX_SOURCE_BYTES)
      .filter(entry => isSource(entry.path, language))
    this.#read(entries.map(entry => entry.blob))
    return entries.map(({ path, blob }) => ({ path, text: this.#texts.get(blob)! }))
  }

  #read(blobs: readonly string[]): void {
    const missing = [...new Set(blobs)].filter(blob => !this.#texts.has(blob))
    if (missing.length === 0) return
    const batch = runGit(this.#folder, ["cat-file", "--batch"], `${missing.join("\n")}\n`)
    let at = 0
    for (const blob of missing) {
      const headEnd = batch.indexOf(10, at)
      const size = Number(batch.subarray(at, headEnd).toString().split(" ")[2])
      this.#texts.set(blob, batch.toString("utf8", headEnd + 1, headEnd + 1 + size))
      at = headEnd + 2 + size
    }
  }
}
