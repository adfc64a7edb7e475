import { strictLog } from "../../server/base/log.ts"
import type { AskRequest, Delta, Ending } from "../../server/model/ask.ts"
import { PATIENCE } from "../../server/model/deadline.ts"
import { providerNamed } from "../../server/model/providers.ts"
import { openSession, type Session } from "../../server/model/session.ts"
import type { SessionStatus } from "../../server/model/session-status.ts"
import type { ModelSettings } from "../../server/model/settings.ts"
import { FakeClock } from "./fake-clock.ts"
import { type ModelOptions, ScriptedModel } from "./scripted/scripted-model.ts"

/** A session on a scripted model, with time standing still until it is moved. */
export interface ModelFixture extends AsyncDisposable {
  readonly model: ScriptedModel
  readonly session: Session
  readonly clock: FakeClock
  /** Every status told, in order, as `state/transport`. */
  readonly statuses: string[]
  /** The sentence of each. */
  readonly details: string[]
  readonly settings: ModelSettings
}

/** What a test changes of the usual settings. */
export interface FixtureOptions {
  readonly provider?: string
  readonly model?: ModelOptions
  readonly settings?: Partial<ModelSettings>
  /** Prepared before the session connects. */
  readonly before?: (model: ScriptedModel) => unknown
}

/** Settings for a provider, all defaults, with no key and models named. */
export function settingsFor(providerName: string, baseUrl: string | null): ModelSettings {
  const provider = providerNamed(providerName)
  if (provider === null) throw new Error(`no provider ${providerName}`)
  return {
    provider,
    baseUrl,
    allowPlain: false,
    models: { live: "m-live", deep: "m-deep" },
    efforts: { live: null, deep: null },
    tiers: { live: null, deep: null },
    template: null,
    warmUp: false,
    budget: { asksPerMinute: null, tokensPerDay: null },
    keys: { environment: {}, file: null, inSettings: null },
    patience: PATIENCE,
  }
}

/** Starts a scripted model and a session on it. */
export async function startModel(options: FixtureOptions = {}): Promise<ModelFixture> {
  const model = await ScriptedModel.start(options.model)
  options.before?.(model)
  const clock = new FakeClock()
  const statuses: string[] = []
  const details: string[] = []
  const settings = { ...settingsFor(options.provider ?? "openai", model.baseUrl), ...options.settings }
  const session = openSession({
    settings,
    log: strictLog(),
    clock,
    random: () => 0.5,
    onStatus: (status: SessionStatus) => {
      statuses.push(`${status.state}/${status.transport}`)
      details.push(status.detail)
    },
  })
  return {
    model,
    session,
    clock,
    statuses,
    details,
    settings,
    [Symbol.asyncDispose]: async () => {
      session.close()
      await model.stop()
    },
  }
}

/** An ask with everything but its words at rest. */
export function request(text: string, more: Partial<AskRequest> = {}): AskRequest {
  return {
    role: "live",
    instructions: "complete",
    stable: [],
    turns: [{ by: "user", text }],
    hole: null,
    maxOutputTokens: 64,
    priority: 0,
    cacheKey: "workspace-1",
    stop: [],
    ...more,
  }
}

/** A signal that never aborts. */
export function never(): AbortSignal {
  return new AbortController().signal
}

/** Everything of an answer: its texts joined with `|`, and how it ended in a few words. */
export async function readAll(answer: AsyncIterable<Delta>): Promise<string> {
  const texts: string[] = []
  let ending: Ending | null = null
  for await (const delta of answer) {
    if (delta.kind === "text") texts.push(delta.text)
    else if (delta.kind === "steered") texts.push("<steered>")
    else if (ending !== null) throw new Error("an answer ended twice")
    else ending = delta
  }
  if (ending === null) throw new Error("an answer never ended")
  return `${texts.join("|")} (${outcomeText(ending)})`
}

function outcomeText({ outcome }: Ending): string {
  if (outcome.status === "failed") return `${outcome.error.kind}: ${outcome.error.message}`
  if (outcome.status === "completed") return "completed"
  return `${outcome.status}: ${outcome.reason}`
}

/** Waits until something holds, letting input and output happen meanwhile; gives up after ten seconds. */
export async function until(holds: () => boolean, what = "the condition"): Promise<void> {
  const end = performance.now() + 10_000
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what} never held`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Lets everything that is on its way between the two ends of a local connection arrive. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
}

/** Lets this many heartbeats pass, each answered. */
export async function beats({ clock }: ModelFixture, count: number): Promise<void> {
  for (let beat = 0; beat < count; beat++) {
    clock.advance(20_000)
    await settle()
  }
}
