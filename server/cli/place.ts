import { LineIndex } from "../base/line-index.ts"
import { MAX_DOCUMENT_UNITS } from "../features/completion/gates.ts"
import { readSource } from "../workspace/read-source.ts"
import type { CliIo } from "./io.ts"
import { existingFile } from "./opened-project.ts"
import { failure, usageError } from "./options.ts"

/** A place as a person writes it, and where that is. */
export interface PlaceInFile {
  /** As it was written. */
  readonly file: string
  /** Both count from 1; a column is a character, not a UTF-16 unit. */
  readonly line: number
  readonly column: number
  /** Absolute. */
  readonly path: string
  /** The text of the file. */
  readonly text: string
  /** UTF-16 code units. */
  readonly offset: number
}

const MAX_BYTES = 4 * MAX_DOCUMENT_UNITS

/** Reads `FILE:LINE:COL` and the file. Where there is no such place it has printed why, and gives the exit code. */
export function readPlace(command: string, operand: string, io: CliIo): PlaceInFile | number {
  const match = /^(.+):([1-9]\d*):([1-9]\d*)$/.exec(operand)
  if (match === null) return usageError(command, `'${operand}' is not FILE:LINE:COL`, io)
  const [file, line, column] = [match[1]!, Number(match[2]), Number(match[3])]
  const path = existingFile(file, io)
  if (path === null) return failure(command, `there is no file ${file}`, io)
  const source = readSource(path, MAX_BYTES)
  if (source.kind === "skip") return failure(command, `${file} can't be read: ${source.reason}`, io)
  const offset = offsetOf(source.text, line, column)
  if (typeof offset === "string") return failure(command, `${file} ${offset}`, io)
  return { file, line, column, path, text: source.text, offset }
}

/** The UTF-16 offset of a place, or the end of a sentence that says why there is none. */
function offsetOf(text: string, line: number, column: number): number | string {
  const lines = LineIndex.of(text)
  if (line > lines.count) return `has only ${lines.count} lines`
  const start = lines.startOf(line - 1)
  const characters = [...text.slice(start, lines.startOf(line)).replace(/[\r\n]+$/, "")]
  if (column > characters.length + 1) return `has only ${characters.length} characters in line ${line}`
  return start + characters.slice(0, column - 1).join("").length
}
