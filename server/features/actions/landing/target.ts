import type { LanguageManifest } from "../../../syntax/manifest.ts"
import type { Span, SyntaxNode, SyntaxTree } from "../../../syntax/parser.ts"
import { type Declared, declaredIn } from "./outline.ts"

/** What an instruction is about: the lines of the smallest fitting node around a range. */
export interface Target {
  /** The start of its first line and the end of its last one without the line break, UTF-16 code units. */
  readonly start: number
  readonly end: number
  /** The declared name, which a rewrite has to declare again; null for a statement without one. */
  readonly name: string | null
}

/** How much an instruction needs to see: a statement at least, a whole function or type, or all of one at the top level. */
export type TargetKind = "statement" | "declaration" | "outermost"

/**
 * What a range of a text, whose tree is given, points at: the smallest named node of the kind that has its lines to
 * itself. Without a tree, or in nothing that fits, the lines of the range. Null where these are blank.
 */
export function targetFor(
  text: string,
  tree: SyntaxTree | null,
  language: LanguageManifest | null,
  range: Span,
  kind: TargetKind,
): Target | null {
  const inner = trimmed(text, linesAround(text, range), range)
  if (inner === null) return null
  const root = tree?.walk().currentNode ?? null
  const node = root && nodeFor(text, root, language, withoutLead(root, inner), kind)
  const lines = linesAround(text, node ?? { start: inner.start, end: inner.end })
  return { ...lines, name: tree && node ? nameIn(text, tree, node) : null }
}

/** The range without white space at its ends; for one that is nothing else, that of its lines. */
function trimmed(text: string, lines: Span, range: Span): Span | null {
  for (const { start, end } of [range, lines]) {
    const part = text.slice(start, end)
    const first = start + part.length - part.trimStart().length
    if (part.trim() !== "") return { start: first, end: first + part.trim().length }
  }
  return null
}

function linesAround(text: string, { start, end }: Span): Span {
  const last = /[\r\n]/.exec(text.slice(end))
  return {
    start: Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1,
    end: last === null ? text.length : end + last.index,
  }
}

function nodeFor(
  text: string,
  root: SyntaxNode,
  language: LanguageManifest | null,
  range: Span,
  kind: TargetKind,
): Span | null {
  const ways = around(root, range)
  const own = ways.filter(node => node.isNamed && hasLines(text, node))
  const statement = own.find(node => STATEMENT.test(node.type)) ?? own[0] ?? null
  if (kind === "statement" || statement === null) return spanOfNode(statement)
  if (kind === "outermost") return spanOfNode(own.at(-1)!)
  const body = ways.find(node => (language?.nodes.get(node.type)?.body ?? null) !== null)
  const declaration =
    body && own.find(node => node.startIndex <= body.startIndex && node.endIndex >= body.endIndex)
  return spanOfNode(declaration ?? statement)
}

/** What grammars call their statements and declarations. */
const STATEMENT =
  /(?:statement|declaration|definition|declarator|assignment|signature|_item|_clause|_spec|method|field|macro_invocation)$/

/** Decorators, attributes and annotations that a grammar puts beside what they belong to. */
const LEAD = /^(?:decorator|attribute_item|attribute_list|annotation)$/

/** Where a node begins with what leads it. */
function startWithLead(node: SyntaxNode): number {
  let [start, before] = [node.startIndex, node.previousSibling]
  while (before !== null && (LEAD.test(before.type) || isComment(before))) {
    if (LEAD.test(before.type)) start = before.startIndex
    before = before.previousSibling
  }
  return start
}

/** A range that lies in what leads a node, moved to that node; any other as it is. */
function withoutLead(root: SyntaxNode, range: Span): Span {
  let node = around(root, range).find(each => LEAD.test(each.type)) ?? null
  while (node !== null && (LEAD.test(node.type) || isComment(node))) node = node.nextSibling
  return node === null ? range : { start: node.startIndex, end: node.startIndex + 1 }
}

function isComment({ type }: SyntaxNode): boolean {
  return /comment$/.test(type)
}

/** The nodes around a range, innermost first, without the root. */
function around(root: SyntaxNode, { start, end }: Span): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  let node: SyntaxNode | null = root.descendantForIndex(start, Math.max(start, end - 1))
  while (node?.parent) {
    nodes.push(node)
    node = node.parent
  }
  return nodes
}

/** Whether nothing but marks shares the lines of a node and of what leads it. */
function hasLines(text: string, node: SyntaxNode): boolean {
  const span = { start: startWithLead(node), end: node.endIndex }
  const lines = linesAround(text, span)
  const before = text.slice(lines.start, span.start)
  return before.trim() === "" && /^[ \t]*[;,]?[ \t]*$/.test(text.slice(span.end, lines.end))
}

function spanOfNode(node: SyntaxNode | null): Span | null {
  return node && { start: startWithLead(node), end: node.endIndex }
}

/** The name of the declaration that ends where a span does, but for a mark, and begins in it. */
function nameIn(text: string, tree: SyntaxTree, { start, end }: Span): string | null {
  const isTarget = (each: Declared): boolean => each.start >= start && each.end <= end && each.end >= end - 1
  return declaredIn({ text, tree }, { start, end }).find(isTarget)?.name ?? null
}
