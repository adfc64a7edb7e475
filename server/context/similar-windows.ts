import type { TextWindow } from "./file-texts.ts"
import type { Survey } from "./survey.ts"

/** Lines either side of the cursor whose names are looked for. */
const REACH = 12
/** Names looked for: those of the most weight. */
const MAX_NAMES = 32
/** Files looked through, and windows kept of all. */
const MAX_FILES = 10
const MAX_WINDOWS = 9

/** Some lines of another file that share names with the lines at the cursor. */
export interface SimilarWindow extends TextWindow {
  readonly path: string
  /** The weight of the names shared over that of all names at the cursor: 0 to 1. */
  readonly likeness: number
}

/** The likest windows of other files, the likest first, none overlapping; files not in memory are wanted. */
export function similarWindows(survey: Survey): readonly SimilarWindow[] {
  const weights = weightsAt(survey)
  const total = sum(weights.values())
  const files = survey.view.index.filesSharing(weights, MAX_FILES, survey.path)
  const found = files.flatMap(({ path }) =>
    (survey.textOf(path)?.windows ?? []).flatMap(window => {
      const shared = sharedWeight(weights, window.words)
      return shared > 0 ? [{ path, ...window, likeness: shared / total }] : []
    }),
  )
  found.sort((a, b) => b.likeness - a.likeness || (a.path < b.path ? -1 : 1) || a.startLine - b.startLine)
  return withoutOverlaps(found)
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function sharedWeight(weights: ReadonlyMap<string, number>, words: ReadonlySet<string>): number {
  let shared = 0
  for (const [word, weight] of weights) if (words.has(word)) shared += weight
  return shared
}

function withoutOverlaps(windows: readonly SimilarWindow[]): readonly SimilarWindow[] {
  const kept: SimilarWindow[] = []
  for (const window of windows) {
    if (kept.length === MAX_WINDOWS) break
    if (!kept.some(each => overlap(each, window))) kept.push(window)
  }
  return kept
}

function overlap(one: SimilarWindow, other: SimilarWindow): boolean {
  return one.path === other.path && one.startLine < other.endLine && other.startLine < one.endLine
}

/** Names near the cursor, weighed by how rare they are in the project and how near they stand. */
function weightsAt({ names, view }: Survey): ReadonlyMap<string, number> {
  const files = view.index.fileCount
  const weights = new Map<string, number>()
  for (const { name, distance } of names.values()) {
    if (distance > REACH) continue
    const holding = view.index.filesWithCount(name)
    if (holding > 0) weights.set(name, Math.log2(1 + files / holding) * (1 - distance / (2 * REACH)))
  }
  if (weights.size <= MAX_NAMES) return weights
  return new Map([...weights].sort((a, b) => b[1] - a[1]).slice(0, MAX_NAMES))
}
