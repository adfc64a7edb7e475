import type { Position, Range } from "vscode-languageserver/node"
import type { DocumentSnapshot } from "../workspace/document.ts"

/** What `character` of a position counts: bytes, UTF-16 code units or code points. */
export type Encoding = "utf-8" | "utf-16" | "utf-32"

/** The text and lines of a snapshot: all that positions depend on. */
type PositionedText = Pick<DocumentSnapshot, "text" | "lines">

/** The encoding to announce: utf-16 where offered or nothing is said (mixed encodings in one buffer break some editors). */
export function chooseEncoding(offered: unknown): Encoding {
  const names = Array.isArray(offered) ? offered : []
  if (names.length === 0 || names.includes("utf-16")) return "utf-16"
  if (names.includes("utf-8")) return "utf-8"
  return names.includes("utf-32") ? "utf-32" : "utf-16"
}

/** The offset of a position, clamped into the text and into its line; never inside a line break. */
export function offsetAt(document: PositionedText, position: Position, encoding: Encoding): number {
  if (position.line < 0) return 0
  if (position.line >= document.lines.count) return document.text.length
  const start = document.lines.startOf(position.line)
  const end = lineEnd(document, position.line)
  if (encoding === "utf-16") return Math.min(start + Math.max(0, position.character), end)
  return advance(document.text, start, end, position.character, encoding)
}

/** The position of an offset, which is clamped into the text. */
export function positionAt(document: PositionedText, offset: number, encoding: Encoding): Position {
  const at = Math.max(0, Math.min(offset, document.text.length))
  const line = document.lines.lineAt(at)
  const start = document.lines.startOf(line)
  if (encoding === "utf-16") return { line, character: at - start }
  let character = 0
  for (let i = start; i < at; i += unitsAt(document.text, i)) {
    character += widthAt(document.text, i, encoding)
  }
  return { line, character }
}

/** The range between two offsets, which are clamped into the text. */
export function rangeBetween(
  document: PositionedText,
  start: number,
  end: number,
  encoding: Encoding,
): Range {
  return { start: positionAt(document, start, encoding), end: positionAt(document, end, encoding) }
}

/** The offset after the last character of a line, before its break. */
export function lineEnd(document: PositionedText, line: number): number {
  const start = document.lines.startOf(line)
  if (line + 1 >= document.lines.count) return document.text.length
  const next = document.lines.startOf(line + 1)
  const crlf = next - start >= 2 && document.text[next - 1] === "\n" && document.text[next - 2] === "\r"
  return next - (crlf ? 2 : 1)
}

/** A position inside a character belongs to its start. */
function advance(text: string, start: number, end: number, character: number, encoding: Encoding): number {
  let at = start
  let left = character
  while (at < end) {
    left -= widthAt(text, at, encoding)
    if (left < 0) break
    at += unitsAt(text, at)
  }
  return at
}

/** UTF-16 units of the code point at an offset: a lone surrogate is one. */
function unitsAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1
}

/** Width of the code point at an offset; a lone surrogate is 3 bytes, as its replacement character is. */
function widthAt(text: string, at: number, encoding: Encoding): number {
  if (encoding === "utf-32") return 1
  const point = text.codePointAt(at)!
  if (encoding === "utf-16") return point > 0xffff ? 2 : 1
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point > 0xffff ? 4 : 3
}
