import { extractFacts } from "../../../syntax/facts.ts"
import { MAX_PARSED_LENGTH, type Parser, type Span, type SyntaxNode } from "../../../syntax/parser.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../../../syntax/symbols.ts"
import { Trial } from "../../../syntax/trial.ts"

/** Longest parse, ms. Nobody types into what an answer lands in, and it lands once. */
const PARSE_MS = 500

/** A declaration of a text. */
export interface Declared extends Span {
  readonly name: string
  /** Names of the declarations around it, the outermost first, and its own, joined by dots. */
  readonly path: string
  readonly signature: string
}

/** What a text declares, in its order; empty without a parser, or for a text that is too long. */
export function declaredIn(text: string, parser: Parser | null): readonly Declared[] {
  if (parser === null || text.length > MAX_PARSED_LENGTH) return []
  const tree = parser.parse(text, null, PARSE_MS)
  if (tree === null) return []
  const { names, symbols, signatures } = extractFacts(text, tree)
  tree.release()
  const declared: Declared[] = []
  for (let row = 0; row * SYMBOL_STRIDE < symbols.length; row++) {
    const column = (which: number): number => symbols[row * SYMBOL_STRIDE + which]!
    const name = names[column(SymbolColumn.name)]!
    declared.push({
      name,
      path: pathOf(symbols, names, row),
      signature: signatures[row]!,
      start: column(SymbolColumn.start),
      end: column(SymbolColumn.end),
    })
  }
  return declared
}

function pathOf(symbols: Int32Array, names: readonly string[], row: number): string {
  const parts: string[] = []
  // A container of its own name may be named by an owner: more steps than symbols would be a circle.
  for (let at = row; at !== -1 && parts.length < MAX_DEPTH; ) {
    parts.push(names[symbols[at * SYMBOL_STRIDE + SymbolColumn.name]!]!)
    at = symbols[at * SYMBOL_STRIDE + SymbolColumn.container]!
  }
  return parts.reverse().join(".")
}

const MAX_DEPTH = 50

/** The path of the innermost declaration around a span, not the span itself; empty at the top level. */
export function pathAround(declared: readonly Declared[], span: Span): string {
  const around = declared.filter(
    each =>
      each.start <= span.start && each.end >= span.end && (each.start < span.start || each.end > span.end),
  )
  return around.at(-1)?.path ?? ""
}

/** Whether `after` breaks the grammar in more places than `before`; false without a parser. Null if that can't be told in time. */
export function breaksMore(before: string, after: string, parser: Parser | null): boolean | null {
  if (parser === null || Math.max(before.length, after.length) > MAX_PARSED_LENGTH) return false
  const [old, fresh] = [breakagesOf(before, parser), breakagesOf(after, parser)]
  return old === null || fresh === null ? null : fresh > old
}

function breakagesOf(text: string, parser: Parser): number | null {
  const tree = parser.parse(text, null, PARSE_MS)
  const trial = tree && Trial.of(parser, text, tree, PARSE_MS)
  const count = trial?.breakage.count ?? null
  trial?.release()
  tree?.release()
  return count
}

/** The lines of a text that begin within a literal or comment of several lines: their indentation is part of what they say. */
export function literalLines(
  text: string,
  starts: readonly number[],
  span: { readonly from: number; readonly to: number },
  parser: Parser | null,
): ReadonlySet<number> {
  const found = new Set<number>()
  const tree = parser === null || text.length > MAX_PARSED_LENGTH ? null : parser.parse(text, null, PARSE_MS)
  if (tree === null) return found
  const root = tree.walk().currentNode
  for (let line = span.from + 1; line < span.to; line++) {
    const start = starts[line]!
    if (isWithinLiteral(root.descendantForIndex(start, start), start)) found.add(line)
  }
  tree.release()
  return found
}

function isWithinLiteral(innermost: SyntaxNode, offset: number): boolean {
  for (let node: SyntaxNode | null = innermost; node !== null; node = node.parent) {
    if (LITERAL.test(node.type) && node.startIndex < offset && node.endIndex > offset) return true
  }
  return false
}

/** Types of nodes in which white space counts, and not those that only end in such a word, such as Go's composite literals. */
const LITERAL = /string|template|heredoc/
