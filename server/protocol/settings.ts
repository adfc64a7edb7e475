import type { LogLevel } from "../base/log.ts"
import { DEFAULT_PREFIX } from "../features/actions/instruction-comment.ts"
import type { Eagerness } from "../features/completion/gates.ts"
import { type Fields, fieldsOf } from "./params.ts"

/** The name under which an editor may keep our settings; also the one section asked for. */
export const SECTION = "pilotlight"

/** What a user can set; every setting has a default. */
export interface Settings {
  readonly completion: CompletionSettings
  readonly diagnostics: DiagnosticsSettings
  readonly actions: ActionSettings
  /** How readily suggestions are shown and models are asked. */
  readonly eagerness: Eagerness
  readonly logLevel: LogLevel
}

/** What a user can set of suggestions. */
interface CompletionSettings {
  /** Offer items in completion lists; `auto` leaves suggestions out, but not words, once the editor asks for ghost text. */
  readonly list: boolean | "auto"
  /** Characters after which editors ask for a list by themselves, of all their servers; told once, at the start. */
  readonly triggerCharacters: readonly string[]
  /** Offer ghost text. */
  readonly inline: boolean
  /** Suggest in comments and in strings before the user asks for it. */
  readonly comments: boolean
  readonly strings: boolean
  /** Most ms that an answer waits for a model, 0 to `MOST_HOLD_MS`; null for what suits the editor. */
  readonly listHoldMs: number | null
  readonly inlineHoldMs: number | null
  /** By the name of a language whether there are suggestions in it; yes where it is missing. */
  readonly languages: Readonly<Record<string, boolean>>
}

/** What a user can set of findings. */
interface DiagnosticsSettings {
  /** Show what rules find, all of it, none, or all but what the rules named find. */
  readonly rules: "on" | "off" | readonly string[]
  /** Show also where newer syntax could stand; it is offered as actions in any case. */
  readonly modernise: boolean
  /** When a model looks for bugs in the functions that changed: never, when a document is saved, or also when it is idle. */
  readonly review: "off" | "save" | "idle"
}

/** What a user can set of actions. */
interface ActionSettings {
  /** What comments begin with that are orders. */
  readonly prefix: string
  /** The model for edits; `auto` goes by what is done and to how much. */
  readonly model: "auto" | "live" | "deep"
  /** Show code while it is being written; `auto` does so where the editor makes it safe. */
  readonly stream: boolean | "auto"
  /** Begin with an order in a comment once its line is left, without being asked. */
  readonly startOrders: boolean
}

/** Nobody looks at the same place for longer than this many ms and wants to know what comes next. */
const MOST_HOLD_MS = 30_000

/** Settings as they are with nothing configured. */
export const DEFAULT_SETTINGS: Settings = {
  completion: {
    list: "auto",
    // Neovim asks all its servers after each one, so there are few; without any it would never ask.
    triggerCharacters: [".", ":", "("],
    inline: true,
    comments: true,
    strings: true,
    listHoldMs: null,
    inlineHoldMs: null,
    languages: {},
  },
  diagnostics: { rules: "on", modernise: false, review: "off" },
  actions: { prefix: DEFAULT_PREFIX, model: "auto", stream: "auto", startOrders: false },
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
  const reader = new SettingsReader()
  const all = fieldsOf(sent)
  const own = SECTION in all ? reader.group(all, SECTION) : all
  const settings: Settings = {
    completion: mergeCompletion(before.completion, reader.group(own, "completion"), reader),
    diagnostics: mergeDiagnostics(before.diagnostics, reader.group(own, "diagnostics"), reader),
    actions: mergeActions(before.actions, reader.group(own, "actions"), reader),
    eagerness: reader.pick(own, "eagerness", ["quiet", "normal", "eager"], before.eagerness),
    logLevel: reader.pick(own, "logLevel", ["debug", "info", "warn", "error"], before.logLevel),
  }
  return { settings, complaints: reader.complaints }
}

const SWITCH: readonly boolean[] = [true, false]

