import { readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { isSource, readSources } from "../corpus/source-files.ts"
import { mulberry32 } from "../random.ts"
import { drawAddedLines } from "./added-lines.ts"
import { PLAIN_DIFF, parseHunks, runGit } from "./hunks.ts"
import type { Snapshot, Tokenize } from "./line-point.ts"

/** Two unpacked releases of one package. */
interface ReleasePair {
  readonly name: string
  /** Absolute folders of the sources. */
  readonly before: string
  readonly after: string
}

/** The earlier release as the project, and lines that the later one added, `count` for each seed. */
export function replayRelease(
  pair: ReleasePair,
  count: number,
  seeds: readonly number[],
  tokenizers: readonly Tokenize[],
): Snapshot {
  const common = commonFolder(pair.before, pair.after)
  const [before, after] = [relative(common, pair.before), relative(common, pair.after)]
  const diff = runGit(common, [...PLAIN_DIFF, "--no-index", before, after]).toString()
  const inside = (path: string): string => path.slice(after.length + 1)
  const hunks = parseHunks(diff, path => isSource(inside(path), "ts")).map(hunk => ({
    ...hunk,
    path: inside(hunk.path),
  }))
  const newText = (path: string): string => readFileSync(join(pair.after, path), "utf8")
  const points = seeds.flatMap(seed =>
    drawAddedLines({ hunks, newText, count, seed, random: mulberry32(seed), tokenizers }),
  )
  return { group: pair.name, files: readSources(pair.before, "ts"), points }
}

function commonFolder(a: string, b: string): string {
  const [left, right] = [a.split("/"), b.split("/")]
  const differ = left.findIndex((part, at) => part !== right[at])
  return left.slice(0, differ).join("/")
}
