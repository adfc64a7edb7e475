import { lstat, readdir, realpath } from "node:fs/promises"
import { basename, dirname, join, sep } from "node:path"
import { deniedKind, patternsAnywhere } from "./deny-list.ts"
import { type IgnorePattern, matchesPattern } from "./ignore-pattern.ts"
import { IGNORE_FILES, IgnoreRules, isRepository } from "./ignore-rules.ts"
import { slashed } from "./imports/path-parts.ts"

/** Whether a file may be sent to a model; `reason` is a short sentence for people. */
export type LeaveVerdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

/** What decides besides the files of the project. */
export interface LeaveOptions {
  /** Absolute folders of the workspace. */
  readonly roots: readonly string[]
  /** Patterns of paths that may leave whatever else says no. Only the user's own settings may fill this. */
  readonly allow: readonly string[]
  /** Patterns of paths that never leave. */
  readonly deny: readonly string[]
}

/** Files whose rules only say what a model must not see: what they name is indexed, and completed from, on this machine. */
const SENDING_FILES: readonly string[] = [".aiexclude", ".cursorignore", ".copilotignore"]

/** Each set is judged by itself, so that none lifts what another forbids. */
const RULE_SETS: readonly (readonly string[])[] = [IGNORE_FILES, ...SENDING_FILES.map(name => [name])]

/** Folders of other people's published code: version control leaves them out for their size. */
const DEPENDENCIES = /[\\/](?:node_modules|site-packages|bower_components|vendor|third_party)[\\/]/

const ALLOWED: LeaveVerdict = { allowed: true }
const UNKNOWN: LeaveVerdict = { allowed: false, reason: "its ignore files are not read yet" }
/** Verdicts kept at a time; beyond that all are found anew. */
const MOST_VERDICTS = 200_000

/** The rules of one set that hold in a folder, or the sentence that says why nothing in it may leave. */
type FolderRules = IgnoreRules | string

/**
 * Which files may be read into a prompt. Not: what an ignore file names (`.gitignore` and its like, which also keep a file
 * out of the index, and those for models alone), what the built-in list denies, and what links to that. A workspace can
 * only forbid more; the user's settings can allow anything.
 * Invariant: a path that is not judged yet may not leave.
 */
export class LeaveRules {
  readonly #roots: readonly string[]
  readonly #allow: readonly IgnorePattern[]
  readonly #deny: readonly IgnorePattern[]
  #verdicts = new Map<string, LeaveVerdict>()
  #folders: readonly Map<string, Promise<FolderRules>>[] = RULE_SETS.map(() => new Map())
  #disk = new FoldersOnDisk()

  constructor({ roots, allow, deny }: LeaveOptions) {
    this.#roots = roots
    this.#allow = patternsAnywhere(allow)
    this.#deny = patternsAnywhere(deny)
  }

  /** What is known of an absolute path. For one that was never judged it is no, and judging it begins. */
  mayLeave(path: string): LeaveVerdict {
    const verdict = this.#verdicts.get(path)
    if (verdict === undefined) void this.judge([path])
    return verdict ?? UNKNOWN
  }

