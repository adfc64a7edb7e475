import type { TextDocumentEdit } from "vscode-languageserver/node"
import { changeBetween } from "../base/text-change.ts"
import {
  type DocumentEdit,
  type DocumentEditor,
  type EditOutcome,
  editedText,
} from "../features/actions/document-edit.ts"
import type { Clock } from "../model/clock.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import type { ClientLink } from "./client-link.ts"
import { type Encoding, rangeBetween } from "./convert.ts"
import { fieldsOf } from "./params.ts"

/** Milliseconds that an editor may take to answer; Emacs answers only when it is idle. */
const ANSWER_MS = 5000
/** Milliseconds after its answer that the changed text may take: Neovim tells of it 150 ms late, Emacs half a second. */
const SETTLE_MS = 1500

/** The open documents that edits are checked against. */
interface WatchedDocuments {
  document(uri: string): DocumentSnapshot | null
  /** Calls `listener` after each document is opened, changed or closed, until the function given back is called. */
  watch(listener: (uri: string) => void): () => void
}

/** What `EditSender` works with. */
interface EditSenderParts {
  readonly link: ClientLink
  readonly documents: WatchedDocuments
  readonly encoding: () => Encoding
  readonly clock: Clock
}

/**
 * The only sender of `workspace/applyEdit`.
 * Invariant: one is in flight at a time, each is made for the version that is open, and none counts as applied before the
 * text that comes back is the text expected: some editors say `applied` and do nothing.
 */
export class EditSender implements DocumentEditor {
  readonly #parts: EditSenderParts
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: EditSenderParts) {
    this.#parts = parts
  }

  apply(edits: readonly DocumentEdit[], label: string): Promise<EditOutcome> {
    const outcome = this.#last.then(() => this.#send(edits, label))
    this.#last = outcome
    return outcome
  }

  async #send(all: readonly DocumentEdit[], label: string): Promise<EditOutcome> {
    const { link, documents } = this.#parts
    const edits = all.filter(edit => edit.changes.length > 0)
    if (edits.length === 0) return { kind: "applied" }
    const open = edits.filter(({ document }) => documents.document(document.uri) !== null)
    if (open.some(({ document }) => documents.document(document.uri)?.text !== document.text)) {
      return { kind: "refused", reason: "the document changed before the edit could be applied" }
    }
    const seen = new Arrival(open, documents)
    const edit = { documentChanges: edits.map(each => this.#documentChange(each)) }
    const answer = await link.ask("workspace/applyEdit", { label, edit }, ANSWER_MS)
    const said = fieldsOf(answer?.result)
    if (said["applied"] !== false) await seen.within(SETTLE_MS, this.#parts.clock)
    seen.stop()
    return outcomeOf(seen, open.length < edits.length, said)
  }

  #documentChange({ document, changes }: DocumentEdit): TextDocumentEdit {
    const { documents, encoding } = this.#parts
    const version = documents.document(document.uri)?.version ?? null
    return {
      textDocument: { uri: document.uri, version },
      edits: changes.map(({ start, end, text }) => ({
        range: rangeBetween(document, start, end, encoding()),
        newText: text,
      })),
    }
  }
}

function outcomeOf(seen: Arrival, touchesClosed: boolean, said: ReturnType<typeof fieldsOf>): EditOutcome {
  const why = typeof said["failureReason"] === "string" ? `: ${said["failureReason"]}` : ""
  if (said["applied"] === false && !seen.isComplete) {
    return seen.isUntouched
      ? { kind: "refused", reason: `the editor did not apply the edit${why}` }
      : { kind: "unverified", reason: `the editor refused the edit, yet the text changed${why}` }
  }
  if (seen.isComplete && (!touchesClosed || said["applied"] === true)) return { kind: "applied" }
  if (seen.isComplete)
    return { kind: "unverified", reason: "the editor did not say whether it applied the edit" }
  if (seen.isUntouched && said["applied"] === true) {
    return { kind: "refused", reason: "the editor said it applied the edit, but the text did not change" }
  }
  if (seen.isUntouched) return { kind: "refused", reason: "the editor did not apply the edit" }
  return { kind: "unverified", reason: "the text in the editor is not what the edit should have made of it" }
}

/** Waits for the texts that edits should make of their documents. */
class Arrival {
  readonly #expected: ReadonlyMap<string, DocumentEdit>
  readonly #documents: WatchedDocuments
  readonly #missing: Set<string>
  readonly #unwatch: () => void
  #wake: () => void = () => {}

  constructor(edits: readonly DocumentEdit[], documents: WatchedDocuments) {
    this.#expected = new Map(edits.map(edit => [edit.document.uri, edit]))
    this.#documents = documents
    this.#missing = new Set(this.#expected.keys())
    this.#unwatch = documents.watch(uri => this.#look(uri))
  }

  /** Whether each document came to hold what its edit should make of it, other changes elsewhere in it aside. */
  get isComplete(): boolean {
    return this.#missing.size === 0
  }

  /** Whether no document is other than it was before. */
  get isUntouched(): boolean {
    return [...this.#expected.values()].every(
      ({ document }) => this.#documents.document(document.uri)?.text === document.text,
    )
  }

  /** Settles when it is complete, or after `ms`. */
  async within(ms: number, clock: Clock): Promise<void> {
    if (this.isComplete) return
    await new Promise<void>(resolve => {
      this.#wake = resolve
      clock.after(ms, resolve)
    })
  }

  stop(): void {
    this.#unwatch()
  }

  #look(uri: string): void {
    const edit = this.#expected.get(uri)
    const document = this.#documents.document(uri)
    if (edit === undefined || document === null || !holdsEdit(document.text, edit)) return
    this.#missing.delete(uri)
    if (this.isComplete) this.#wake()
  }
}

/** Whether a text is what the edit makes, but for changes that keep clear of it: the user may have typed elsewhere. */
function holdsEdit(text: string, edit: DocumentEdit): boolean {
  const expected = editedText(edit)
  const other = changeBetween(expected, text)
  if (other === null) return true
  const made = changeBetween(edit.document.text, expected)
  if (made === null) return true
  return other.end < made.start || other.start > made.start + made.text.length
}
