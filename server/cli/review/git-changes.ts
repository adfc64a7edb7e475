import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { decodeText } from "../../workspace/read-source.ts"
import type { CliIo } from "../io.ts"
import { findProgram } from "../programs.ts"

/** What changed in a working tree since a revision. */
export interface GitChanges {
  /** Absolute folder of the working tree. */
  readonly root: string
  /** Absolute paths of files that were changed or made since, those that git does not know yet among them; in order. */
  readonly paths: readonly string[]
  /** The text of such a file at the revision; empty for one that was not there, or was no text. */
  readonly before: (path: string) => string
}

/** Most bytes that git may print. */
const MOST_BYTES = 256 * 1024 * 1024

/** Settings of a repository that would have git start other programs. */
const HARMLESS = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath="]

/** What changed around the working folder since a revision, or a sentence without a full stop on why that can't be told. */
export function changesSince(revision: string, io: CliIo): GitChanges | string {
  const program = findProgram("git", io.env)
  if (program === null) return "git is not on the PATH; name the files to review"
  const git = (folder: string, ...args: readonly string[]): Buffer | null => {
    const options = { cwd: folder, env: { ...io.env }, maxBuffer: MOST_BYTES }
    const { status, stdout } = spawnSync(program, [...HARMLESS, ...args], options)
    return status === 0 ? stdout : null
  }
  const root = git(io.cwd, "rev-parse", "--show-toplevel")?.toString().replace(/\n$/, "")
  if (root === undefined) return "this folder is in no git repository; name the files to review"
  const named = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]
  const commit = git(root, ...named)
    ?.toString()
    .trim()
  if (commit === undefined) return `there is no revision ${revision}`
  const plain = ["--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules", "--diff-filter=d"]
  const changed = git(root, "diff", "--name-only", "-z", ...plain, commit, "--")
  const fresh = git(root, "ls-files", "-z", "--others", "--exclude-standard")
  if (changed === null || fresh === null) return `git can't tell what changed since ${revision}`
  const names = [changed, fresh].flatMap(list => list.toString().split("\0")).filter(name => name !== "")
  return {
    root,
    paths: [...new Set(names)].sort().map(name => join(root, name)),
    before: path => {
      const blob = git(root, "cat-file", "blob", `${commit}:${path.slice(root.length + 1)}`)
      return (blob && decodeText(blob)) ?? ""
    },
  }
}
