/** What a part of a prompt is. */
export type PartKind =
  | "outline"
  | "definition"
  | "call-site"
  | "similar"
  | "edit"
  | "diagnostic"
  | "test"
  | "docs"

/** How much of a thing is shown. */
export type PartDetail = "body" | "signature" | "name"

/** One piece of context for a prompt, and why it is there. */
export interface ContextPart {
  readonly kind: PartKind
  /** Absolute path. */
  readonly path: string
  /** Zero-based first line of what is shown. */
  readonly startLine: number
  /** Zero-based line after the last one. */
  readonly endLine: number
  /** The lines of the file that `text` shows, zero-based, ascending: all from `startLine` to `endLine` where it is a body. */
  readonly lines: readonly number[]
  /** Without a last line break. */
  readonly text: string
  /** Tokens of `text` and its line break, and of the file's header where this is the file's first part. */
  readonly tokens: number
  /** A short sentence for the user. */
  readonly why: string
  readonly detail: PartDetail
  /** Expected use, higher is better; parts come in this order. */
  readonly score: number
}
