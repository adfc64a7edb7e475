import { SYMBOL_STRIDE, SymbolColumn } from "../syntax/symbols.ts"

/** Declarations of one text. */
export interface Declarations {
  /** Rows of `SYMBOL_STRIDE` integers in document order. */
  readonly symbols: Int32Array
  /** The signature of each row, one line each, joined by "\n". */
  readonly signatures: string
}

interface Row {
  readonly from: Declarations
  readonly at: number
  readonly signature: string
}

/**
 * What parsing found in a text that breaks its grammar, and of what was found without parsing all that stands beside it:
 * one construct that the grammar does not know can cost the parser the rest of a file.
 */
export function withGapsFilled(parsed: Declarations, rough: Declarations): Declarations {
  const known = rowsOf(parsed)
  const missing = besides(rowsOf(rough), known)
  if (missing.length === 0) return parsed
  const merged = [...known, ...missing].sort(
    (a, b) => cell(a, SymbolColumn.start) - cell(b, SymbolColumn.start) || a.at - b.at,
  )
  return { symbols: tableOf(merged), signatures: merged.map(({ signature }) => signature).join("\n") }
}

function rowsOf(declarations: Declarations): Row[] {
  const signatures = declarations.signatures.split("\n")
  return Array.from({ length: declarations.symbols.length / SYMBOL_STRIDE }, (_, row) => ({
    from: declarations,
    at: row * SYMBOL_STRIDE,
    signature: signatures[row] ?? "",
  }))
}

function cell({ from, at }: Row, column: number): number {
  return from.symbols[at + column]!
}

/** The rows that begin in none of the others and are none of them; both are in document order. */
function besides(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const names = new Set(others.map(row => cell(row, SymbolColumn.nameStart)))
  let end = -1
  let next = 0
  return rows.filter(row => {
    const start = cell(row, SymbolColumn.start)
    for (; next < others.length && cell(others[next]!, SymbolColumn.start) <= start; next++) {
      end = Math.max(end, cell(others[next]!, SymbolColumn.end))
    }
    return start >= end && !names.has(cell(row, SymbolColumn.nameStart))
  })
}

/** The rows one behind the other, their containers where these went to. */
function tableOf(rows: readonly Row[]): Int32Array {
  const symbols = new Int32Array(rows.length * SYMBOL_STRIDE)
  const places = new Map<Declarations, Map<number, number>>()
  rows.forEach(({ from, at }, place) => {
    symbols.set(from.symbols.subarray(at, at + SYMBOL_STRIDE), place * SYMBOL_STRIDE)
    const rowsFrom = places.get(from) ?? new Map<number, number>()
    rowsFrom.set(at / SYMBOL_STRIDE, place)
    places.set(from, rowsFrom)
  })
  rows.forEach((row, place) => {
    const container = places.get(row.from)!.get(cell(row, SymbolColumn.container)) ?? -1
    symbols[place * SYMBOL_STRIDE + SymbolColumn.container] = container
  })
  return symbols
}
