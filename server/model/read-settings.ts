import { type JsonObject, numberOf, objectOf, textOf } from "../base/json.ts"
import { nearest } from "../base/nearest.ts"
import type { Role } from "./ask.ts"
import { PATIENCE } from "./deadline.ts"
import type { KeySources } from "./keys.ts"
import type { Provider } from "./provider.ts"
import { PROVIDER_NAMES, providerNamed } from "./providers.ts"
import type { ModelSettings, PerRole } from "./settings.ts"

/** A setting that can't be used: `key` is its path under `model`, `says` the rest of a sentence about it. */
interface SettingMistake {
  readonly key: string
  readonly says: string
}

/** What one setting may be. */
interface Rule {
  readonly allowed: string
  readonly takes: (value: unknown) => boolean
}

const TEXT: Rule = { allowed: "a text", takes: value => typeof value === "string" && value.trim() !== "" }
const SWITCH: Rule = { allowed: "true or false", takes: value => typeof value === "boolean" }
const COUNT: Rule = {
  allowed: "a whole number above 0",
  takes: value => Number.isInteger(value) && Number(value) > 0,
}
const OBJECT: Rule = { allowed: "an object", takes: value => objectOf(value) !== null }

const RULES: { readonly [key: string]: Rule } = {
  provider: oneOf(PROVIDER_NAMES),
  baseUrl: {
    allowed: "an http or https URL",
    takes: value => typeof value === "string" && /^https?:/i.test(value) && URL.canParse(value),
  },
  allowPlain: SWITCH,
  live: OBJECT,
  deep: OBJECT,
  template: TEXT,
  warmUp: SWITCH,
  asksPerMinute: COUNT,
  tokensPerDay: COUNT,
  key: TEXT,
}

/** The efforts that any model is known to take, lowest first. */
const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

/**
 * Reads the `model` section of a user's own settings, never of a workspace's. `settings` is null where something in it
 * can't be used; a `key` in the section counts after the environment's.
 */
export function readModelSettings(
  section: JsonObject,
  keys: KeySources,
):
  | { readonly settings: ModelSettings; readonly mistakes: null }
  | { readonly settings: null; readonly mistakes: readonly SettingMistake[] } {
  const name = textOf(section["provider"])
  const provider = name === null ? null : providerNamed(name)
  const roles =
    provider === null
      ? []
      : (["live", "deep"] as const).flatMap(role => roleMistakes(section, role, provider))
  const mistakes = [...mistakesIn(section, RULES, ""), ...roles]
  if (provider !== null && mistakes.length === 0)
    return { settings: settingsOf(section, provider, keys), mistakes: null }
  if (section["provider"] === undefined)
    mistakes.push({ key: "provider", says: `is not set; it must be ${RULES["provider"]!.allowed}` })
  return { settings: null, mistakes }
}

function roleMistakes(section: JsonObject, role: Role, provider: Provider): readonly SettingMistake[] {
  const tier =
    provider.tiers.length > 0
      ? oneOf(provider.tiers)
      : { allowed: `left out: ${provider.name} has no tiers`, takes: () => false }
  return mistakesIn(objectOf(section[role]) ?? {}, { model: TEXT, effort: oneOf(EFFORTS), tier }, `${role}.`)
}

function mistakesIn(
  section: JsonObject,
  rules: { readonly [key: string]: Rule },
  prefix: string,
): SettingMistake[] {
  return Object.entries(section).flatMap(([key, value]) => {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
    if (rule === undefined)
      return [{ key: prefix + key, says: `is no setting; ${hint(key, Object.keys(rules), prefix)}` }]
    return rule.takes(value) ? [] : [{ key: prefix + key, says: wrongValue(key, value, rule) }]
  })
}

/** A key's own text is never shown. */
function wrongValue(key: string, value: unknown, rule: Rule): string {
  const guess = key === "provider" && typeof value === "string" ? nearest(value, PROVIDER_NAMES) : null
  const meant = guess === null ? "" : ` (did you mean ${guess}?)`
  const shown = key === "key" ? "is wrong" : `is ${JSON.stringify(value)}`
  return `${shown}; it must be ${rule.allowed}${meant}`
}

function hint(key: string, known: readonly string[], prefix: string): string {
  const meant = nearest(key, known)
  return meant === null
    ? `there are ${known.map(each => prefix + each).join(", ")}`
    : `did you mean ${prefix}${meant}?`
}

function oneOf(names: readonly string[]): Rule {
  return { allowed: `one of ${names.join(", ")}`, takes: value => names.some(name => name === value) }
}

function settingsOf(section: JsonObject, provider: Provider, keys: KeySources): ModelSettings {
  const perRole = (key: string): PerRole<string | null> => ({
    live: textOf(objectOf(section["live"])?.[key]),
    deep: textOf(objectOf(section["deep"])?.[key]),
  })
  return {
    provider,
    baseUrl: textOf(section["baseUrl"]),
    allowPlain: section["allowPlain"] === true,
    models: perRole("model"),
    efforts: perRole("effort"),
    tiers: perRole("tier"),
    template: textOf(section["template"]),
    warmUp: section["warmUp"] === true,
    budget: {
      asksPerMinute: numberOf(section["asksPerMinute"]),
      tokensPerDay: numberOf(section["tokensPerDay"]),
    },
    keys: { ...keys, inSettings: textOf(section["key"]) },
    patience: PATIENCE,
  }
}
