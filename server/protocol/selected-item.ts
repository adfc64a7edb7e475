import type { DocumentSnapshot } from "../workspace/document.ts"
import { editedSnapshot } from "../workspace/document.ts"
import { type Encoding, offsetAt } from "./convert.ts"
import { fieldsOf, positionOf } from "./params.ts"

/** The item that is selected in the editor's own list: ghost text is shown only where it begins with it. */
export interface SelectedItem {
  /** The part of the document that it would replace, UTF-16 offsets around the cursor, on its line. */
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The `selectedCompletionInfo` of an inline completion's context; null without one, or where it does not stand around the
 * cursor. Throws RequestError (InvalidParams) if its range is none.
 */
export function selectedItem(
  params: unknown,
  document: DocumentSnapshot,
  offset: number,
  encoding: Encoding,
): SelectedItem | null {
  const { range, text } = fieldsOf(fieldsOf(fieldsOf(params)["context"])["selectedCompletionInfo"])
  if (typeof text !== "string" || /[\r\n]/.test(text)) return null
  const at = (end: "start" | "end"): number =>
    offsetAt(document, positionOf(fieldsOf(range)[end], `selectedCompletionInfo.range.${end}`), encoding)
  const [start, end] = [at("start"), at("end")]
  const { lines } = document
  const isAround = start <= offset && offset <= end && lines.lineAt(start) === lines.lineAt(end)
  return isAround ? { start, end, text } : null
}

/** A document as it would be with an item taken, and the cursor behind it. */
export function withTaken(
  document: DocumentSnapshot,
  item: SelectedItem,
): { readonly document: DocumentSnapshot; readonly offset: number } {
  return { document: editedSnapshot(document, item, document.version), offset: item.start + item.text.length }
}
