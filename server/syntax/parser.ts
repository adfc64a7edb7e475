import type { TextChange } from "../base/text-change.ts"
import type { LanguageManifest } from "./manifest.ts"
import type { WalkPlan } from "./walk-plan.ts"

/** The longest text that is parsed, in UTF-16 code units; longer ones are data more often than code, and cost too much. */
export const MAX_PARSED_LENGTH: number = 1 << 20

/**
 * The seam between this program and a parser library: nothing outside `native-parser.ts` knows which one it is.
 * All offsets are UTF-16 code units.
 */
export interface Parsers {
  /**
   * A parser for one language, owned by the caller, or null if the language has none or its package can't be used.
   * The first call for a language loads the package; what is missing or broken is logged once and not tried again.
   */
  parserFor(language: LanguageManifest): Parser | null
}

/** Parsers that can also look for patterns. */
export interface Grammars extends Parsers {
  /**
   * A tree-sitter query over trees of one language, or a sentence on what is wrong with it; null if the language has no
   * parser. Compiling takes a few ms for each pattern.
   */
  queryFor(language: LanguageManifest, source: string): TreeQuery | BrokenQuery | null
}

/** A query that its grammar does not take. */
export interface BrokenQuery {
  readonly complaint: string
}

/** A compiled query without predicates. */
export interface TreeQuery {
  /** Every match within `node` that touches `span`, in the order of the text. */
  matches(node: SyntaxNode, span: Span): readonly QueryMatch[]
}

/** Where one pattern of a query fits. */
export interface QueryMatch {
  /** The pattern's place in the query's source, from 0. */
  readonly pattern: number
  readonly captures: readonly { readonly name: string; readonly node: SyntaxNode }[]
}

/** One node of a tree. Good until the tree is edited or released. */
export interface SyntaxNode {
  readonly type: string
  readonly isNamed: boolean
  readonly startIndex: number
  readonly endIndex: number
  readonly parent: SyntaxNode | null
  readonly previousSibling: SyntaxNode | null
  readonly nextSibling: SyntaxNode | null
  /** Whether the text breaks the grammar anywhere inside. */
  readonly hasError: boolean
  /** The smallest node around a span, which may well be this one. */
  descendantForIndex(start: number, end: number): SyntaxNode
  /** Every node of one of the types, this one included. */
  descendantsOfType(types: string[]): readonly SyntaxNode[]
}

/** Parses texts of one language, one at a time. */
export interface Parser {
  /**
   * The tree of `text`, or null if that takes longer than `budgetMs` milliseconds. After null, the same call with an
   * equal text goes on where it stopped; any other text starts afresh.
   * `previous` is a tree that was told of every change that led to this text: what did not change is taken from it.
   */
  parse(text: string, previous: SyntaxTree | null, budgetMs: number): SyntaxTree | null
}

/** A span of a text, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A syntax tree. Exactly one owner may edit and release it. */
export interface SyntaxTree {
  /** What to look for in trees of this grammar. */
  readonly plan: WalkPlan
  /** Whether the text breaks the grammar anywhere. */
  readonly hasErrors: boolean
  /** A cursor on the root. Good until the tree is edited or released. */
  walk(): SyntaxCursor
  /** Moves the nodes for one change of the text `before`; the shape stays until the next parse. */
  edit(change: TextChange, before: string): void
  /** Where `newer`, parsed from this tree after its edits, has another shape. Empty if only the text of leaves changed. */
  changedSpans(newer: SyntaxTree): readonly Span[]
  /** Gives the tree up. Native memory goes only once the event loop has turned. */
  release(): void
}

/** Stands on one node of a tree. */
export interface SyntaxCursor {
  readonly nodeType: string
  /** A number that stands for `nodeType` in all trees of one grammar; two numbers can have one type. */
  readonly nodeTypeId: number
  /** False for what the grammar gives no name, such as marks and most keywords; the same for all nodes of a type id. */
  readonly nodeIsNamed: boolean
  /** Whether the parser put it in where the text lacks it. */
  readonly nodeIsMissing: boolean
  /** A number that stands for `currentFieldName`; nothing or 0 where the node is in no field of its parent. */
  readonly currentFieldId: number | undefined
  readonly currentFieldName: string | null | undefined
  readonly startIndex: number
  readonly endIndex: number
  /** The node it stands on: far slower than what the cursor itself tells. */
  readonly currentNode: SyntaxNode
  gotoFirstChild(): boolean
  gotoNextSibling(): boolean
  gotoParent(): boolean
}
