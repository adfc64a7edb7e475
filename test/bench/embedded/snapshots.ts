import { resolve } from "node:path"
import { fetchPackage, sourceFolder } from "../corpus/fetch.ts"
import type { PinnedPair } from "../corpus/packages.ts"
import { readSources, type SourceLanguage } from "../corpus/source-files.ts"
import { replayHistory } from "../points/history.ts"
import { leaveOneOut } from "../points/leave-one-out.ts"
import type { Snapshot, Tokenize } from "../points/line-point.ts"
import { replayRelease } from "../points/releases.ts"

/** How points are drawn. */
export interface Sampling {
  readonly corpus: string
  /** Points for each package and seed. */
  readonly points: number
  readonly seeds: readonly number[]
  readonly tokenizers: readonly Tokenize[]
}

/** Commits of a history that are replayed, and points drawn from each for each seed. */
const COMMITS = 40
const POINTS_PER_COMMIT = 15
/** Files over which leave-one-out spreads its points. */
const LEFT_OUT_FILES = 60

/** One snapshot for each pair: its earlier release, asked what the later one added. */
export function* releaseSnapshots(sampling: Sampling, pairs: readonly PinnedPair[]): Generator<Snapshot> {
  for (const { name, before, after } of pairs) {
    const folder = (version: string): string => sourceFolder(fetchPackage(sampling.corpus, name, version))
    const folders = { name, before: folder(before), after: folder(after) }
    yield replayRelease(folders, sampling.points, sampling.seeds, sampling.tokenizers)
  }
}

/** One snapshot for each pair: its later release, asked for lines of its own files. */
export function* leaveOneOutSnapshots(sampling: Sampling, pairs: readonly PinnedPair[]): Generator<Snapshot> {
  for (const { name, after } of pairs) {
    const sources = readSources(sourceFolder(fetchPackage(sampling.corpus, name, after)), "ts")
    const draw = { files: LEFT_OUT_FILES, lines: sampling.points, seeds: sampling.seeds }
    yield leaveOneOut(name, sources, draw, sampling.tokenizers)
  }
}

/** One snapshot for each commit that is replayed of each git folder. */
export function* historySnapshots(
  sampling: Sampling,
  folders: readonly string[],
  language: SourceLanguage,
): Generator<Snapshot> {
  for (const folder of folders) {
    yield* replayHistory({
      folder: resolve(folder),
      language,
      commits: COMMITS,
      perCommit: POINTS_PER_COMMIT,
      seeds: sampling.seeds,
      tokenizers: sampling.tokenizers,
    })
  }
}
