import type { DocumentSnapshot } from "../workspace/document.ts"

/** Ms within which the same question comes from the editor itself: lsp-mode asks in bursts. */
const BURST_MS = 300

/**
 * Knows lists that somebody asks for by a key of his own: no editor asks again by itself where nothing was typed, while
 * `Invoked` is said by most of them for every key.
 */
export class AskedAgain {
  #document: WeakRef<DocumentSnapshot> | null = null
  #offset = -1
  #at = Number.NEGATIVE_INFINITY

  /** Takes a question at so many ms of any one clock; whether it was asked before, of the same text and place. */
  take(document: DocumentSnapshot, offset: number, at: number): boolean {
    const isSame = this.#document?.deref() === document && this.#offset === offset
    const isAgain = isSame && at - this.#at >= BURST_MS
    this.#document = new WeakRef(document)
    this.#offset = offset
    this.#at = at
    return isAgain
  }
}
