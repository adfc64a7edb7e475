import { pauseUntil } from "../../model/scripted/pace.ts"
import type { ScriptedAsk } from "../../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../../model/scripted/scripted-model.ts"
import { askedPlace } from "./asked-place.ts"
import type { HeldOut } from "./held-out.ts"
import { type OracleAnswer, oracleAnswer, tokensOf } from "./oracle.ts"

/** The model's pace: ms to its first token, and between tokens. */
const FIRST_MS = 150
const TOKEN_MS = 1

/** To a prompt that does not show the place. */
const NOTHING: OracleAnswer = { text: "", continuation: "" }

/** One ask, as the model counts it. */
export interface CountedAsk {
  /** When its last byte was there, ms of `performance.now()`. */
  readonly at: number
  /** The body up to the cursor that it asked about; null where the model could not find it in the prompt. */
  readonly typed: string | null
  /** The code that its answer has for behind `typed`. */
  readonly continuation: string
  /** Tokens made so far. */
  tokens: number
}

/** A model of one typist's: it knows the function that is being typed, and keeps count of what it is asked. */
export class TypingModel {
  readonly asks: CountedAsk[] = []
  #held: HeldOut | null = null
  readonly #server: ScriptedModel

  private constructor(server: ScriptedModel) {
    this.#server = server
  }

  static async start(): Promise<TypingModel> {
    const onAsk = (ask: ScriptedAsk): void => void model.#answer(ask)
    const model: TypingModel = new TypingModel(await ScriptedModel.start({ onAsk }))
    return model
  }

  get baseUrl(): string {
    return this.#server.baseUrl
  }

  /** Another function is typed from now on; gives the number of asks before. */
  begin(held: HeldOut): number {
    this.#held = held
    return this.asks.length
  }

  stop(): Promise<void> {
    return this.#server.stop()
  }

  async #answer(ask: ScriptedAsk): Promise<void> {
    const held = this.#held
    const place = held === null ? null : askedPlace(ask.input, held)
    const answer = held === null || place === null ? NOTHING : oracleAnswer(held, place)
    const counted = {
      at: ask.arrivedAt,
      typed: place?.typed ?? null,
      continuation: answer.continuation,
      tokens: 0,
    }
    this.asks.push(counted)
    let gone = false
    void ask.gone.then(() => {
      gone = true
    })
    await pauseUntil(ask.arrivedAt + FIRST_MS)
    const bound = Number(ask.body["max_output_tokens"] ?? Number.POSITIVE_INFINITY)
    for (const [at, token] of tokensOf(answer.text).slice(0, bound).entries()) {
      await pauseUntil(ask.arrivedAt + FIRST_MS + at * TOKEN_MS)
      // Over HTTP the asker's leaving ends it; over a socket nothing does.
      if (gone) return
      ask.surface.delta(token)
      counted.tokens++
    }
    ask.complete()
  }
}
