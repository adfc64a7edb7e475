import { changeBetween } from "../../base/text-change.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type Anchor, anchored, followed } from "./anchor.ts"
import type { DocumentEdit, DocumentEditor } from "./document-edit.ts"

/** What one action made of one document. */
export interface Written {
  readonly uri: string
  /** What was written, in the text it was written into. */
  readonly anchor: Anchor
  /** What stood there before. */
  readonly old: string
}

interface Entry {
  readonly title: string
  readonly written: readonly Written[]
}

/** Actions that can be undone, the last ones. */
const MOST_ENTRIES = 20

/** What actions wrote in one client's documents, to be taken back as wholes. */
export class UndoList {
  readonly #entries: Entry[] = []

  /** Notes what an action wrote; nothing written is nothing to undo. */
  note(title: string, written: readonly Written[]): void {
    const changed = written.filter(({ anchor, old }) => anchored(anchor) !== old)
    if (changed.length === 0) return
    this.#entries.push({ title, written: changed })
    if (this.#entries.length > MOST_ENTRIES) this.#entries.shift()
  }

  /** Takes back the last action and says so in a sentence. One that can't be is kept, with its documents as they are. */
  async undo(document: (uri: string) => DocumentSnapshot | null, editor: DocumentEditor): Promise<string> {
    const entry = this.#entries.at(-1)
    if (entry === undefined) return "There is nothing of Pilotlight's to undo."
    const edits = entry.written.map(written => takenBack(written, document(written.uri)))
    if (edits.includes(null)) {
      return `"${entry.title}" can't be undone: what it wrote was changed since, or its document is closed.`
    }
    const outcome = await editor.apply(edits as DocumentEdit[], `Undo: ${entry.title}`)
    if (outcome.kind !== "applied") return `"${entry.title}" was not undone: ${outcome.reason}.`
    const at = this.#entries.indexOf(entry)
    if (at >= 0) this.#entries.splice(at, 1)
    return `Undone: ${entry.title}.`
  }
}

/** What an edit makes of a document, as one stretch; null if it changes nothing. */
export function writtenBy(uri: string, before: string, after: string): Written | null {
  const change = changeBetween(before, after)
  if (change === null) return null
  return {
    uri,
    anchor: { text: after, start: change.start, end: change.start + change.text.length },
    old: before.slice(change.start, change.end),
  }
}

function takenBack({ anchor, old }: Written, document: DocumentSnapshot | null): DocumentEdit | null {
  const place = document && followed(anchor, document.text)
  if (document === null || place === null) return null
  return { document, changes: [{ start: place.start, end: place.end, text: old }] }
}
