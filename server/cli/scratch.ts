import { indentOf } from "../base/indent.ts"
import { type DocumentSnapshot, editedSnapshot } from "../workspace/document.ts"
import type { KeyName } from "./keys.ts"

/** A document that is edited in memory, and where its cursor stands. Invariant: immutable, never written to disk. */
export interface Scratch {
  readonly document: DocumentSnapshot
  /** UTF-16 code units; never between the halves of a surrogate pair or inside a CRLF. */
  readonly offset: number
}

/** The scratch after `text` was typed at the cursor. */
export function typed(scratch: Scratch, text: string): Scratch {
  return replaced(scratch, scratch.offset, scratch.offset, text)
}

/** The scratch after a key that edits or moves; keys that do neither give the same scratch. `page` is a screen's height. */
export function pressed(scratch: Scratch, key: KeyName, page: number): Scratch {
  const { document, offset } = scratch
  switch (key) {
    case "enter":
      return typed(scratch, `\n${indentBefore(document, offset)}`)
    case "backspace":
      return replaced(scratch, before(document.text, offset), offset, "")
    case "delete":
      return replaced(scratch, offset, after(document.text, offset), "")
    case "left":
      return { document, offset: before(document.text, offset) }
    case "right":
      return { document, offset: after(document.text, offset) }
    case "home":
      return { document, offset: document.lines.startOf(document.lines.lineAt(offset)) }
    case "end":
      return { document, offset: lineEnd(document, document.lines.lineAt(offset)) }
    case "up":
      return moved(scratch, -1)
    case "down":
      return moved(scratch, 1)
    case "page-up":
      return moved(scratch, -page)
    case "page-down":
      return moved(scratch, page)
    default:
      return scratch
  }
}

/** The offset just before a line's break. */
export function lineEnd({ text, lines }: DocumentSnapshot, line: number): number {
  const start = lines.startOf(line)
  return start + text.slice(start, lines.startOf(line + 1)).replace(/[\r\n]+$/, "").length
}

function replaced({ document }: Scratch, start: number, end: number, text: string): Scratch {
  const after = editedSnapshot(document, { start, end, text }, document.version + 1)
  return { document: after, offset: start + text.length }
}

/** Keeps the column where the line is long enough. */
function moved({ document, offset }: Scratch, by: number): Scratch {
  const { lines, text } = document
  const line = lines.lineAt(offset)
  const target = Math.max(0, Math.min(lines.count - 1, line + by))
  const wanted = lines.startOf(target) + (offset - lines.startOf(line))
  const reached = Math.min(wanted, lineEnd(document, target))
  return { document, offset: splitsPair(text, reached) ? reached - 1 : reached }
}

function indentBefore({ text, lines }: DocumentSnapshot, offset: number): string {
  const start = lines.startOf(lines.lineAt(offset))
  return indentOf(text.slice(start, offset))
}

function before(text: string, offset: number): number {
  const step = Math.max(0, offset - 1)
  return splitsPair(text, step) ? step - 1 : step
}

function after(text: string, offset: number): number {
  const step = Math.min(text.length, offset + 1)
  return splitsPair(text, step) ? step + 1 : step
}

/** Whether an offset stands where no cursor may: inside one character or one line break. */
function splitsPair(text: string, offset: number): boolean {
  const pair = text.slice(offset - 1, offset + 1)
  return pair === "\r\n" || /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair)
}
