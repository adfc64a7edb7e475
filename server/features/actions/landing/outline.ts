import { type PlacedStatement, StatementReader } from "../../../syntax/facts.ts"
import type { Span, SyntaxCursor, SyntaxNode, SyntaxTree } from "../../../syntax/parser.ts"
import type { CodeText } from "./code-text.ts"

/** A declaration of a text. */
export interface Declared extends Span {
  readonly name: string
  /** Names of the declarations around it, the outermost first, and its own. */
  readonly path: readonly string[]
  readonly signature: string
}

/** A text with its tree, if there is one. */
type Code = Pick<CodeText, "text" | "tree">

/** What the statements of the top level that touch a span declare, in their order; empty without a tree. */
export function declaredIn({ text, tree }: Code, span: Span): readonly Declared[] {
  if (tree === null) return []
  const reader = new StatementReader(text, tree, span)
  reader.readUntil(Number.POSITIVE_INFINITY)
  return reader.statements.flatMap(declarationsOf)
}

/** What one statement declares. */
export function declarationsOf({ start: by, facts }: PlacedStatement): readonly Declared[] {
  const paths: (readonly string[])[] = []
  return facts.declarations.map(({ name, owner, container, signature, start, end }, at) => {
    const around = container === -1 ? (owner === null ? [] : [owner]) : paths[container]!
    const path = [...around, name]
    paths[at] = path
    return { name, path, signature, start: by + start, end: by + end }
  })
}

/** The path of the innermost declaration around a span, not the span itself; empty at the top level. */
export function pathAround(code: Code, span: Span): readonly string[] {
  const around = declaredIn(code, span).filter(
    each =>
      each.start <= span.start && each.end >= span.end && (each.start < span.start || each.end > span.end),
  )
  return around.at(-1)?.path ?? []
}

/** The hull of the statements of the top level that touch a span, and the span itself. */
export function statementsAround(tree: SyntaxTree, span: Span): Span {
  let { start, end } = span
  const cursor = tree.walk()
  for (let more = cursor.gotoFirstChild(); more && cursor.startIndex <= span.end; ) {
    if (cursor.endIndex >= span.start) {
      start = Math.min(start, cursor.startIndex)
      end = Math.max(end, cursor.endIndex)
    }
    more = cursor.gotoNextSibling()
  }
  return { start, end }
}

/** In how many places that touch a span a text breaks its grammar, those within others counted too; 0 without a tree. */
export function breakagesIn({ tree }: Code, span: Span): number {
  if (tree === null || !tree.hasErrors) return 0
  const cursor = tree.walk()
  let count = 0
  const note = (): void => {
    if (touches(cursor, span) && (cursor.nodeType === "ERROR" || cursor.nodeIsMissing)) count++
  }
  for (let more = true; more; more = goOn(cursor)) {
    note()
    while (entersBroken(cursor, span)) note()
  }
  return count
}

/** Goes to the next node that is not within the one stood on; false behind the last. */
function goOn(cursor: SyntaxCursor): boolean {
  while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return false
  return true
}

/** Goes into a node that holds something broken near a span. */
function entersBroken(cursor: SyntaxCursor, span: Span): boolean {
  return touches(cursor, span) && cursor.currentNode.hasError && cursor.gotoFirstChild()
}

function touches({ startIndex, endIndex }: SyntaxCursor, { start, end }: Span): boolean {
  return startIndex <= end && endIndex >= start
}

/** The lines `from` to `to` of a text that begin within a literal of several lines: their indentation is part of what they say. */
export function literalLines(
  { tree, lines: { starts } }: Pick<CodeText, "tree" | "lines">,
  { from, to }: { readonly from: number; readonly to: number },
): ReadonlySet<number> {
  const found = new Set<number>()
  if (tree === null) return found
  const root = tree.walk().currentNode
  for (let line = from + 1; line < to; line++) {
    const start = starts[line]!
    if (isWithinLiteral(root.descendantForIndex(start, start), start)) found.add(line)
  }
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
