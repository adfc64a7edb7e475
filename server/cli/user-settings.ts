import { readFileSync, statSync } from "node:fs"
import { homedir, platform } from "node:os"
import { isAbsolute, join } from "node:path"
import { type JsonObject, objectOf, parseJson } from "../base/json.ts"
import type { CliIo } from "./io.ts"

/** What the user's own settings file says. */
interface UserSettings {
  /** Absolute; whether or not there is such a file. */
  readonly path: string
  /** Its `model` section, empty if it has none. */
  readonly model: JsonObject
  /** Something to tell the user that stops nothing, or null. */
  readonly warning: string | null
}

/**
 * The folder of the user's own settings and keys, as the XDG base directories say. A relative XDG_CONFIG_HOME is not
 * heard: it would lead into whatever folder the command is run in.
 */
export function userConfigFolder(env: CliIo["env"]): string {
  const set = env["XDG_CONFIG_HOME"] ?? ""
  return join(isAbsolute(set) ? set : join(env["HOME"] || homedir(), ".config"), "pilotlight")
}

/** Reads `settings.json` of the user's own folder; a sentence if it can't be used. A missing file says nothing. */
export function readUserSettings(env: CliIo["env"]): UserSettings | string {
  const path = join(userConfigFolder(env), "settings.json")
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return { path, model: {}, warning: null }
  const all = objectOf(parseJson(readFileSync(path, "utf8")))
  if (all === null) return `${path} is not a JSON object`
  const model = all["model"] === undefined ? {} : objectOf(all["model"])
  if (model === null) return `${path}: model is ${JSON.stringify(all["model"])}; it must be an object`
  const shared = platform() !== "win32" && (stats.mode & 0o077) !== 0
  const warning =
    shared && model["key"] !== undefined
      ? `${path} holds a key and can be read by others; run: chmod 600 ${path}`
      : null
  return { path, model, warning }
}
