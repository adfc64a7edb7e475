import { type JsonObject, objectOf, textOf } from "../base/json.ts"
import { nearest } from "../base/nearest.ts"
import type { Privacy } from "../features/host.ts"
import { type RemoteSettings, readRemoteSettings } from "../workspace/remote/remote-settings.ts"

/** What the sections of a user's own settings say; a value that can't be used counts as not set. */
export interface SettingsSections {
  /** The `model` section, empty if there is none; null if it can't be used. */
  readonly model: JsonObject | null
  /** MB, 0 or more; undefined if not set. */
  readonly memoryBudgetMB: number | undefined
  readonly privacy: Privacy
  /** Null if no remote code search is set. */
  readonly remoteIndex: RemoteSettings | null
  /** For each thing that is wrong a sentence without a full stop: the key, its value, what is allowed. */
  readonly complaints: readonly string[]
}

/** Nothing leaves: what the user wants to keep to himself can't be told. */
export const KEEP_ALL: Privacy = { allow: [], deny: ["*"] }

const SECTIONS = ["model", "memory", "privacy", "remoteIndex"]

/** Reads the sections of a user's own settings, `all` being the whole file. Never throws. */
export function readSections(all: JsonObject): SettingsSections {
  const complaints = unknownIn(all, "", SECTIONS)
  const section = (name: string): JsonObject | null => {
    const value = all[name] ?? {}
    const inside = objectOf(value)
    if (inside === null) complaints.push(wrong(name, value, "an object"))
    return inside
  }
  const [model, memory, privacy, remote] = [
    section("model"),
    section("memory"),
    section("privacy"),
    section("remoteIndex"),
  ]
  const { settings: remoteIndex, mistakes } = readRemoteSettings(remote ?? {})
  return {
    model,
    memoryBudgetMB: budgetIn(memory ?? {}, complaints),
    privacy: privacy === null ? KEEP_ALL : privacyIn(privacy, complaints),
    remoteIndex,
    complaints: [...complaints, ...mistakes],
  }
}

function budgetIn(memory: JsonObject, complaints: string[]): number | undefined {
  complaints.push(...unknownIn(memory, "memory.", ["budgetMB"]))
  const { budgetMB } = memory
  if (budgetMB === undefined) return undefined
  if (typeof budgetMB === "number" && Number.isFinite(budgetMB) && budgetMB >= 0) return budgetMB
  complaints.push(wrong("memory.budgetMB", budgetMB, "a number of MB, 0 or more"))
  return undefined
}

function privacyIn(privacy: JsonObject, complaints: string[]): Privacy {
  complaints.push(...unknownIn(privacy, "privacy.", ["allow", "deny"]))
  const allow = patternsIn(privacy["allow"])
  const deny = patternsIn(privacy["deny"])
  if (allow === null) complaints.push(wrong("privacy.allow", privacy["allow"], "a list of patterns"))
  if (deny !== null) return { allow: allow ?? [], deny }
  const until = "a list of patterns, and nothing leaves until it is one"
  complaints.push(wrong("privacy.deny", privacy["deny"], until))
  return KEEP_ALL
}

/** Null if it is no list of texts. */
function patternsIn(value: unknown): readonly string[] | null {
  if (value === undefined) return []
  if (!Array.isArray(value)) return null
  const patterns = value.map(textOf).filter(pattern => pattern !== null)
  return patterns.length === value.length ? patterns : null
}

function wrong(key: string, value: unknown, allowed: string): string {
  return `${key} is ${JSON.stringify(value)}; it must be ${allowed}`
}

function unknownIn(section: JsonObject, prefix: string, known: readonly string[]): string[] {
  const unknown = Object.keys(section).filter(key => !known.includes(key))
  return unknown.map(key => {
    const meant = nearest(key, known)
    const all = known.map(each => prefix + each).join(", ")
    return `${prefix}${key} is no setting; ${meant === null ? `there are ${all}` : `did you mean ${prefix}${meant}?`}`
  })
}
