import { createLog } from "../../base/log.ts"
import type { AskRequest, Ending } from "../../model/ask.ts"
import { readModelSettings } from "../../model/read-settings.ts"
import { openSession } from "../../model/session.ts"
import type { SessionStatus } from "../../model/session-status.ts"
import type { ModelSettings } from "../../model/settings.ts"
import type { CliIo } from "../io.ts"
import { userKeys } from "../user-model.ts"
import type { readUserSettings } from "../user-settings.ts"
import { broken, type Diagnosis, doubtful, fine } from "./diagnosis.ts"

type UserSettings = ReturnType<typeof readUserSettings>

/** Longest wait for an answer, ms: people watch. */
const PATIENCE_MS = 15_000

/** Something short that any model answers with a few tokens. */
const QUESTION: AskRequest = {
  role: "live",
  instructions: "Answer with nothing but what is asked for.",
  stable: [],
  turns: [{ by: "user", text: "Count from 1 to 20, one number per line." }],
  hole: null,
  maxOutputTokens: 128,
  priority: 0,
  cacheKey: "pilotlight-doctor",
  stop: [],
}

/** The model that is set: its settings, its key, and a real answer of it. Nothing is sent where none is set. */
export async function modelDiagnoses(
  { model, path }: UserSettings,
  env: CliIo["env"],
): Promise<readonly Diagnosis[]> {
  // What is wrong with a section that can't be used is said of the settings.
  if (model === null) return []
  if (Object.keys(model).length === 0) {
    return [fine("model", "none is set, so completions come from your project alone")]
  }
  const { settings, mistakes } = readModelSettings(model, userKeys(env))
  if (settings === null) {
    return mistakes.map(({ key, says }) => broken("model", `model.${key} ${says}`, `correct it in ${path}`))
  }
  return [await askOnce(settings, path)]
}

async function askOnce(settings: ModelSettings, path: string): Promise<Diagnosis> {
  const log = createLog(() => {}, "error")
  const session = openSession({ settings, log, onStatus: () => {} })
  // A session's own timers keep no process alive.
  const alive = setInterval(() => {}, PATIENCE_MS)
  let ending: Ending | null = null
  for await (const delta of session.ask(QUESTION, AbortSignal.timeout(PATIENCE_MS))) {
    if (delta.kind === "end") ending = delta
  }
  clearInterval(alive)
  const status = session.status()
  session.close()
  return diagnosisOf(ending, status, settings, path)
}

function diagnosisOf(
  ending: Ending | null,
  { state, detail }: SessionStatus,
  { provider, baseUrl }: ModelSettings,
  path: string,
): Diagnosis {
  const outcome = ending?.outcome
  if (ending !== null && (outcome?.status === "completed" || outcome?.status === "incomplete")) {
    return fine("model", `${provider.name} answers over ${ending.over}${speedOf(ending)}`)
  }
  const says = outcome?.status === "failed" ? outcome.error.message : detail
  const about = `${provider.name} does not answer: ${outcome?.status === "cancelled" ? `nothing came within ${PATIENCE_MS / 1000} s` : says}`
  if (state === "unauthorized" || (outcome?.status === "failed" && /\b401\b|\bkey\b/i.test(says))) {
    const where = provider.keyNames[0] ?? "PILOTLIGHT_API_KEY"
    return broken("model", about, `put a key that is valid into ${where}, or into keys.json beside ${path}`)
  }
  if (state === "limited" || state === "spent")
    return doubtful("model", about, "wait, or raise what the provider allows you")
  const address = baseUrl ?? provider.baseUrl
  return broken(
    "model",
    about,
    `see that ${address} and the model are right (model.baseUrl in ${path}), that it runs, and that a proxy lets you through`,
  )
}

function speedOf({ timings: { firstToken, lastToken }, usage }: Ending): string {
  if (firstToken === null) return ""
  const first = `, first token after ${firstToken.toFixed(0)} ms`
  const ms = (lastToken ?? firstToken) - firstToken
  return usage === null || usage.output < 2 || ms <= 0
    ? first
    : `${first}, ${(((usage.output - 1) * 1000) / ms).toFixed(0)} tokens/s`
}
