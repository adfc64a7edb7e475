import { playStep, type ScriptedAsk } from "../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"

/** The line that the prompt asks to begin the answer with. */
const LINE_START = /<line_start>([^<]*)<\/line_start>/g
const FIRST_MS = 20
const PIECE = /[\s\S]{1,4}/g

/** A model that knows one text, and says it to everybody who asks for what begins as it does; to others nothing. */
export class EditorModel implements AsyncDisposable {
  /** Settles once it has said its text to somebody. */
  readonly answered: Promise<void>
  readonly #model: ScriptedModel

  private constructor(model: ScriptedModel, answered: Promise<void>) {
    this.#model = model
    this.answered = answered
  }

  static async start(text: string): Promise<EditorModel> {
    let tell = (): void => {}
    const answered = new Promise<void>(resolve => {
      tell = resolve
    })
    const onAsk = (ask: ScriptedAsk): void => {
      const line = [...ask.input.matchAll(LINE_START)].at(-1)?.[1]
      const isKnown = line !== undefined && text.startsWith(line)
      const deltas = isKnown ? (text.match(PIECE) ?? []) : []
      void playStep(ask, { deltas, firstMs: FIRST_MS, tokenMs: 1 }).then(() => isKnown && tell())
    }
    return new EditorModel(await ScriptedModel.start({ onAsk }), answered)
  }

  get baseUrl(): string {
    return this.#model.baseUrl
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#model.stop()
  }
}
