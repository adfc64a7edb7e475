import { baseline, type Contestant, SourceLines } from "../contestant.ts"
import type { PlacedContext } from "../projects.ts"
import type { ProjectTruth } from "../truth.ts"
import { bm25 } from "./bm25.ts"
import { ALL_WINDOWS, FOUR_WINDOWS, openTabs } from "./open-tabs.ts"
import { repositoryMap } from "./repository-map.ts"
import { skeletons } from "./skeletons.ts"
import { WordLines } from "./word-lines.ts"

/** The baselines of the figures, and the contestants whose best value counts for each. */
export const BASELINES: ReadonlyMap<string, readonly string[]> = new Map([
  ["tabs", ["tabs4", "tabsAll"]],
  ["bm25", ["bm25"]],
  ["skeletons", ["skeletons"]],
  ["map", ["map"]],
])

/** Every baseline, made ready for one project. */
export function baselines(project: PlacedContext, truth: ProjectTruth): Contestant[] {
  const lines = new SourceLines(project)
  const words = new WordLines(project)
  return [
    baseline("tabs4", openTabs(lines, words, FOUR_WINDOWS)),
    baseline("tabsAll", openTabs(lines, words, ALL_WINDOWS)),
    baseline("bm25", bm25(lines, words)),
    baseline("skeletons", skeletons(lines)),
    baseline("map", repositoryMap(lines, truth)),
  ]
}
