import { LineIndex } from "../base/line-index.ts"
import { applyChange, type TextChange } from "../base/text-change.ts"

/** An open document at one version: immutable, safe to keep across awaits. */
export interface DocumentSnapshot {
  readonly uri: string
  /** Absolute path for `file:` documents, else null. */
  readonly path: string | null
  /** Manifest name of the language, or null for plain text. */
  readonly language: string | null
  /** The client's version, opaque but growing. */
  readonly version: number
  readonly text: string
  readonly lines: LineIndex
}

/** A fresh snapshot of a whole text. */
export function openSnapshot(fields: Omit<DocumentSnapshot, "lines">): DocumentSnapshot {
  return { ...fields, lines: LineIndex.of(fields.text) }
}

/** The snapshot after one change, at `version`. */
export function editedSnapshot(
  before: DocumentSnapshot,
  change: TextChange,
  version: number,
): DocumentSnapshot {
  const text = applyChange(before.text, change)
  return { ...before, version, text, lines: before.lines.edited(change, text) }
}
