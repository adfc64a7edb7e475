import { cancel } from "../base/cancel.ts"
import type { Log } from "../base/log.ts"
import type { TextChange } from "../base/text-change.ts"
import { ClientWorkspace } from "../features/client-workspace.ts"
import type { CompletionQuery } from "../features/completion/complete.ts"
import type { Completion } from "../features/completion/request.ts"
import type { Host } from "../features/host.ts"
import type { Project } from "../features/project.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import { pathOfUri } from "../workspace/file-uri.ts"
import type { ClientLink } from "./client-link.ts"
import { type ClientProfile, chooseProfile } from "./client-profile.ts"
import { askSettings } from "./configuration.ts"
import type { Encoding } from "./convert.ts"
import { WATCH_REGISTRATION } from "./did-change-watched-files.ts"
import type { Introduction } from "./initialize.ts"
import { reportIndexing } from "./progress.ts"
import { DEFAULT_SETTINGS, type MergedSettings, mergeSettings, type Settings } from "./settings.ts"

/** What a session gets from outside. */
export interface SessionOptions {
  /** The program's version. */
  readonly version: string
  /** Where to look for a project when the client names no folder; absolute. */
  readonly cwd: string
  /** The user's home folder; absolute. */
  readonly home: string
  /** The host to serve from; called once, after `initialize` was answered. `watch`: the client watches no files itself. */
  readonly openHost: (log: Log, watch: boolean) => Host
}

const REGISTER_MS = 2000

/** Everything that is one editor's: its profile, its settings and its documents. */
export class ClientSession {
  readonly #options: SessionOptions
  readonly #link: ClientLink
  readonly #log: Log
  readonly #closed = new AbortController()
  #introduction: Introduction | null = null
  #settings: Settings = DEFAULT_SETTINGS
  #workspace: ClientWorkspace | null = null
  #folders: readonly string[] = []
  #reports = 0

  constructor(options: SessionOptions, link: ClientLink, log: Log) {
    this.#options = options
    this.#link = link
    this.#log = log
  }

  get settings(): Settings {
    return this.#settings
  }

  get profile(): ClientProfile {
    return this.#introduction?.profile ?? chooseProfile(null)
  }

  get encoding(): Encoding {
    return this.#introduction?.encoding ?? "utf-16"
  }

  /** Takes over what `initialize` said. */
  introduce(introduction: Introduction): void {
    this.#introduction = introduction
    this.#folders = introduction.roots
    this.#accept(introduction.merged)
  }

  /** Begins the work that `initialize` must not wait for, and asks the client what it may tell. */
  start(): void {
    void this.#opened()
    const { configuration, watchesFiles } = this.profile
    if (configuration) void this.askForSettings()
    if (watchesFiles) void this.#link.ask("client/registerCapability", WATCH_REGISTRATION, REGISTER_MS)
  }

  /** Merges settings that the client sent. */
  configure(sent: unknown): void {
    this.#accept(mergeSettings(this.#settings, sent))
  }

  /** Asks the client for its settings and merges them once they come. Never rejects. */
  async askForSettings(): Promise<void> {
    const sent = await askSettings(this.#link)
    if (sent !== null) this.configure(sent)
  }

  /** Works in other folders from now on. */
  changeFolders(removed: readonly string[], added: readonly string[]): void {
    const kept = this.#folders.filter(folder => !removed.includes(folder))
    this.#folders = [...new Set([...kept, ...added])]
    if (this.#workspace !== null) this.#workspace.enter(this.#roots())
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    this.#opened().open(uri, languageId, version, text)
  }

  change(uri: string, changes: readonly TextChange[], version: number): void {
    this.#workspace?.change(uri, changes, version)
  }

  /** Has the file looked at again: watching may be off or late. */
  saved(uri: string): void {
    const path = pathOfUri(uri)
    if (path !== null) this.filesChanged([path])
  }

  closeDocument(uri: string): void {
    this.#workspace?.close(uri)
  }

  filesChanged(paths: readonly string[]): void {
    this.#workspace?.project.workspace.filesChanged(paths)
  }

  /** The document as it is now, or null if it is not open. */
  document(uri: string): DocumentSnapshot | null {
    return this.#workspace?.document(uri) ?? null
  }

  /** What could be shown at a place of an open document, by the user's settings. */
  complete(query: Omit<CompletionQuery, "eagerness">, signal: AbortSignal): Completion {
    return this.#opened().complete({ ...query, eagerness: this.#settings.eagerness }, signal)
  }

  /** A few sentences for the user on what is known of the project. */
  status(): string {
    return this.#workspace?.status() ?? "Pilotlight has not looked at the project yet."
  }

  /** Gives everything back; the host closes what nobody uses any more. */
  close(): void {
    cancel(this.#closed, "shutdown")
    this.#workspace?.dispose()
    this.#workspace = null
  }

  #opened(): ClientWorkspace {
    if (this.#workspace !== null) return this.#workspace
    const { openHost, home } = this.#options
    const log = this.#log
    // Helix declares that it watches files, but tells only of its own saves.
    const watch = !this.profile.watchesFiles || this.profile.name === "helix"
    this.#workspace = new ClientWorkspace({
      host: openHost(log, watch),
      roots: this.#roots(),
      home,
      log,
      onProject: project => this.#report(project),
    })
    return this.#workspace
  }

  #roots(): readonly string[] {
    return this.#folders.length > 0 ? this.#folders : [this.#options.cwd]
  }

  #report(project: Project): void {
    if (!this.profile.workDoneProgress) return
    const token = `pilotlight/indexing/${this.#reports++}`
    void reportIndexing(project, token, this.#link, this.#closed.signal)
  }

  #accept({ settings, complaints }: MergedSettings): void {
    this.#settings = settings
    for (const complaint of complaints) this.#log.warn(complaint)
  }
}
