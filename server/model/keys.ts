import { readFileSync, type Stats, statSync } from "node:fs"
import { platform } from "node:os"
import { objectOf, parseJson, textOf } from "./json.ts"
import type { Provider } from "./provider.ts"

/** Where keys may come from. Never from a workspace. */
export interface KeySources {
  readonly environment: { readonly [name: string]: string | undefined }
  /** A user-level JSON file, `{"<provider>": "<key>"}`, readable by its owner alone; null for none. */
  readonly file: string | null
  /** A key in the settings themselves; null for none. */
  readonly inSettings: string | null
}

/** A key, or why there is none; `problem` is a sentence for the user, null if simply nothing was set. */
export type KeyFinding = { readonly key: string } | { readonly key: null; readonly problem: string | null }

/** The variable that holds a key for whatever provider is set. */
const ANY_PROVIDER = "PILOTLIGHT_API_KEY"

/** Looks for a provider's key afresh: its own variables first, then the general one, the settings, the file. */
export function findKey(provider: Provider, sources: KeySources): KeyFinding {
  for (const name of [...provider.keyNames, ANY_PROVIDER]) {
    const key = sources.environment[name]?.trim()
    if (key !== undefined && key !== "") return { key }
  }
  if (sources.inSettings !== null) return { key: sources.inSettings.trim() }
  return sources.file === null ? { key: null, problem: null } : keyInFile(sources.file, provider.name)
}

/** The headers that carry a key; none without one. */
export function keyHeaders(provider: Provider, key: string | null): { readonly [name: string]: string } {
  if (key === null) return {}
  return provider.auth === "bearer" ? { authorization: `Bearer ${key}` } : { "api-key": key }
}

function keyInFile(file: string, provider: string): KeyFinding {
  const stats = statOf(file)
  if (stats === null) return { key: null, problem: null }
  if (platform() !== "win32" && (stats.mode & 0o077) !== 0) {
    return { key: null, problem: `${file} can be read by others; run: chmod 600 ${file}` }
  }
  const keys = objectOf(parseJson(readFileSync(file, "utf8")))
  if (keys === null) return { key: null, problem: `${file} is not a JSON object of keys` }
  const key = textOf(keys[provider])?.trim() ?? ""
  return key === "" ? { key: null, problem: null } : { key }
}

function statOf(file: string): Stats | null {
  return statSync(file, { throwIfNoEntry: false }) ?? null
}
