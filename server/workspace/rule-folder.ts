import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import type { LanguageManifest } from "../syntax/manifest.ts"
import { parseRule, type Rule } from "../syntax/rules/rule-file.ts"

const ENDING = ".scm"

/**
 * The rules in `LANGUAGE/rules/NAME.scm` of each of `folders` for a language, in the order of their names. Of equal names
 * the later folder's rule wins, and of one folder that of the later language in `language.rules`. Folders may be absent;
 * a rule that is broken costs one warning and is left out.
 */
export function readRules(
  folders: readonly string[],
  { rules }: Pick<LanguageManifest, "rules">,
  log: Log,
): readonly Rule[] {
  const paths = new Map<string, string>()
  for (const folder of folders) {
    for (const language of rules) {
      const place = join(folder, language, "rules")
      for (const name of namesIn(place)) paths.set(name, join(place, name + ENDING))
    }
  }
  return [...paths].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, path]) => readRule(name, path, log))
}

function namesIn(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder).filter(name => name.endsWith(ENDING))
    return files.map(name => name.slice(0, -ENDING.length))
  } catch {
    return []
  }
}

function readRule(name: string, path: string, log: Log): readonly Rule[] {
  try {
    return [parseRule(name, readFileSync(path, "utf8"), path)]
  } catch (error) {
    log.once("warn", `rule left out: ${messageOf(error)}`)
    return []
  }
}