function mergeCompletion(
  before: CompletionSettings,
  sent: Fields,
  reader: SettingsReader,
): CompletionSettings {
  const inside = "completion."
  return {
    list: reader.pick(sent, "list", [true, false, "auto"], before.list, inside),
    triggerCharacters: reader.characters(sent, "triggerCharacters", before.triggerCharacters, inside),
    inline: reader.pick(sent, "inline", SWITCH, before.inline, inside),
    comments: reader.pick(sent, "comments", SWITCH, before.comments, inside),
    strings: reader.pick(sent, "strings", SWITCH, before.strings, inside),
    listHoldMs: reader.milliseconds(sent, "listHoldMs", before.listHoldMs, inside),
    inlineHoldMs: reader.milliseconds(sent, "inlineHoldMs", before.inlineHoldMs, inside),
    languages: mergeLanguages(before.languages, reader.group(sent, "languages", inside), reader),
  }
}

function mergeDiagnostics(
  before: DiagnosticsSettings,
  sent: Fields,
  reader: SettingsReader,
): DiagnosticsSettings {
  const inside = "diagnostics."
  const { rules } = sent
  const areNames = Array.isArray(rules) && rules.every(name => typeof name === "string")
  return {
    rules: areNames ? rules : reader.pick(sent, "rules", ["on", "off"], before.rules, inside),
    modernise: reader.pick(sent, "modernise", SWITCH, before.modernise, inside),
    review: reader.pick(sent, "review", ["off", "save", "idle"], before.review, inside),
  }
}

function mergeActions(before: ActionSettings, sent: Fields, reader: SettingsReader): ActionSettings {
  const inside = "actions."
  return {
    prefix: reader.word(sent, "prefix", before.prefix, inside),
    model: reader.pick(sent, "model", ["auto", "live", "deep"], before.model, inside),
    stream: reader.pick(sent, "stream", [true, false, "auto"], before.stream, inside),
    startOrders: reader.pick(sent, "startOrders", SWITCH, before.startOrders, inside),
  }
}

function mergeLanguages(
  before: CompletionSettings["languages"],
  sent: Fields,
  reader: SettingsReader,
): CompletionSettings["languages"] {
  const merged = new Map(Object.entries(before))
  for (const language of Object.keys(sent)) {
    const kept = merged.get(language) ?? true
    merged.set(language, reader.pick(sent, language, SWITCH, kept, "completion.languages."))
  }
  return Object.fromEntries(merged)
}

/** Reads values of unknown shape; null and undefined are as good as missing. `inside` is the path of `from`, with its dot. */
class SettingsReader {
  readonly complaints: string[] = []

  /** An object; an empty one, with a complaint, if it is something else. */
  group(from: Fields, name: string, inside = ""): Fields {
    const value = from[name] ?? {}
    const fields = fieldsOf(value)
    if (fields !== value) this.#complain(inside + name, "an object", value)
    return fields
  }

  /** One of the values allowed, or else `keep`. */
  pick<T>(from: Fields, name: string, allowed: readonly T[], keep: T, inside = ""): T {
    const value = from[name] ?? keep
    if (allowed.includes(value as T)) return value as T
    this.#complain(inside + name, `one of ${allowed.join(", ")}`, value)
    return keep
  }

  /** A text that is not blank and has no white space around it, or else `keep`. */
  word(from: Fields, name: string, keep: string, inside: string): string {
    const value = from[name] ?? keep
    if (typeof value === "string" && value !== "" && value.trim() === value) return value
    this.#complain(inside + name, "a text without white space around it", value)
    return keep
  }

  /** A list of single characters, or else `keep`. */
  characters(from: Fields, name: string, keep: readonly string[], inside: string): readonly string[] {
    const value = from[name] ?? keep
    const areSingle =
      Array.isArray(value) && value.every(each => typeof each === "string" && each.length === 1)
    if (areSingle) return value
    this.#complain(inside + name, "a list of single characters", value)
    return keep
  }

  /** A number of ms, or else `keep`. */
  milliseconds(from: Fields, name: string, keep: number | null, inside: string): number | null {
    const value = from[name] ?? keep
    if (value === null) return null
    if (typeof value === "number" && value >= 0 && value <= MOST_HOLD_MS) return value
    this.#complain(inside + name, `a number of ms, 0 to ${MOST_HOLD_MS}`, value)
    return keep
  }

  #complain(path: string, allowed: string, value: unknown): void {
    this.complaints.push(`setting ${path} must be ${allowed}, not ${JSON.stringify(value)}`)
  }
}
