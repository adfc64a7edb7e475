import { cancel } from "../base/cancel.ts"
import { type JsonObject, objectOf } from "../base/json.ts"
import { createLog } from "../base/log.ts"
import type { AskRequest, Ending, Hole, Role } from "../model/ask.ts"
import { PROVIDER_NAMES } from "../model/providers.ts"
import { readModelSettings } from "../model/read-settings.ts"
import { openSession } from "../model/session.ts"
import type { ModelSettings } from "../model/settings.ts"
import { type CliIo, ExitCode } from "./io.ts"
import { type CommandArguments, type CommandSpec, failure, readArguments, usageError } from "./options.ts"
import { userKeys } from "./user-model.ts"
import { readUserSettings } from "./user-settings.ts"

const SPEC: CommandSpec = {
  name: "ask",
  usage: "[--role live|deep] [--provider NAME] [--base-url URL] [--model NAME] [--json] TEXT",
  about: `Asks a model and prints its answer as it comes; then, on stderr, what answered, how fast, and what it counted.
TEXT is read from stdin if it is '-'. With --role live a <|> in TEXT is a gap to fill, for providers that can.
The model is the one in the 'model' section of ~/.config/pilotlight/settings.json unless options name another.
Keys come from the environment or from keys.json beside it. Nothing is read from the folder it runs in.
Providers: ${PROVIDER_NAMES.join(", ")}.`,
  flags: {
    role: { help: "live (fast, given up soon) or deep (the default)", value: "ROLE" },
    provider: { help: "what to ask instead of what is set", value: "NAME" },
    "base-url": {
      help: "where it is, up to and with /v1; alone it means the provider 'responses'",
      value: "URL",
    },
    model: { help: "which model of it", value: "NAME" },
    json: { help: "print one JSON object at the end" },
  },
  operands: ["TEXT"],
  required: 1,
  examples: [
    ["pilotlight ask 'What is a lexer?'", "ask the model that is set"],
    ["pilotlight ask --base-url http://127.0.0.1:8787/v1 hello", "ask a server on this machine"],
    ["git diff | pilotlight ask -", "ask what a file says"],
  ],
}

const INSTRUCTIONS = "You are a careful programmer. Answer shortly and in plain text."

/** Bound of an answer, in tokens. */
const MAX_OUTPUT_TOKENS = 1024

/** The gap in a text, as it is typed. */
const GAP = "<|>"

/** `pilotlight ask`: one question to a model, to see whether and how fast it answers. */
export async function runAsk(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const role = read.values.get("role") ?? "deep"
  if (role !== "live" && role !== "deep")
    return usageError(SPEC.name, `--role is '${role}'; it must be live or deep`, io)
  const settings = settingsFor(role, read, io)
  if (typeof settings === "number") return settings
  const text = read.operands[0] === "-" ? await textOfInput(io) : read.operands[0]!
  if (text.trim() === "") return usageError(SPEC.name, "there is nothing to ask", io)
  return askModel(requestOf(role, text), settings, read.flags.has("json"), io)
}

/** The settings file's model with the options laid over it; the exit code where that can't be used. */
function settingsFor(role: Role, { values }: CommandArguments, io: CliIo): ModelSettings | number {
  const user = readUserSettings(io.env)
  for (const complaint of user.complaints) io.stderr(`pilotlight ask: ${complaint}\n`)
  if (user.model === null) return ExitCode.failed
  const { settings, mistakes } = readModelSettings(overlaid(user.model, role, values), userKeys(io.env))
  if (settings !== null) return settings
  if (Object.keys(user.model).length + values.size === 0) {
    return failure(
      SPEC.name,
      `no model is set: use --provider, or write {"model": {"provider": "…"}} to ${user.path}`,
      io,
    )
  }
  for (const { key, says } of mistakes) {
    const option = OPTION_OF[key]
    const asOption = option !== undefined && values.has(option)
    io.stderr(`pilotlight ask: ${asOption ? `--${option}` : `${user.path}: model.${key}`} ${says}\n`)
  }
  return ExitCode.failed
}

const OPTION_OF: { readonly [key: string]: string } = { provider: "provider", baseUrl: "base-url" }

