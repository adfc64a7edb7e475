import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import type { PlacedContext } from "./projects.ts"
import { type ProjectTruth, readTruth } from "./truth.ts"
import { loadTypeScript } from "./typescript.ts"

/** Raised when what is drawn or kept changes. */
const FORMAT = 2
/** Lines drawn at least, so that a quick run shares the truth of a full one. */
const MIN_LINES = 300

/** As `readTruth`, with what the checker said before kept beside the project. */
export function truthOf(corpus: string, project: PlacedContext, seed: number, count: number): ProjectTruth {
  const drawn = Math.max(count, MIN_LINES)
  const path = `${project.folder}.truth-${FORMAT}-${seed}-${drawn}.json`
  const truth = existsSync(path)
    ? (JSON.parse(readFileSync(path, "utf8")) as ProjectTruth)
    : readTruth(loadTypeScript(corpus), project, seed, drawn)
  if (!existsSync(path)) keep(path, truth)
  return { ...truth, lines: truth.lines.slice(0, count) }
}

function keep(path: string, truth: ProjectTruth): void {
  mkdirSync(dirname(path), { recursive: true })
  const scratch = `${path}.${process.pid}`
  writeFileSync(scratch, JSON.stringify(truth))
  renameSync(scratch, path)
}
