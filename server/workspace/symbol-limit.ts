import { SYMBOL_STRIDE, SymbolColumn } from "../syntax/symbols.ts"
import type { Declarations } from "./fill-gaps.ts"

/** The first declarations of a text, at most `most`; what stands in one that is left out stands in nothing. */
export function firstDeclarations(all: Declarations, most: number): Declarations {
  if (all.symbols.length <= most * SYMBOL_STRIDE) return all
  const symbols = all.symbols.slice(0, most * SYMBOL_STRIDE)
  for (let at = SymbolColumn.container; at < symbols.length; at += SYMBOL_STRIDE) {
    if (symbols[at]! >= most) symbols[at] = -1
  }
  let end = -1
  for (let row = 0; row < most; row++) end = all.signatures.indexOf("\n", end + 1)
  return { symbols, signatures: all.signatures.slice(0, end) }
}
