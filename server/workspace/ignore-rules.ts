import { readFile, stat } from "node:fs/promises"
import { dirname, join, sep } from "node:path"
import { isSkippedAlways, isSkippedByDefault } from "./default-skips.ts"
import { type IgnorePattern, matchesPattern, parseIgnorePatterns } from "./ignore-pattern.ts"

/** Files that hold ignore rules for their folder; of two rules that match, the one from the later file counts. */
export const IGNORE_FILES: readonly string[] = [".gitignore", ".ignore", ".pilotlightignore"]

/** The rules of one folder. */
interface RuleLevel {
  /** Absolute, without a separator at its end. */
  readonly folder: string
  /** The last that matches decides. */
  readonly patterns: readonly IgnorePattern[]
}

/**
 * What is ignored in one folder: its own rules, those of the folders above, and the built-in ones below them all.
 * The deepest folder whose rules speak decides, as in git.
 */
export class IgnoreRules {
  readonly #levels: readonly RuleLevel[]

  private constructor(levels: readonly RuleLevel[]) {
    this.#levels = levels
  }

  /**
   * The rules at `root`: its own and those of the repository it lies in (`.git/info/exclude` too). Rules from above that
   * ignore the root itself are left out: whoever opens a folder wants to see it.
   */
  static async atRoot(root: string): Promise<IgnoreRules> {
    const folders = await repositoryFolders(root)
    const levels: RuleLevel[] = []
    for (const folder of folders) {
      const texts = await readRuleFiles(folder, IGNORE_FILES)
      const exclude = folder === folders[0] ? await readRules(join(folder, ".git", "info", "exclude")) : ""
      const level = ruleLevel(folder, [exclude, ...texts])
      const below = folders.slice(folders.indexOf(folder) + 1).map(each => namesBelow(level, each))
      const patterns = level.patterns.filter(
        pattern => pattern.negated || !below.some(names => matchesPattern(pattern, names, true)),
      )
      if (patterns.length > 0) levels.push({ folder, patterns })
    }
    return new IgnoreRules(levels)
  }

  /** The rules in `folder`, a direct child of a folder these rules are for; `names` are the ignore files it holds. */
  async inFolder(folder: string, names: readonly string[]): Promise<IgnoreRules> {
    if (names.length === 0) return this
    const level = ruleLevel(folder, await readRuleFiles(folder, names))
    return level.patterns.length === 0 ? this : new IgnoreRules([...this.#levels, level])
  }

  /**
   * Whether `name` in `folder` is ignored, where `folder` is not: the one the rules are for, or below it with no rules of
   * its own.
   */
  ignores(folder: string, name: string, isFolder: boolean): boolean {
    if (isSkippedAlways(name)) return true
    const path = join(folder, name)
    for (let i = this.#levels.length - 1; i >= 0; i--) {
      const said = verdict(this.#levels[i]!, path, isFolder)
      if (said !== "silent") return said === "ignored"
    }
    return isSkippedByDefault(name, isFolder, this.#levels.length > 0)
  }
}

function verdict(level: RuleLevel, path: string, isFolder: boolean): "ignored" | "wanted" | "silent" {
  const names = namesBelow(level, path)
  const last = level.patterns.findLast(pattern => matchesPattern(pattern, names, isFolder))
  if (last === undefined) return "silent"
  return last.negated ? "wanted" : "ignored"
}

/** The names on the way from a level's folder to a path below it. */
function namesBelow({ folder }: RuleLevel, path: string): readonly string[] {
  return path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1).split(sep)
}

function ruleLevel(folder: string, texts: readonly string[]): RuleLevel {
  return { folder, patterns: texts.flatMap(parseIgnorePatterns) }
}

/** From the folder that holds `.git` down to `root`; only `root` where it is in no repository. */
async function repositoryFolders(root: string): Promise<readonly string[]> {
  const folders: string[] = []
  for (let folder = root; ; folder = dirname(folder)) {
    folders.unshift(folder)
    if (await holds(folder, ".git")) return folders
    if (dirname(folder) === folder) return [root]
  }
}

async function holds(folder: string, name: string): Promise<boolean> {
  return stat(join(folder, name)).then(
    () => true,
    () => false,
  )
}

function readRuleFiles(folder: string, names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    IGNORE_FILES.filter(name => names.includes(name)).map(name => readRules(join(folder, name))),
  )
}

/** The text of an ignore file; a missing or unreadable one has no rules. */
function readRules(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "")
}
