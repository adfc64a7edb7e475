import { readFileSync, statSync } from "node:fs"
import { homedir, platform } from "node:os"
import { isAbsolute, join } from "node:path"
import { messageOf } from "../base/errors.ts"
import { objectOf, parseJson } from "../base/json.ts"
import type { CliIo } from "./io.ts"
import { KEEP_ALL, readSections, type SettingsSections } from "./settings-sections.ts"

/** What the user's own settings file says; `complaints` name the file. */
interface UserSettings extends SettingsSections {
  /** Absolute; whether or not there is such a file. */
  readonly path: string
}

/** More than anybody writes by hand. */
const MAX_BYTES = 1 << 20

/** The user's home folder, absolute. */
export function homeOf(env: CliIo["env"]): string {
  return env["HOME"] || homedir()
}

/**
 * The folder of the user's configurations, as the XDG base directories say. A relative XDG_CONFIG_HOME is not heard: it
 * would lead into whatever folder the command is run in.
 */
export function configHome(env: CliIo["env"]): string {
  const set = env["XDG_CONFIG_HOME"] ?? ""
  return isAbsolute(set) ? set : join(homeOf(env), ".config")
}

/** The folder of the user's own settings and keys. */
export function userConfigFolder(env: CliIo["env"]): string {
  return join(configHome(env), "pilotlight")
}

/**
 * Reads `settings.json` of the user's own folder. Never throws: a missing file says nothing, and with one that can't be
 * used nothing is asked of a model and nothing leaves.
 */
export function readUserSettings(env: CliIo["env"]): UserSettings {
  const path = join(userConfigFolder(env), "settings.json")
  const file = readOwn(path)
  const all = "text" in file ? objectOf(parseJson(file.text)) : null
  if (all === null) {
    const problem = "problem" in file ? file.problem : "is not a JSON object"
    const unset = { model: null, memoryBudgetMB: undefined, remoteIndex: null }
    return { path, ...unset, privacy: KEEP_ALL, complaints: [`${path} ${problem}`] }
  }
  const sections = readSections(all)
  const complaints = sections.complaints.map(says => `${path}: ${says}`)
  const holdsKey = [all["model"], all["remoteIndex"]].some(
    section => objectOf(section)?.["key"] !== undefined,
  )
  if (holdsKey && "shared" in file && file.shared)
    complaints.push(`${path} holds a key and can be read by others; run: chmod 600 ${path}`)
  return { path, ...sections, complaints }
}

/** The file's text and whether others can read it, or what is wrong with it, to follow its path in a sentence. */
function readOwn(
  path: string,
): { readonly text: string; readonly shared: boolean } | { readonly problem: string } {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return { text: "{}", shared: false }
    if (!stats.isFile() || stats.size > MAX_BYTES) return { problem: "is no file that holds settings" }
    return { text: readFileSync(path, "utf8"), shared: platform() !== "win32" && (stats.mode & 0o077) !== 0 }
  } catch (error) {
    return { problem: `can't be read: ${messageOf(error)}` }
  }
}
