import { EventEmitter } from "node:events"
import { pauseUntil } from "../model/scripted/pace.ts"
import type { ScriptedAsk } from "../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"
import { until } from "./until.ts"

/** What somebody thinks of while the model writes. */
export const NEW_INSTRUCTION = "call them sums"

/** What the model writes, as lines. */
interface Rewrites {
  readonly first: readonly string[]
  readonly redirected: readonly string[]
}

const TOKEN = /[\s\S]{1,4}/g
/** One a millisecond: 1,000 tokens in a second. */
const TOKEN_MS = 1

/**
 * A model that rewrites at 1,000 tokens a second, one way until it is told of the new instruction and another way then.
 * It keeps the end of the first way for itself, so that no test can come too late.
 */
export class RewritingModel implements AsyncDisposable {
  /** What it was told to do, in order. */
  readonly instructions: string[] = []
  readonly #rewrites: Rewrites
  readonly #model: ScriptedModel
  readonly #changes = new EventEmitter()
  #lines = 0

  private constructor(model: ScriptedModel, rewrites: Rewrites) {
    this.#model = model
    this.#rewrites = rewrites
  }

  static async start(rewrites: Rewrites): Promise<RewritingModel> {
    const started: { model: RewritingModel | null } = { model: null }
    const onAsk = (ask: ScriptedAsk): void => void started.model?.answer(ask)
    started.model = new RewritingModel(await ScriptedModel.start({ onAsk }), rewrites)
    return started.model
  }

  get baseUrl(): string {
    return this.#model.baseUrl
  }

  /** Settles once so many lines were said; rejects with the evidence when they never are. */
  said(lines: number, evidence: () => Promise<string>): Promise<void> {
    const holds = async (): Promise<boolean> => this.#lines >= lines
    const what = `the model to be asked, and to say ${lines} lines`
    return until({ what, holds, changes: this.#changes, ended: () => false, evidence })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#model.stop()
  }

  /** Answers an edit; whoever asks for something else is told nothing. */
  async answer(ask: ScriptedAsk): Promise<void> {
    const instruction = /[Ii]nstruction[^\n]*:\n\n([^\n]+)/g
    const last = [...ask.input.matchAll(instruction)].at(-1)?.[1]
    if (last === undefined) return ask.answer("")
    this.instructions.push(last)
    const at = this.instructions.length
    ask.surface.begin()
    const lines = at === 1 ? this.#rewrites.first.slice(0, -1) : this.#rewrites.redirected
    await this.#say(ask, `\`\`\`ts\n${lines.join("\n")}\n`, () => at === this.instructions.length)
    if (at === 1) return
    ask.surface.delta("```\n")
    ask.complete()
  }

  async #say(ask: ScriptedAsk, text: string, isWanted: () => boolean): Promise<void> {
    const started = performance.now()
    for (const [at, token] of (text.match(TOKEN) ?? []).entries()) {
      await pauseUntil(started + at * TOKEN_MS)
      if (!isWanted()) return
      ask.surface.delta(token)
      this.#lines += token.split("\n").length - 1
      this.#changes.emit("change")
    }
  }
}
