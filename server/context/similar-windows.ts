import { BestOf, byText } from "../workspace/best-of.ts"
import type { FileText, TextWindow } from "./file-texts.ts"
import type { Survey } from "./survey.ts"

/** Lines either side of the cursor whose names are looked for. */
const REACH = 12
/** Names looked for: those of the most weight. */
const MAX_NAMES = 32
/** Files looked through, and windows kept of all. */
const MAX_FILES = 10
const MAX_WINDOWS = 9
/** Weights are multiples of one over this, so that sums do not depend on the order of adding. */
const STEPS = 1024
/** Windows that one stands for at most: itself, and the two that it overlaps. */
const OVERLAPPED = 3

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
  const best = new BestOf<FoundWindow>(MAX_WINDOWS * OVERLAPPED, inOrder)
  for (const { path } of files) {
    const text = survey.textOf(path)
    text?.weigh(weights).forEach((shared, place) => {
      const likeness = shared / total
      if (shared > 0 && likeness >= best.floor) best.show({ path, text, place, likeness }, likeness)
    })
  }
  return withoutOverlaps(best.list()).map(({ path, text, place, likeness }) => ({
    path,
    likeness,
    ...text.window(place),
  }))
}

interface FoundWindow {
  readonly path: string
  readonly text: FileText
  /** Among the windows of the text. */
  readonly place: number
  readonly likeness: number
}

function inOrder(one: FoundWindow, other: FoundWindow): number {
  return byText(one.path, other.path) || one.place - other.place
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** A window overlaps the one before and the one after. */
function withoutOverlaps(windows: readonly FoundWindow[]): readonly FoundWindow[] {
  const kept: FoundWindow[] = []
  for (const window of windows) {
    if (kept.length === MAX_WINDOWS) break
    if (!kept.some(each => each.path === window.path && Math.abs(each.place - window.place) < 2))
      kept.push(window)
  }
  return kept
}

/** Names near the cursor, weighed by how rare they are in the project and how near they stand. */
function weightsAt({ names, view }: Survey): ReadonlyMap<string, number> {
  const files = view.index.fileCount
  const weights = new Map<string, number>()
  for (const { name, distance } of names.values()) {
    if (distance > REACH) continue
    const holding = view.index.filesWithCount(name)
    if (holding === 0) continue
    const weight = Math.log2(1 + files / holding) * (1 - distance / (2 * REACH))
    weights.set(name, Math.round(weight * STEPS) / STEPS)
  }
  if (weights.size <= MAX_NAMES) return weights
  return new Map([...weights].sort((a, b) => b[1] - a[1]).slice(0, MAX_NAMES))
}
