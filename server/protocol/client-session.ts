import type { Log } from "../base/log.ts"
import type { ClientLink } from "./client-link.ts"
import type { Encoding } from "./convert.ts"
import type { Introduction } from "./initialize.ts"
import { DEFAULT_SETTINGS, type MergedSettings, mergeSettings, type Settings } from "./settings.ts"

/** What a session gets from outside. */
export interface SessionOptions {
  /** The program's version. */
  readonly version: string
  /** Where to look for a project when the client names no folder; absolute. */
  readonly cwd: string
}

/** Everything that is one editor's: its profile, settings and open documents. */
export class ClientSession {
  readonly #options: SessionOptions
  readonly #link: ClientLink
  readonly #log: Log
  #introduction: Introduction | null = null
  #settings: Settings = DEFAULT_SETTINGS

  constructor(options: SessionOptions, link: ClientLink, log: Log) {
    this.#options = options
    this.#link = link
    this.#log = log
  }

  get settings(): Settings {
    return this.#settings
  }

  get encoding(): Encoding {
    return this.#introduction?.encoding ?? "utf-16"
  }

  /** Takes over what `initialize` said. */
  introduce(introduction: Introduction): void {
    this.#introduction = introduction
    this.#accept(introduction.merged)
  }

  /** Merges settings that the client sent later. */
  configure(sent: unknown): void {
    this.#accept(mergeSettings(this.#settings, sent))
  }

  start(): void {}

  close(): void {}

  status(): string {
    return "starting"
  }

  #accept({ settings, complaints }: MergedSettings): void {
    this.#settings = settings
    for (const complaint of complaints) this.#log.warn(complaint)
  }
}
