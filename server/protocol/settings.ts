import type { LogLevel } from "../base/log.ts"
import type { Eagerness } from "../features/completion/gates.ts"
import { type Fields, fieldsOf } from "./params.ts"

/** The name under which an editor may keep our settings; also the one section asked for. */
export const SECTION = "pilotlight"

/** What a user can set; every setting has a default. */
export interface Settings {
  readonly completion: {
    /** Offer items in completion lists. */
    readonly list: boolean
    /** Offer ghost text. */
    readonly inline: boolean
  }
  /** How sure a suggestion must be before it is shown. */
  readonly eagerness: Eagerness
  readonly logLevel: LogLevel
}

/** Settings as they are with nothing configured. */
export const DEFAULT_SETTINGS: Settings = {
  completion: { list: true, inline: true },
  eagerness: "normal",
  logLevel: "info",
}

/** Settings after a merge, and a sentence for each value that could not be used. */
export interface MergedSettings {
  readonly settings: Settings
  readonly complaints: readonly string[]
}

/**
 * Lays what a client sent over the settings so far, flat or under our section. Missing and null values keep what is there;
 * wrong ones do too, with a complaint. Unknown names are ignored: some clients send every server's settings.
 */
export function mergeSettings(before: Settings, sent: unknown): MergedSettings {
  const fields = fieldsOf(sent)
  const complaints: string[] = []
  const group = (from: Fields, name: string): Fields => {
    const value = from[name] ?? {}
    const inside = fieldsOf(value)
    if (inside !== value) complaints.push(`setting ${name} must be an object, not ${JSON.stringify(value)}`)
    return inside
  }
  const own = SECTION in fields ? group(fields, SECTION) : fields
  const pick = <T>(from: Fields, name: string, path: string, allowed: readonly T[], keep: T): T => {
    const value = from[name]
    if (value === undefined || value === null) return keep
    if (allowed.includes(value as T)) return value as T
    complaints.push(`setting ${path} must be one of ${allowed.join(", ")}, not ${JSON.stringify(value)}`)
    return keep
  }
  const switches = [true, false] as const
  const completion = group(own, "completion")
  const settings: Settings = {
    completion: {
      list: pick(completion, "list", "completion.list", switches, before.completion.list),
      inline: pick(completion, "inline", "completion.inline", switches, before.completion.inline),
    },
    eagerness: pick(own, "eagerness", "eagerness", ["quiet", "normal", "eager"], before.eagerness),
    logLevel: pick(own, "logLevel", "logLevel", ["debug", "info", "warn", "error"], before.logLevel),
  }
  return { settings, complaints }
}
