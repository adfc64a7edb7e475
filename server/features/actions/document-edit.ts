import { applyChange, type TextChange } from "../../base/text-change.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"

/** Changes of one document; offsets count in the text of the snapshot, sorted, never overlapping. */
export interface DocumentEdit {
  readonly document: DocumentSnapshot
  readonly changes: readonly TextChange[]
}

/**
 * What became of an edit that an editor was sent; `reason` is a sentence for the user. `refused`: every document is as it
 * was. `unverified`: what stands there now is not what was asked for, or can't be seen.
 */
export type EditOutcome =
  | { readonly kind: "applied" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "unverified"; readonly reason: string }

/** The one way by which edits reach an editor's documents. */
export interface DocumentEditor {
  /**
   * Applies edits of different documents together and says what became of them, by the text that comes back. Edits are
   * sent one after the other. Never rejects, and takes a few seconds at most.
   */
  apply(edits: readonly DocumentEdit[], label: string): Promise<EditOutcome>
}

/** The text of the document after its changes. */
export function editedText({ document, changes }: DocumentEdit): string {
  return changes.reduceRight(applyChange, document.text)
}
