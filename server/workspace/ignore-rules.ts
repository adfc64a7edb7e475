import { readFile, stat } from "node:fs/promises"
import { basename, dirname, join, sep } from "node:path"
import { isSkippedAlways, isSkippedByDefault } from "./default-skips.ts"
import { type IgnorePattern, matchesPattern, parseIgnorePatterns } from "./ignore-pattern.ts"

/** Files that hold ignore rules for their folder; of two rules that match, the one from the later file counts. */
export const IGNORE_FILES: readonly string[] = [".gitignore", ".ignore", ".pilotlightignore"]

/** The rules of one folder. */
interface RuleLevel {
  /** Absolute, without a separator at its end. */
  readonly folder: string
  /** The last that matches decides. */
  readonly patterns: readonly RulePattern[]
}

/** A pattern and the name of the file that holds it. */
interface RulePattern {
  readonly pattern: IgnorePattern
  readonly file: string
}

/**
 * What is ignored in one folder: its own rules, those of the folders above, and the built-in ones below them all.
 * The deepest folder whose rules speak decides, as in git.
 */
export class IgnoreRules {
  readonly #levels: readonly RuleLevel[]
  readonly #files: readonly string[]

  private constructor(levels: readonly RuleLevel[], files: readonly string[]) {
    this.#levels = levels
    this.#files = files
  }

  /**
   * The rules at `root`: its own and those of the repository it lies in (`.git/info/exclude` too). Rules from above that
   * ignore the root itself are left out: whoever opens a folder wants to see it. `files` are the names of the files that
   * hold rules.
   */
  static async atRoot(root: string, files: readonly string[] = IGNORE_FILES): Promise<IgnoreRules> {
    const folders = await repositoryFolders(root)
    const levels: RuleLevel[] = []
    for (const folder of folders) {
      const level = { folder, patterns: await readRuleFiles(folder, files) }
      if (folder === folders[0] && files.includes(".gitignore")) {
        level.patterns = [...(await readRules(folder, join(".git", "info", "exclude"))), ...level.patterns]
      }
      const below = folders.slice(folders.indexOf(folder) + 1).map(each => namesBelow(level, each))
      const patterns = level.patterns.filter(
        ({ pattern }) => pattern.negated || !below.some(names => matchesPattern(pattern, names, true)),
      )
      if (patterns.length > 0) levels.push({ folder, patterns })
    }
    return new IgnoreRules(levels, files)
  }

  /** The rules in `folder`, a direct child of a folder these rules are for; `names` are the ignore files it holds. */
  async inFolder(folder: string, names: readonly string[]): Promise<IgnoreRules> {
    const held = this.#files.filter(name => names.includes(name))
    if (held.length === 0) return this
    const patterns = await readRuleFiles(folder, held)
    return patterns.length === 0
      ? this
      : new IgnoreRules([...this.#levels, { folder, patterns }], this.#files)
  }

  /**
   * Whether `name` in `folder` is ignored, where `folder` is not: the one the rules are for, or below it with no rules of
   * its own.
   */
  ignores(folder: string, name: string, isFolder: boolean): boolean {
    if (isSkippedAlways(name)) return true
    const last = this.#lastSaid(folder, name, isFolder)
    if (last !== null) return !last.pattern.negated
    return isSkippedByDefault(name, basename(folder), isFolder, this.#levels.length > 0)
  }

  /** The name of the file whose rules ignore `name` in `folder`, or null: the built-in rules are left aside. */
  ignoredBy(folder: string, name: string, isFolder: boolean): string | null {
    const last = this.#lastSaid(folder, name, isFolder)
    return last === null || last.pattern.negated ? null : last.file
  }

  #lastSaid(folder: string, name: string, isFolder: boolean): RulePattern | null {
    const path = join(folder, name)
    for (let i = this.#levels.length - 1; i >= 0; i--) {
      const level = this.#levels[i]!
      const names = namesBelow(level, path)
      const last = level.patterns.findLast(({ pattern }) => matchesPattern(pattern, names, isFolder))
      if (last !== undefined) return last
    }
    return null
  }
}

/** The names on the way from a level's folder to a path below it. */
function namesBelow({ folder }: { readonly folder: string }, path: string): readonly string[] {
  return path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1).split(sep)
}

/** From the folder that holds `.git` down to `root`, absolute; only `root` where it is in no repository. */
async function repositoryFolders(root: string): Promise<readonly string[]> {
  const folders: string[] = []
  for (let folder = root; ; folder = dirname(folder)) {
    folders.unshift(folder)
    if (await isRepository(folder)) return folders
    if (dirname(folder) === folder) return [root]
  }
}

/** Whether a folder is the top of a git repository. */
export async function isRepository(folder: string): Promise<boolean> {
  return stat(join(folder, ".git")).then(
    () => true,
    () => false,
  )
}

async function readRuleFiles(folder: string, names: readonly string[]): Promise<readonly RulePattern[]> {
  return (await Promise.all(names.map(name => readRules(folder, name)))).flat()
}

/** The patterns of an ignore file; a missing or unreadable one has none. */
async function readRules(folder: string, file: string): Promise<readonly RulePattern[]> {
  const text = await readFile(join(folder, file), "utf8").catch(() => "")
  return parseIgnorePatterns(text).map(pattern => ({ pattern, file }))
}
