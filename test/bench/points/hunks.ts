import { spawnSync } from "node:child_process"

/** Lines added in one place of one file. */
export interface Hunk {
  /** Path of the new file as the diff names it, without `b/`. */
  readonly path: string
  /** One-based number of the first added line in the new file, and how many there are (at least 1). */
  readonly from: number
  readonly count: number
}

/** Arguments for `git` that make a diff plain: no context, no renames, no configuration of the user's. */
export const PLAIN_DIFF: readonly string[] = [
  ...["-c", "core.quotePath=off", "-c", "diff.noprefix=false", "-c", "diff.mnemonicPrefix=false"],
  ...["diff", "--no-ext-diff", "--no-color", "-U0", "--no-renames", "--diff-filter=AM"],
]

/** What `git` prints when run in a folder. Throws Error with git's own words if it fails; status 1 of `--no-index` means "they differ". */
export function runGit(folder: string, args: readonly string[], input?: string): Buffer {
  const run = spawnSync("git", args, { cwd: folder, input, maxBuffer: 1 << 30 })
  if (run.error) throw new Error("git could not be started", { cause: run.error })
  if (run.status !== 0 && !(run.status === 1 && args.includes("--no-index"))) {
    throw new Error(`git ${args.join(" ")} failed: ${run.stderr.toString().trim()}`)
  }
  return run.stdout
}

/** The hunks with added lines in a unified diff without context, of files that `keep` accepts. */
export function parseHunks(diff: string, keep: (path: string) => boolean): Hunk[] {
  const hunks: Hunk[] = []
  let path: string | null = null
  let bodyLines = 0
  for (const line of diff.split("\n")) {
    // A removed line may itself look like a header, so bodies are counted off.
    if (bodyLines > 0 && /^[+-]/.test(line)) bodyLines--
    else if (line.startsWith("+++ ")) path = keptPath(line, keep)
    else if (line.startsWith("@@ ")) {
      const [, removed, from, added] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))?/.exec(line)!
      const count = Number(added ?? 1)
      bodyLines = Number(removed ?? 1) + count
      if (path !== null && count > 0) hunks.push({ path, from: Number(from), count })
    }
  }
  return hunks
}

function keptPath(line: string, keep: (path: string) => boolean): string | null {
  if (!line.startsWith("+++ b/")) return null
  const path = line.slice("+++ b/".length).split("\t", 1)[0]!
  return keep(path) ? path : null
}
