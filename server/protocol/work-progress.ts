import type { ClientLink } from "./client-link.ts"
import type { MethodContext } from "./method-context.ts"
import { fieldsOf } from "./params.ts"

/** Milliseconds after which an editor that did not create a progress gets none. */
const CREATE_MS = 2000

/** One piece of work as an editor shows it. */
export interface WorkProgress {
  /** Says what is being done; only the last thing said before the editor is ready is shown. */
  report(message: string): void
  /** Ends it, once. */
  end(message: string): void
}

/** The progress of work that this server starts by itself, and what the user cancels of it. */
export class WorkProgresses {
  readonly #link: ClientLink
  readonly #cancels = new Map<string, () => void>()
  #count = 0

  constructor(link: ClientLink) {
    this.#link = link
  }

  /** Shows work under a title until it ends. `onCancel` is called if the user cancels it there. Nothing waits for the editor. */
  begin(title: string, onCancel: () => void): WorkProgress {
    const token = `pilotlight/action/${this.#count++}`
    this.#cancels.set(token, onCancel)
    let isReady = false
    let said = ""
    let ended: string | null = null
    const send = (value: object): void => this.#link.notify("$/progress", { token, value })
    void this.#link.ask("window/workDoneProgress/create", { token }, CREATE_MS).then(answer => {
      if (answer === null || ended !== null) return
      isReady = true
      send({ kind: "begin", title: `Pilotlight: ${title}`, cancellable: true, message: said })
    })
    return {
      report: message => {
        said = message
        if (isReady && ended === null) send({ kind: "report", message })
      },
      end: message => {
        if (ended !== null) return
        ended = message
        this.#cancels.delete(token)
        if (isReady) send({ kind: "end", message })
      },
    }
  }

  /** Takes `window/workDoneProgress/cancel`; a token of nobody's is none the worse. */
  cancelled(params: unknown): void {
    const { token } = fieldsOf(params)
    if (typeof token === "string") this.#cancels.get(token)?.()
  }
}

/** Serves `window/workDoneProgress/cancel`. */
export function registerProgressCancel({ dispatcher, progresses }: MethodContext): void {
  dispatcher.onNotification("window/workDoneProgress/cancel", params => progresses.cancelled(params))
}
