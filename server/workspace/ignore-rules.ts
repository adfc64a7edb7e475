import { readFile, stat } from "node:fs/promises"
import { dirname, join, sep } from "node:path"
import ignore, { type Ignore } from "ignore"
import { isSkippedByDefault } from "./default-skips.ts"

/** Files that hold ignore rules for their folder; of two rules that match, the one from the later file counts. */
export const IGNORE_FILES: readonly string[] = [".gitignore", ".ignore", ".pilotlightignore"]

/** The rules of one folder. */
interface RuleLevel {
  /** Absolute, without a separator at its end. */
  readonly folder: string
  readonly rules: Ignore
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
      const hidesRoot = level !== null && folder !== root && verdict(level, root, true) === "ignored"
      if (level !== null && !hidesRoot) levels.push(level)
    }
    return new IgnoreRules(levels)
  }

  /** The rules in `folder`, a direct child of a folder these rules are for; `names` are the ignore files it holds. */
  async inFolder(folder: string, names: readonly string[]): Promise<IgnoreRules> {
    if (names.length === 0) return this
    const level = ruleLevel(folder, await readRuleFiles(folder, names))
    return level === null ? this : new IgnoreRules([...this.#levels, level])
  }

  /** Whether `name` in `folder` is ignored. `folder` is the one the rules are for, or below it with no rules of its own. */
  ignores(folder: string, name: string, isFolder: boolean): boolean {
    const path = join(folder, name)
    for (let i = this.#levels.length - 1; i >= 0; i--) {
      const said = verdict(this.#levels[i]!, path, isFolder)
      if (said !== "silent") return said === "ignored"
    }
    return isSkippedByDefault(name, isFolder, this.#levels.length > 0)
  }
}

function verdict(level: RuleLevel, path: string, isFolder: boolean): "ignored" | "wanted" | "silent" {
  const start = level.folder.endsWith(sep) ? level.folder.length : level.folder.length + 1
  const relative = sep === "/" ? path.slice(start) : path.slice(start).replaceAll(sep, "/")
  const { ignored, unignored } = level.rules.test(isFolder ? `${relative}/` : relative)
  if (ignored) return "ignored"
  return unignored ? "wanted" : "silent"
}

function ruleLevel(folder: string, texts: readonly string[]): RuleLevel | null {
  const filled = texts.filter(text => text.trim() !== "")
  if (filled.length === 0) return null
  const rules = ignore({ ignorecase: false })
  for (const text of filled) rules.add(text)
  return { folder, rules }
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
