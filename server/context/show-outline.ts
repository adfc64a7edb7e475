import type { SymbolHit } from "../workspace/file-facts.ts"
import type { ContextPart } from "./context-part.ts"
import type { FileOutline } from "./file-outline.ts"
import type { Ledger } from "./ledger.ts"
import { shownSignature } from "./shown-signature.ts"
import type { Survey } from "./survey.ts"

/** What the document itself says is used most. */
const SCORE = 0.9
const INDENT = "  "
/** Declarations looked at, the nearest to the cursor. */
const MAX_LOOKED = 200
/** Lines by which a declaration in the same class counts as nearer. */
const SAME_CLASS = 1000

/** A declaration of the document and how much it matters. */
interface OutlineLine {
  readonly row: number
  readonly depth: number
  readonly away: number
}

/**
 * The document's own declarations without bodies, as far as the prompt does not show them: what is around the cursor first,
 * then the rest of the same class, then by distance; for at most so many tokens.
 */
export function showOutline(survey: Survey, ledger: Ledger, most: number): ContextPart | null {
  const outline = survey.outlineOf(survey.path)
  const end = ledger.spent + most
  const taken: OutlineLine[] = []
  let tokens = 0
  for (const line of outlineLines(survey, outline)) {
    const symbol = outline.symbols[line.row]!
    if (ledger.isShown(survey.path, symbol.line)) continue
    const cost = ledger.costOfLine(textOf(symbol, line.depth))
    if (ledger.spent + cost + ledger.costOfHeader(survey.path) > end) break
    if (!ledger.pay(survey.path, cost)) break
    ledger.show(survey.path, symbol.line, symbol.line + 1)
    taken.push(line)
    tokens += cost
  }
  if (taken.length === 0) return null
  const inOrder = taken.sort((a, b) => a.row - b.row)
  const lines = inOrder.map(({ row }) => outline.symbols[row]!.line)
  return {
    kind: "outline",
    path: survey.path,
    startLine: Math.min(...lines),
    endLine: Math.max(...lines) + 1,
    lines,
    text: inOrder.map(({ row, depth }) => textOf(outline.symbols[row]!, depth)).join("\n"),
    tokens,
    why: "declared in this document",
    detail: "signature",
    score: SCORE,
  }
}

function textOf(symbol: SymbolHit, depth: number): string {
  return INDENT.repeat(depth) + shownSignature(symbol)
}

/** Declarations that are no locals of a function, those that matter most first. */
function outlineLines(survey: Survey, outline: FileOutline): readonly OutlineLine[] {
  const depths = depthsIn(outline)
  const isAround = (row: number): boolean => {
    const symbol = outline.symbols[row]
    return symbol !== undefined && symbol.start <= survey.offset && survey.offset <= symbol.end
  }
  const lines: OutlineLine[] = []
  outline.symbols.forEach((symbol, row) => {
    const depth = depths[row]!
    if (depth === LOCAL) return
    const nearness = isAround(row) ? SAME_CLASS * 2 : isAround(outline.containers[row]!) ? SAME_CLASS : 0
    lines.push({ row, depth, away: Math.abs(symbol.line - survey.line) - nearness })
  })
  return lines.sort((a, b) => a.away - b.away || a.row - b.row).slice(0, MAX_LOOKED)
}

/** Declarations around each one, or `LOCAL` where one of them is a function. */
function depthsIn({ symbols, containers }: FileOutline): Int32Array {
  const depths = new Int32Array(symbols.length)
  for (let row = 0; row < symbols.length; row++) {
    const container = containers[row]!
    if (container === -1) continue
    const outer = depths[container]!
    depths[row] = outer === LOCAL || isFunction(symbols[container]!) ? LOCAL : outer + 1
  }
  return depths
}

const LOCAL = -1

/** Whether what stands in a declaration is local to it. */
export function isFunction({ kind }: SymbolHit): boolean {
  return kind === "function" || kind === "method" || kind === "constructor"
}
