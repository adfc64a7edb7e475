import { cancel } from "../../base/cancel.ts"
import { Cancelled, ModelError } from "../../base/errors.ts"
import type { Log } from "../../base/log.ts"
import type { Clock } from "../../model/clock.ts"
import type { ClientWorkspace } from "../client-workspace.ts"
import { type DocumentEdit, type DocumentEditor, editedText } from "./document-edit.ts"
import type { EditOrder } from "./edit-order.ts"
import { EditRun, type EditRunEnd } from "./edit-run.ts"
import { type EditSettings, prepareEdit, targetOf } from "./prepare-edit.ts"
import { UndoList, writtenBy } from "./undo-list.ts"

/** What actions are shown by. Nothing waits for it. */
interface ActionScreen {
  /** Says one sentence to the user. */
  tell(sentence: string): void
  /** Shows work until it ends; `onCancel` is called if the user cancels it there. */
  begin(title: string, onCancel: () => void): { report(message: string): void; end(message: string): void }
}

/** What the actions of one client work with. */
interface ActionsParts {
  readonly workspace: () => ClientWorkspace
  readonly editor: DocumentEditor
  readonly screen: ActionScreen
  readonly clock: Clock
  readonly log: Log
  readonly settings: () => EditSettings & { readonly streams: boolean }
}

/** A stretch of a document, UTF-16 code units. */
export interface Place {
  readonly uri: string
  readonly start: number
  readonly end: number
}

/** What is said of what the user stopped. */
const STOPPED = "stopped"

/** One action from its order to its end. */
interface Work {
  readonly order: EditOrder
  readonly stop: AbortController
  /** The lines it is about, once known. */
  range: { readonly start: number; readonly end: number }
  /** Null until the model is asked. */
  run: EditRun | null
  /** An instruction that came before the model was asked. */
  redirect: string | null
}

/**
 * The actions of one client: at most one at a time at any place of a document.
 * Invariant: each ends with the document untouched or verified, and with one sentence for the user unless all went well.
 */
export class Actions {
  readonly #parts: ActionsParts
  readonly #works = new Set<Work>()
  readonly #undo = new UndoList()
  /** What is being read for the user. */
  readonly #jobs = new Set<AbortController>()

  constructor(parts: ActionsParts) {
    this.#parts = parts
  }

  /** Begins an edit. What comes of it shows in the document, or in a sentence. */
  start(order: EditOrder): void {
    const work: Work = { order, stop: new AbortController(), range: order, run: null, redirect: null }
    if (this.#overlapping(order.uri, order) !== null) {
      this.#say(order, "Pilotlight is still at work here: stop it first, or tell it what to do instead")
      return
    }
    this.#works.add(work)
    void this.#perform(work)
  }

  /** Makes an edit that needs no model; says a sentence unless it was applied. It can be undone like all others. */
  async apply(edit: DocumentEdit, title: string): Promise<void> {
    const { document } = edit
    const outcome = await this.#parts.editor.apply([edit], title)
    if (outcome.kind !== "applied") {
      this.#parts.screen.tell(`${title}: ${outcome.reason}.`)
      return
    }
    const written = writtenBy(document.uri, document.text, editedText(edit))
    if (written !== null) this.#undo.note(title, [written])
  }

