import { mulberry32, pickBelow } from "../bench/random.ts"
import type { StepFault } from "../model/scripted/faults.ts"
import { playStep, type ScriptedAsk } from "../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"

const FAULTS: readonly StepFault[] = [
  "garbage",
  "binary",
  "unknown-event",
  "gap",
  "drop",
  "half-frame",
  "close-1011",
  "server-error",
  "flat-error",
  "no-end",
  "double-end",
  "late-event",
]
const PIECES = [
  "const ",
  "total",
  " = ",
  "items",
  ".reduce(",
  "(sum, it) =>",
  " sum",
  ")",
  "\n",
  "}",
  "```",
  "😀",
]
/** One ask in so many ends in trouble. */
const FAULT_EVERY = 20
const LONGEST_MS = 12

/** A model that answers nonsense soon, and every so often fails in one of the ways that models do. */
export class TroubledModel implements AsyncDisposable {
  /** Asks that came. */
  asks = 0
  readonly #model: ScriptedModel

  private constructor(model: ScriptedModel) {
    this.#model = model
  }

  static async start(seed: number): Promise<TroubledModel> {
    const random = mulberry32(seed)
    const below = (count: number): number => pickBelow(random, count)
    const onAsk = (ask: ScriptedAsk): void => {
      troubled.asks++
      const deltas = Array.from({ length: below(30) }, () => PIECES[below(PIECES.length)]!)
      const fault = below(FAULT_EVERY) === 0 ? { fault: FAULTS[below(FAULTS.length)]! } : {}
      void playStep(ask, { deltas, firstMs: below(LONGEST_MS), ...fault })
    }
    const troubled: TroubledModel = new TroubledModel(await ScriptedModel.start({ onAsk }))
    return troubled
  }

  get baseUrl(): string {
    return this.#model.baseUrl
  }

  /** Sockets that are open now. */
  get openSockets(): number {
    return this.#model.sockets.filter(({ ws }) => ws.readyState === ws.OPEN).length
  }

  /** Cuts every connection, or has the next ones go wrong. */
  disturb(below: (count: number) => number): void {
    const what = below(24)
    if (what < 3) this.#model.dropAll()
    else if (what === 3) this.#model.upgrades.push("open-then-drop")
    else if (what < 12) for (const socket of this.#model.sockets) socket.forget()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#model.stop()
  }
}
