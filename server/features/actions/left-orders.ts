import { changeBetween } from "../../base/text-change.ts"
import type { Lexicon } from "../../syntax/tokens.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { Place } from "./actions.ts"
import { type InstructionComment, instructionAt, instructionComments } from "./instruction-comment.ts"

/** What was last seen of a document, and the order that is being written in it. */
interface Seen {
  readonly document: DocumentSnapshot
  readonly written: InstructionComment | null
}

/** Notices when the line of an order in a comment, written just now, is left. What stood there before is none of it. */
export class LeftOrders {
  readonly #start: (place: Place) => void
  readonly #seen = new Map<string, Seen>()

  /** `start` is called with the place of each order that was left. */
  constructor(start: (place: Place) => void) {
    this.#start = start
  }

  /** Looks at a document after a change; costs a comparison of its text with the one before. */
  look(document: DocumentSnapshot, lexicon: Lexicon | null, prefix: string): void {
    const before = this.#seen.get(document.uri) ?? { document, written: null }
    const change = changeBetween(before.document.text, document.text)
    const orders =
      lexicon === null || !document.text.includes(prefix)
        ? []
        : instructionComments(document, lexicon, prefix)
    const at = change === null ? null : change.start + change.text.length
    const under = at === null ? before.written : instructionAt(orders, document, at)
    // A line break at the end of an order is typed in its line, and leads out of it.
    const left = orders.find(({ instruction }) => instruction === before.written?.instruction) ?? null
    const isLeft = left !== null && under?.start !== left.start && !goesOn(document, left, at, lexicon)
    this.#seen.set(document.uri, { document, written: isLeft ? null : (under ?? left) })
    if (isLeft) this.#start({ uri: document.uri, start: left.start, end: left.start })
  }

  /** Takes a document as it is, without looking for orders in it. */
  note(document: DocumentSnapshot): void {
    this.#seen.set(document.uri, { document, written: null })
  }

  /** Forgets a document. */
  forget(uri: string): void {
    this.#seen.delete(uri)
  }
}

/** Whether a place is in a comment on the line right below an order, which may become its next line. */
function goesOn(
  { text, lines }: DocumentSnapshot,
  order: InstructionComment,
  at: number | null,
  lexicon: Lexicon | null,
): boolean {
  if (at === null || order.trails || lines.lineAt(at) !== lines.lineAt(order.end)) return false
  const line = text.slice(lines.startOf(lines.lineAt(at)), at).trimStart()
  return lexicon?.lineComments.some(mark => line.startsWith(mark)) === true
}