  /** Has work done that changes no document; it gives a sentence for the user, or null where all is said. */
  perform(
    title: string,
    job: (onProgress: (message: string) => void, signal: AbortSignal) => Promise<string | null>,
  ): void {
    const stop = new AbortController()
    const progress = this.#parts.screen.begin(title, () => cancel(stop, "client"))
    this.#jobs.add(stop)
    void this.#settled<string | null>(
      () => job(message => progress.report(message), stop.signal),
      says => says,
    ).then(says => {
      this.#jobs.delete(stop)
      progress.end(says ?? "done")
      if (says !== null && says !== STOPPED) this.#parts.screen.tell(`${title}: ${says}.`)
    })
  }

  /** Whether something is running anywhere in a document. */
  isRunningIn(uri: string): boolean {
    return [...this.#works].some(({ order }) => order.uri === uri)
  }

  /** Whether something is running at a place of a document. */
  isRunningAt(place: Place): boolean {
    return this.#overlapping(place.uri, place) !== null
  }

  /** Has what runs at a place, or what was started last, follow another instruction; says so if nothing does. */
  steer(instruction: string, at: Place | null): void {
    const work = this.#chosen(at)
    if (work === null) {
      this.#parts.screen.tell("Pilotlight is not writing anything that could be redirected.")
    } else if (work.run === null) work.redirect = instruction
    else if (!work.run.steer(instruction)) this.#say(work.order, "it is too late to redirect it")
  }

  /** Stops what runs at a place, or everything that runs. */
  stop(at: Place | null): void {
    const works = at === null ? [...this.#works] : [this.#overlapping(at.uri, at)]
    for (const work of works) if (work !== null) stopWork(work)
    if (at === null) for (const job of this.#jobs) cancel(job, "client")
  }

  /** Takes back what the last action wrote, all of it. */
  async undo(): Promise<void> {
    const said = await this.#undo.undo(uri => this.#parts.workspace().document(uri), this.#parts.editor)
    this.#parts.screen.tell(said)
  }

  /** Notes that a document was opened, changed or closed. */
  changed(uri: string): void {
    for (const { order, run } of this.#works) if (order.uri === uri) run?.look()
  }

  /** Stops everything, without a word. */
  dispose(): void {
    for (const work of this.#works) stopWork(work)
    for (const job of this.#jobs) cancel(job, "shutdown")
  }

  async #perform(work: Work): Promise<void> {
    const { order } = work
    const progress = this.#parts.screen.begin(order.title, () => stopWork(work))
    const failed = (says: string): EditRunEnd => ({ kind: "failed", says, written: [] })
    const { says, written } = await this.#settled(
      () => this.#attempt(work, message => progress.report(message)),
      failed,
    )
    this.#works.delete(work)
    this.#undo.note(order.title, written)
    progress.end(says)
    if (says !== "done" && says !== STOPPED) this.#say(order, says)
  }

  /** What a job comes to; `failed` makes it of a sentence where it was stopped or failed. */
  async #settled<T>(job: () => Promise<T>, failed: (says: string) => T): Promise<T> {
    try {
      return await job()
    } catch (error) {
      if (error instanceof Cancelled) return failed(STOPPED)
      if (error instanceof ModelError) return failed(error.message)
      this.#parts.log.bug("an action failed", error)
      return failed("Pilotlight made a mistake; the log says which")
    }
  }

  async #attempt(work: Work, onProgress: (message: string) => void): Promise<EditRunEnd> {
    const { order, stop } = work
    const workspace = this.#parts.workspace()
    const failed = (says: string): EditRunEnd => ({ kind: "failed", says, written: [] })
    const { session } = workspace.host
    if (session === null) return failed("no model is set; see the README on how to set one")
    const place = await targetOf(order, workspace, stop.signal)
    if (place === null) return failed("there is no code here to work on")
    work.range = place.target
    const settings = this.#parts.settings()
    const prepared = await prepareEdit(order, place, workspace, settings, stop.signal)
    if ("refused" in prepared) return failed(prepared.refused)
    const { editor, clock } = this.#parts
    const run = new EditRun(prepared, {
      session,
      editor,
      clock,
      document: uri => workspace.document(uri),
      trial: uri => workspace.trial(uri),
      streams: settings.streams,
      onProgress,
    })
    work.run = run
    if (work.redirect !== null) run.steer(work.redirect)
    return run.run()
  }

  #chosen(at: Place | null): Work | null {
    return (at && this.#overlapping(at.uri, at)) ?? [...this.#works].at(-1) ?? null
  }

  #overlapping(uri: string, { start, end }: { readonly start: number; readonly end: number }): Work | null {
    const works = [...this.#works].filter(({ order }) => order.uri === uri)
    return works.find(work => overlaps(work.run?.place ?? work.range, start, end)) ?? null
  }

  #say({ title }: EditOrder, sentence: string): void {
    this.#parts.screen.tell(`${title}: ${sentence.replace(/\.$/, "")}.`)
  }
}

function overlaps(range: Work["range"], start: number, end: number): boolean {
  return start <= range.end && end >= range.start
}

function stopWork({ run, stop }: Work): void {
  if (run === null) cancel(stop, "client")
  else run.stop()
}
