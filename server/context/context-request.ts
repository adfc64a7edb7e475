import type { DocumentSnapshot } from "../workspace/document.ts"
import type { ContextPart } from "./context-part.ts"

/** What the context is for. */
export type ContextPurpose = "complete" | "edit" | "explain" | "review"

/** A place of a document, and how much may be said about it. */
export interface ContextRequest {
  readonly document: DocumentSnapshot
  /** UTF-16 code units; clamped into the text. */
  readonly offset: number
  /** End of the code that is asked about, UTF-16 code units, clamped to `offset` and the text; `offset` if it is left out. */
  readonly end?: number
  readonly purpose: ContextPurpose
  /** Most tokens of all parts together, with a header line for each file. */
  readonly budget: number
  /** Tokens of a text; called for each line that is shown. */
  readonly countTokens: (text: string) => number
  /**
   * Lines of the document that the prompt shows anyway, zero-based, `endLine` exclusive; nothing of them is repeated.
   * Left out: some 200 lines before the cursor and 60 after it.
   */
  readonly visible?: { readonly startLine: number; readonly endLine: number }
  /** Folders that paths are shortened by in headers, absolute. */
  readonly roots?: readonly string[]
}

/** The context of one place. The same request and view give the same selection, byte for byte. */
export interface ContextSelection {
  /** Best first; no line of a file is in two of them. */
  readonly parts: readonly ContextPart[]
  /** The sum of the parts' tokens: never above the budget. */
  readonly tokens: number
  /** Paths of files whose texts would have helped: read them and ask again. */
  readonly wanted: readonly string[]
}
