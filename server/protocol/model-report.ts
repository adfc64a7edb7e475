import type { Log } from "../base/log.ts"
import type { Clock } from "../model/clock.ts"
import type { SessionStatus } from "../model/session-status.ts"
import type { ClientLink } from "./client-link.ts"
import { tellUser } from "./show-document.ts"

/** States that last until the user does something about them, and one that explains why there is less to see. */
const TOLD: Partial<Record<SessionStatus["state"], string>> = {
  refused: "The model set is not used",
  unauthorized: "The model is not used for now",
  unavailable: "The model can't be reached, suggestions come from the project alone meanwhile",
}

/** Trouble after so many ms without any is told like the first: a bad line that comes and goes all day is not. */
const RECOVERED_MS = 60_000

/** Tells the user what becomes of the way to the model: once what he must know of, in the log everything else. */
export class ModelReport {
  readonly #link: ClientLink
  readonly #log: Log
  readonly #clock: Pick<Clock, "now">
  /** States that were told, and what is wrong with settings. */
  readonly #told = new Set<string>()
  #readySince: number | null = null

  constructor(link: ClientLink, log: Log, clock: Pick<Clock, "now">) {
    this.#link = link
    this.#log = log
    this.#clock = clock
  }

  /** Takes a change of status. Trouble is shown once, and again after the model had answered for a while. */
  tell({ state, detail }: SessionStatus): void {
    const intro = TOLD[state]
    if (state === "ready") this.#readySince ??= this.#clock.now()
    if (intro !== undefined) this.#forgetIfRecovered()
    const trouble = state === "refused" ? detail : state
    if (intro === undefined || this.#told.has(trouble)) {
      this.#log.info(`model: ${detail}`)
      return
    }
    this.#told.add(trouble)
    tellUser(this.#link, `Pilotlight: ${intro}: ${detail}.`, "warning")
  }

  #forgetIfRecovered(): void {
    const since = this.#readySince
    if (since !== null && this.#clock.now() - since >= RECOVERED_MS) this.#told.clear()
    this.#readySince = null
  }
}
