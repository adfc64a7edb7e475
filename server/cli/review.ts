import { realpathSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { join, resolve } from "node:path"
import { createLog } from "../base/log.ts"
import { MAX_DOCUMENT_UNITS } from "../features/completion/gates.ts"
import { contains } from "../features/roots.ts"
import { ProjectTree } from "../workspace/project-tree.ts"
import { readSource } from "../workspace/read-source.ts"
import { type CliIo, ExitCode } from "./io.ts"
import { type OpenedProject, rootFor, untilIndexed, withProject } from "./opened-project.ts"
import { type CommandArguments, type CommandSpec, failure, readArguments, usageError } from "./options.ts"
import { changesSince, type GitChanges } from "./review/git-changes.ts"
import { type FileToReview, type ReviewedFile, reviewFiles } from "./review/review-files.ts"
import { FORMATS, printedReview, type ReviewFormat } from "./review/review-report.ts"

const SPEC: CommandSpec = {
  name: "review",
  usage: "[--since REV] [--format text|json|sarif] [--offline] [FILE...]",
  about: `Looks for bugs: by rules, and by the model that your own settings name, if they do. FILE is a file or a folder, of
which all is reviewed that is not ignored. Without FILE, or with --since, only what changed is: since REV, or since the last
commit; then rules tell of the lines that changed, the model of the functions. What you dismissed in an editor is left out.
Paths in what is printed begin at the working folder, or for SARIF at the top of the project. Lines and columns count from 1.`,
  flags: {
    since: { help: "review what changed since this revision of git", value: "REV" },
    format: { help: "text (the default), json, or sarif for other tools (SARIF 2.1.0)", value: "FORMAT" },
    modernise: { help: "tell also where newer syntax could stand" },
    offline: { help: "ask no model, even if one is set" },
  },
  operands: ["FILE..."],
  required: 0,
  exitStatus: "0 nothing found, 1 something found, or failed, 2 wrong arguments",
  examples: [
    ["pilotlight review", "what changed since the last commit"],
    ["pilotlight review --since main --format sarif", "what a branch changes, for a code host"],
    ["pilotlight review --offline src", "all of a folder, by rules alone"],
  ],
}

const MAX_BYTES = 4 * MAX_DOCUMENT_UNITS

/** What the arguments ask for. */
interface Wish {
  readonly format: ReviewFormat
  readonly modernise: boolean
  readonly offline: boolean
  /** Null where all of the files named is to be reviewed. */
  readonly changes: GitChanges | null
  /** Absolute paths of files and folders, links resolved; empty for everything that changed. */
  readonly named: readonly string[]
}

/** `pilotlight review`: what rules and a model find in files, or in what changed in them. */
export async function runReview(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const wish = wishOf(read, io)
  if (typeof wish === "number") return wish
  const root = wish.changes?.root ?? rootOf(wish.named[0] ?? io.cwd)
  const files = await filesOf(wish, io)
  if (typeof files === "number") return files
  const model = wish.offline ? { model: null } : {}
  const use = (opened: OpenedProject): Promise<number> => review(files, wish, opened, io)
  return withProject(root, "warn", io, use, model)
}

/** The project that a file or folder lies in. */
function rootOf(path: string): string {
  return rootFor(statSync(path).isDirectory() ? join(path, "file") : path, homedir())
}

async function review(
  files: readonly FileToReview[],
  { format, modernise }: Wish,
  opened: OpenedProject,
  io: CliIo,
): Promise<number> {
  const asksModel = files.length > 0 && opened.host.session !== null
  // Rules need nothing but the file.
  if (asksModel) await untilIndexed(opened, io)
  const all = await reviewFiles(files, opened, asksModel)
  const reviewed = all.map(each => ({
    ...each,
    findings: each.findings.filter(({ severity }) => modernise || severity !== "hint"),
  }))
  const folder = format === "sarif" ? opened.root : io.cwd
  io.stdout(printedReview(reviewed, folder, format))
  const isWhole = tellProblems(reviewed, io)
  const isClean = reviewed.every(({ findings }) => findings.length === 0)
  return isWhole && isClean ? ExitCode.ok : ExitCode.failed
}

/** Says what the model did not see, each reason once; whether it saw all. */
function tellProblems(reviewed: readonly ReviewedFile[], io: CliIo): boolean {
  const problems = new Map<string, string[]>()
  for (const { document, problem } of reviewed) {
    if (problem !== null)
      problems.set(problem, [...(problems.get(problem) ?? []), document.path ?? document.uri])
  }
  for (const [problem, [path, ...others]] of problems) {
    const more = others.length === 0 ? "" : ` and ${others.length} more`
    failure(SPEC.name, `the model did not see all of ${path}${more}: ${problem}`, io)
  }
  return problems.size === 0
}

/** What is asked for; the exit code where that can't be done, which it has said. */
function wishOf({ flags, values, operands }: CommandArguments, io: CliIo): Wish | number {
  const given = values.get("format") ?? "text"
  const format = FORMATS.find(each => each === given)
  if (format === undefined) {
    return usageError(SPEC.name, `--format is one of ${FORMATS.join(", ")}, not '${given}'`, io)
  }
  const named: string[] = []
  for (const operand of operands) {
    const path = resolve(io.cwd, operand)
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      return failure(SPEC.name, `there is no file or folder ${operand}`, io)
    }
    named.push(realpathSync(path))
  }
  const isOfChanges = named.length === 0 || values.has("since")
  const changes = isOfChanges ? changesSince(values.get("since") ?? "HEAD", io) : null
  if (typeof changes === "string") return failure(SPEC.name, changes, io)
  return { format, modernise: flags.has("modernise"), offline: flags.has("offline"), changes, named }
}

/** The files to review with their texts; the exit code where one that was named can't be read, which it has said. */
async function filesOf({ changes, named }: Wish, io: CliIo): Promise<readonly FileToReview[] | number> {
  const isNamed = (path: string): boolean => named.length === 0 || named.some(each => contains(each, path))
  const paths = changes === null ? await filesIn(named) : changes.paths.filter(isNamed)
  const files: FileToReview[] = []
  for (const path of paths) {
    const source = readSource(path, MAX_BYTES)
    if (source.kind === "text") {
      files.push({ path, text: source.text, before: changes === null ? null : changes.before(path) })
    } else if (named.includes(path)) {
      return failure(SPEC.name, `${path} can't be read: ${source.detail || source.reason}`, io)
    }
  }
  return files
}

/** Files, and those in folders that are not ignored; in order. */
async function filesIn(named: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of named) {
    if (!statSync(path).isDirectory()) found.add(path)
    else {
      const tree = await ProjectTree.open(
        [path],
        createLog(() => {}, "error"),
      )
      const files = (paths: readonly string[]): void => paths.forEach(each => void found.add(each))
      await tree.walk({ files }, new AbortController().signal)
    }
  }
  return [...found].sort()
}
