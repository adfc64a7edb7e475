import { pauseUntil } from "../../model/scripted/pace.ts"
import type { ScriptedAsk } from "../../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../../model/scripted/scripted-model.ts"
import type { LspClient } from "../lsp-client.ts"

/** An ask that has not come after so many ms does not come: the server needed none. */
const NO_ASK_MS = 100

/**
 * Why ghost text is asked for: because the user wants it now, when nothing is waited for and no gate is closed; or because
 * a key was typed, when the server pauses before it asks, and often needs not ask.
 */
export interface AskCause {
  /** As LSP numbers it. */
  readonly triggerKind: 1 | 2
  /** The server's pause after this key, ms: it is not counted. */
  readonly pauseAfter: (key: string) => number
}

/** The user asks for it at each key. */
export const INVOKED: AskCause = { triggerKind: 1, pauseAfter: () => 0 }
/** It is asked for by typing: the server's pause is 30 ms, and none behind what opens something. */
export const TYPED: AskCause = { triggerKind: 2, pauseAfter: key => (/[([{]/.test(key) ? 0 : 30) }

/** A model that answers every ask at once with nothing. */
export class ListeningModel {
  readonly #server: ScriptedModel
  readonly #arrivals: number[]
  readonly #woken: Set<() => void>

  private constructor(server: ScriptedModel, arrivals: number[], woken: Set<() => void>) {
    this.#server = server
    this.#arrivals = arrivals
    this.#woken = woken
  }

  static async start(): Promise<ListeningModel> {
    const arrivals: number[] = []
    const woken = new Set<() => void>()
    const onAsk = (ask: ScriptedAsk): void => {
      arrivals.push(ask.arrivedAt)
      for (const wake of woken) wake()
      ask.complete()
    }
    return new ListeningModel(await ScriptedModel.start({ onAsk }), arrivals, woken)
  }

  get baseUrl(): string {
    return this.#server.baseUrl
  }

  /** When the first ask after a moment was there, ms of `performance.now()`; null if none comes soon. */
  async askAfter(moment: number): Promise<number | null> {
    const deadline = performance.now() + NO_ASK_MS
    for (;;) {
      const arrival = this.#arrivals.find(at => at >= moment)
      if (arrival !== undefined || performance.now() >= deadline) return arrival ?? null
      let wake = (): void => {}
      const arrived = new Promise<void>(resolve => {
        wake = resolve
      })
      this.#woken.add(wake)
      await Promise.race([pauseUntil(deadline), arrived])
      this.#woken.delete(wake)
    }
  }

  /** Forgets what came. */
  forget(): void {
    this.#arrivals.length = 0
  }

  stop(): Promise<void> {
    return this.#server.stop()
  }
}

/**
 * Opens a file, deletes one line's code and types it again; gives for each key that was asked about the ms from the edit
 * until the model had the ask whole, beyond the pause: reparse, context, prompt, send.
 */
export async function askTimesOver(
  client: LspClient,
  model: ListeningModel,
  uri: string,
  text: string,
  line: number,
  { triggerKind, pauseAfter }: AskCause,
): Promise<readonly number[]> {
  const lineText = text.split("\n")[line]!
  const code = lineText.trim()
  const start = lineText.indexOf(code)
  const at = (units: number): { line: number; character: number } => ({ line, character: start + units })
  let version = 1
  const change = (from: number, to: number, inserted: string): void => {
    version++
    const contentChanges = [{ range: { start: at(from), end: at(to) }, text: inserted }]
    client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges })
  }
  client.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: uri.endsWith("x") ? "typescriptreact" : "typescript", version, text },
  })
  change(0, code.length, "")
  const times: number[] = []
  for (const [typed, unit] of [...code].entries()) {
    model.forget()
    const pressed = performance.now()
    change(typed, typed, unit)
    const params = { textDocument: { uri }, position: at(typed + 1), context: { triggerKind } }
    const answered = client.request("textDocument/inlineCompletion", params)
    const asked = await model.askAfter(pressed)
    if (asked !== null) times.push(Math.max(0, asked - pressed - pauseAfter(unit)))
    await answered
  }
  client.notify("textDocument/didClose", { textDocument: { uri } })
  return times
}
