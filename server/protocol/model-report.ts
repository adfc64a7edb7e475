import type { Log } from "../base/log.ts"
import type { SessionStatus } from "../model/session-status.ts"
import type { ClientLink } from "./client-link.ts"
import { tellUser } from "./show-document.ts"

/** States that last until the user does something about them, and one that explains why there is less to see. */
const TOLD: Partial<Record<SessionStatus["state"], string>> = {
  refused: "The model set is not used",
  unauthorized: "The model is not used for now",
  unavailable: "The model can't be reached, suggestions come from the project alone meanwhile",
}

/** Tells the user what becomes of the way to the model: once what he must know of, in the log everything else. */
export class ModelReport {
  readonly #link: ClientLink
  readonly #log: Log
  readonly #told = new Set<SessionStatus["state"]>()

  constructor(link: ClientLink, log: Log) {
    this.#link = link
    this.#log = log
  }

  /** Takes a change of status. A state is shown once per connection of the editor: a bad line may come and go all day. */
  tell({ state, detail }: SessionStatus): void {
    const intro = TOLD[state]
    if (intro === undefined || this.#told.has(state)) {
      this.#log.info(`model: ${detail}`)
      return
    }
    this.#told.add(state)
    tellUser(this.#link, `Pilotlight: ${intro}: ${detail}.`, "warning")
  }
}