/** What is set for one provider and address is not for another: least of all its key. An address alone is `responses`. */
function overlaid(set: JsonObject, role: Role, values: ReadonlyMap<string, string>): JsonObject {
  const baseUrl = values.get("base-url")
  const provider = values.get("provider") ?? (baseUrl === undefined ? undefined : "responses")
  const { key, ...keyless } = set
  const { asksPerMinute, tokensPerDay } = set
  const budget = JSON.parse(JSON.stringify({ asksPerMinute, tokensPerDay })) as JsonObject
  const elsewhere = provider !== undefined && provider !== set["provider"]
  const base = elsewhere ? budget : provider === undefined ? set : keyless
  const model = values.get("model")
  return {
    ...base,
    ...(provider === undefined ? {} : { provider }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(model === undefined ? {} : { [role]: { ...objectOf(base[role]), model } }),
  }
}

async function textOfInput(io: CliIo): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString("utf8")
}

function requestOf(role: Role, text: string): AskRequest {
  const gap = role === "live" ? text.indexOf(GAP) : -1
  const hole: Hole | null =
    gap < 0 ? null : { before: text.slice(0, gap), after: text.slice(gap + GAP.length), files: [] }
  return {
    role,
    instructions: INSTRUCTIONS,
    stable: [],
    turns: [{ by: "user", text }],
    hole,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    priority: 0,
    cacheKey: "pilotlight-ask",
    stop: [],
  }
}

async function askModel(
  request: AskRequest,
  settings: ModelSettings,
  json: boolean,
  io: CliIo,
): Promise<number> {
  const log = createLog((_, line) => io.stderr(`pilotlight ask: ${line}\n`), "warn")
  const session = openSession({ settings, log, onStatus: () => {} })
  const controller = new AbortController()
  const stay = io.onLeave(() => {
    if (controller.signal.aborted) return
    cancel(controller, "client")
    io.stderr("pilotlight ask: cancelled\n")
  })
  // A session's own timers keep no process alive.
  const alive = setInterval(() => {}, 60_000)
  let text = ""
  let ending: Ending | null = null
  for await (const delta of session.ask(request, controller.signal)) {
    if (delta.kind === "end") ending = delta
    if (delta.kind !== "text") continue
    text += delta.text
    if (!json) io.stdout(delta.text)
  }
  clearInterval(alive)
  stay()
  session.close()
  return ending === null ? ExitCode.failed : report(text, ending, settings, json, io)
}

function report(text: string, ending: Ending, settings: ModelSettings, json: boolean, io: CliIo): number {
  const { outcome, usage, timings, over } = ending
  const provider = settings.provider.name
  const tokensPerSecond = rateOf(ending)
  const status = outcome.status === "failed" ? { ...outcome, error: outcome.error.message } : outcome
  if (json)
    io.stdout(`${JSON.stringify({ text, provider, over, ...status, tokensPerSecond, timings, usage })}\n`)
  else if (text !== "" && !text.endsWith("\n")) io.stdout("\n")
  if (outcome.status === "failed") return failure(SPEC.name, outcome.error.message, io)
  if (outcome.status === "cancelled") return ExitCode.failed
  const parts = [
    `${provider} over ${over}`,
    ...(timings.firstToken === null ? [] : [`first token after ${timings.firstToken.toFixed(0)} ms`]),
    ...(tokensPerSecond === null ? [] : [`${tokensPerSecond.toFixed(0)} tokens/s`]),
    usage === null
      ? "tokens not counted"
      : `tokens: ${usage.input} in (${usage.cached} cached), ${usage.output} out`,
    ...(outcome.status === "incomplete" ? [`cut short: ${outcome.reason}`] : []),
  ]
  io.stderr(`${parts.join(", ")}\n`)
  return ExitCode.ok
}

/** Tokens per second after the first; null where there are too few to tell. */
function rateOf({ usage, timings }: Ending): number | null {
  const { firstToken, lastToken } = timings
  if (usage === null || usage.output < 2 || firstToken === null || lastToken === null) return null
  const ms = lastToken - firstToken
  return ms > 0 ? ((usage.output - 1) * 1000) / ms : null
}
