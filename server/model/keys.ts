import { readFileSync, type Stats, statSync } from "node:fs"
import { platform } from "node:os"
import { objectOf, parseJson, textOf } from "../base/json.ts"
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

const NONE: KeyFinding = { key: null, problem: null }

/** The variable that holds a key for whatever provider is set. */
const ANY_PROVIDER = "PILOTLIGHT_API_KEY"

/** Looks for a provider's key afresh: its own variables first, then the general one, the settings, the file. */
export function findKey(provider: Provider, sources: KeySources): KeyFinding {
  for (const name of [...provider.keyNames, ANY_PROVIDER]) {
    const key = sources.environment[name]?.trim()
    if (key !== undefined && key !== "") return checked(key, provider)
  }
  if (sources.inSettings !== null) return checked(sources.inSettings.trim(), provider)
  return sources.file === null ? NONE : keyInFile(sources.file, provider)
}

/** The headers that carry a key; none without one. */
export function keyHeaders(provider: Provider, key: string | null): { readonly [name: string]: string } {
  if (key === null) return {}
  return provider.auth === "bearer" ? { authorization: `Bearer ${key}` } : { "api-key": key }
}

/** A key that no header can carry is one that was copied badly. */
function checked(key: string, provider: Provider): KeyFinding {
  if (/^[!-~]+$/.test(key)) return { key }
  return { key: null, problem: `the key of ${provider.name} holds a space or a character that no key has` }
}

function keyInFile(file: string, provider: Provider): KeyFinding {
  const stats = statOf(file)
  if (stats === null) return NONE
  if (platform() !== "win32" && (stats.mode & 0o077) !== 0) {
    return { key: null, problem: `${file} can be read by others; run: chmod 600 ${file}` }
  }
  const text = readOwn(file)
  if (text === null) return { key: null, problem: `${file} can't be read` }
  const keys = objectOf(parseJson(text))
  if (keys === null) return { key: null, problem: `${file} is not a JSON object of keys` }
  const key = textOf(keys[provider.name])?.trim() ?? ""
  return key === "" ? NONE : checked(key, provider)
}

function readOwn(file: string): string | null {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return null
  }
}

function statOf(file: string): Stats | null {
  return statSync(file, { throwIfNoEntry: false }) ?? null
}
