import { existsSync, readdirSync, readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import { isObject, ManifestError } from "../syntax/json-fields.ts"
import { extendManifest, type LanguageManifest, parseManifest } from "../syntax/manifest.ts"

/**
 * Where a user's own languages and the parsers installed on demand are, as the XDG base directories say: absolute,
 * and not there until something is put into it.
 */
export function userGrammarFolder(env: Readonly<Record<string, string | undefined>>): string {
  const data = env["XDG_DATA_HOME"] || join(env["HOME"] || homedir(), ".local", "share")
  return join(data, "pilotlight", "grammars")
}

/**
 * The languages described by `NAME/manifest.json` in each of `folders`, a later folder over an earlier one.
 * A folder that is absent holds none, and one without a manifest is no language. A manifest that is broken costs one warning and is left out.
 */
export function readGrammars(folders: readonly string[], log: Log): readonly LanguageManifest[] {
  const sources = new Map<string, Source>()
  for (const folder of folders) {
    for (const name of foldersIn(folder)) {
      const path = join(folder, name, "manifest.json")
      const json = readJson(path, log)
      if (json !== null) sources.set(name, { path, json })
    }
  }
  return [...sources.values()].flatMap(source => {
    try {
      return [parseManifest(resolved(source, sources, []), source.path)]
    } catch (error) {
      if (!(error instanceof ManifestError)) throw error
      log.warn(`language left out: ${error.message}`)
      return []
    }
  })
}

interface Source {
  readonly path: string
  readonly json: Readonly<Record<string, unknown>>
}

/** The JSON of a manifest laid over those it extends. `seen` holds the names on the way, to find circles. */
function resolved(source: Source, sources: ReadonlyMap<string, Source>, seen: readonly string[]): unknown {
  const { extends: base, ...own } = source.json
  if (base === undefined) return own
  const under = typeof base === "string" && !seen.includes(base) ? sources.get(base) : undefined
  if (under === undefined) {
    throw new ManifestError(
      `${source.path}.extends`,
      "must name another language that does not extend this one",
    )
  }
  return extendManifest(resolved(under, sources, [...seen, String(base)]), own)
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const names = entries.flatMap(entry => (entry.isDirectory() ? [entry.name] : []))
    return names.filter(name => existsSync(join(folder, name, "manifest.json"))).sort()
  } catch {
    return []
  }
}

function readJson(path: string, log: Log): Source["json"] | null {
  try {
    const json: unknown = JSON.parse(readFileSync(path, "utf8"))
    if (isObject(json)) return json
    log.warn(`language left out: ${path} must hold an object`)
  } catch (error) {
    log.warn(`language left out: ${path} can't be read: ${messageOf(error)}`)
  }
  return null
}
