import { SYMBOL_KINDS, SYMBOL_STRIDE, SymbolColumn } from "../syntax/symbols.ts"
import type { SymbolHit } from "./file-facts.ts"

/** The symbols of one file as rows, and what their columns point at. */
export interface SymbolTable {
  readonly path: string
  /** Rows of `SYMBOL_STRIDE`. */
  readonly symbols: Int32Array
  /** The name behind a value of the name column. */
  nameOf(column: number): string
  /** The signature of a row. */
  signatureOf(row: number): string
}

/** How many symbols a table has. */
export function rowCount(symbols: Int32Array): number {
  return symbols.length / SYMBOL_STRIDE
}

/** One value of one row. */
export function cell(symbols: Int32Array, row: number, column: number): number {
  return symbols[row * SYMBOL_STRIDE + column]!
}

/** A row of a table as queries give it. */
export function symbolHit(table: SymbolTable, row: number): SymbolHit {
  const { symbols } = table
  const container = cell(symbols, row, SymbolColumn.container)
  return {
    name: table.nameOf(cell(symbols, row, SymbolColumn.name)),
    kind: SYMBOL_KINDS[cell(symbols, row, SymbolColumn.kind)]!,
    path: table.path,
    start: cell(symbols, row, SymbolColumn.start),
    end: cell(symbols, row, SymbolColumn.end),
    nameStart: cell(symbols, row, SymbolColumn.nameStart),
    line: cell(symbols, row, SymbolColumn.line),
    container: container < 0 ? null : table.nameOf(cell(symbols, container, SymbolColumn.name)),
    signature: table.signatureOf(row),
    exported: cell(symbols, row, SymbolColumn.exported) === 1,
  }
}

/** Where each line of `lines` starts; one more entry stands after the last. */
export function lineStarts(lines: string, count: number): Int32Array {
  const starts = new Int32Array(count + 1).fill(lines.length + 1)
  starts[0] = 0
  for (let line = 1, at = lines.indexOf("\n"); line < count && at !== -1; line++) {
    starts[line] = at + 1
    at = lines.indexOf("\n", at + 1)
  }
  return starts
}