  /** Judges absolute paths, so that `mayLeave` knows them. Never rejects. */
  async judge(paths: readonly string[]): Promise<void> {
    if (this.#verdicts.size > MOST_VERDICTS) this.#forget()
    const verdicts = this.#verdicts
    await Promise.all(
      paths.map(async path => {
        if (!verdicts.has(path)) verdicts.set(path, await this.#judged(path))
      }),
    )
    // The rules changed meanwhile: what the old ones said went where nobody looks.
    if (this.#verdicts !== verdicts) await this.judge(paths)
  }

  /**
   * Files were made, changed or deleted: where one holds rules, or could be a link, what was found counts no more. True if
   * one holds rules, so that nothing counts.
   */
  changed(paths: readonly string[]): boolean {
    const areRules = paths.some(path => isRuleFile(basename(path)))
    if (areRules) this.#forget()
    else for (const path of paths) this.#verdicts.delete(path)
    return areRules
  }

  #forget(): void {
    this.#verdicts = new Map()
    this.#folders = RULE_SETS.map(() => new Map())
    this.#disk = new FoldersOnDisk()
  }

  async #judged(path: string): Promise<LeaveVerdict> {
    const names = namesOf(path)
    if (lastMatch(this.#allow, names)) return ALLOWED
    if (lastMatch(this.#deny, names)) return denied("your settings forbid it")
    const target = await this.#disk.targetOf(path)
    const kind = deniedKind(names) ?? (target === path ? null : deniedKind(namesOf(target)))
    if (kind !== null) return denied(`it is ${kind}`)
    for (const set of RULE_SETS.keys()) {
      const reason = reasonIn(set, await this.#rulesIn(set, dirname(path)), path, false)
      if (reason !== null) return denied(reason)
    }
    return ALLOWED
  }

  #rulesIn(set: number, folder: string): Promise<FolderRules> {
    return once(this.#folders[set]!, folder, () => this.#readRulesIn(set, folder))
  }

  async #readRulesIn(set: number, folder: string): Promise<FolderRules> {
    const files = RULE_SETS[set]!
    // Whoever opens an ignored folder wants to see it; what a model must not see, it must not see there either.
    const isShown = set === 0 && this.#roots.includes(folder)
    if (isShown || folder === (await this.#topOf(folder))) return IgnoreRules.atRoot(folder, files)
    const above = await this.#rulesIn(set, dirname(folder))
    if (typeof above === "string") return above
    return reasonIn(set, above, folder, true) ?? above.inFolder(folder, await this.#disk.namesIn(folder))
  }

  /** The highest folder whose rules hold in `folder`: that of its repository, or a root that is higher. */
  async #topOf(folder: string): Promise<string> {
    const repository = (await this.#disk.repositoryOf(folder)) ?? folder
    const roots = this.#roots.filter(root => folder.startsWith(slashed(root)))
    return [repository, ...roots].reduce((top, each) => (each.length < top.length ? each : top))
  }
}

/** What is asked of the disk about folders, each question once. Nothing here rejects. */
class FoldersOnDisk {
  readonly #repositories = new Map<string, Promise<string | null>>()
  readonly #names = new Map<string, Promise<readonly string[]>>()
  readonly #targets = new Map<string, Promise<string>>()

  /** The top of the repository that a folder lies in; null if it lies in none. */
  repositoryOf(folder: string): Promise<string | null> {
    const parent = dirname(folder)
    return once(this.#repositories, folder, async () => {
      if (await isRepository(folder)) return folder
      return parent === folder ? null : this.repositoryOf(parent)
    })
  }

  /** The names of what a folder holds. */
  namesIn(folder: string): Promise<readonly string[]> {
    return once(this.#names, folder, () => readdir(folder).catch(() => []))
  }

  /** The path of a file without links; the path itself if that can't be told. */
  async targetOf(path: string): Promise<string> {
    const isLink = await lstat(path).then(
      stats => stats.isSymbolicLink(),
      () => null,
    )
    if (isLink === null) return path
    if (isLink) return realpath(path).catch(() => path)
    const folder = dirname(path)
    const target = await once(this.#targets, folder, () => realpath(folder).catch(() => folder))
    return target === folder ? path : join(target, basename(path))
  }
}

/** What `find` gave for a key at the first call. */
function once<T>(found: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const known = found.get(key)
  if (known !== undefined) return known
  const first = find()
  found.set(key, first)
  return first
}

/** The sentence about why the rules of a set forbid a path in the folder that they are for; null if they don't. */
function reasonIn(set: number, rules: FolderRules, path: string, isFolder: boolean): string | null {
  if (typeof rules === "string") return rules
  if (set === 0 && DEPENDENCIES.test(isFolder ? path + sep : path)) return null
  const file = rules.ignoredBy(dirname(path), basename(path), isFolder)
  return file === null ? null : `${file} leaves it out`
}

function isRuleFile(name: string): boolean {
  return RULE_SETS.some(names => names.includes(name))
}

function namesOf(path: string): readonly string[] {
  return path.split(sep).filter(name => name !== "")
}

function lastMatch(patterns: readonly IgnorePattern[], names: readonly string[]): boolean {
  const last = patterns.findLast(pattern => matchesPattern(pattern, names, false))
  return last !== undefined && !last.negated
}

function denied(reason: string): LeaveVerdict {
  return { allowed: false, reason }
}
