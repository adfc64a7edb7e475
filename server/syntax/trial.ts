import type { TextChange } from "../base/text-change.ts"
import type { Parser, Span, SyntaxCursor, SyntaxTree } from "./parser.ts"

/** A node around a place. */
export interface NodeAround extends Span {
  readonly type: string
}

/** How broken a text is. */
export interface Breakage {
  /** Errors and missing pieces, the outermost each. */
  readonly count: number
  /** UTF-16 code units that they cover. */
  readonly units: number
}

/** Levels looked at around a place; real code stays far below. */
const MAX_DEPTH = 200
/** Nodes looked at to tell how broken a text is: what is broken elsewhere is left out then, in every trial alike. */
const MAX_LOOKED_AT = 1500

/**
 * A text at one moment, and what would become of its tree if something else stood at a place of it.
 * Invariant: its tree is its own, so it stays good whatever becomes of the document.
 */
export class Trial {
  readonly #parser: Parser
  readonly #text: string
  readonly #tree: SyntaxTree
  readonly #budgetMs: number
  readonly #around = new Map<number, readonly NodeAround[]>()
  #breakage: Breakage | null = null

  private constructor(parser: Parser, text: string, tree: SyntaxTree, budgetMs: number) {
    this.#budgetMs = budgetMs
    this.#parser = parser
    this.#text = text
    this.#tree = tree
  }

  /**
   * The trial of `text`, whose present tree is `tree`; null if copying that takes longer than `budgetMs`: nothing changed, so
   * all is taken from the tree that is given, but what is broken is parsed anew.
   */
  static of(parser: Parser, text: string, tree: SyntaxTree, budgetMs: number): Trial | null {
    const copy = parser.parse(text, tree, budgetMs)
    return copy && new Trial(parser, text, copy, budgetMs)
  }

  /** The nodes around the gap at `offset`, innermost first; those that only touch it are left out. */
  around(offset: number): readonly NodeAround[] {
    const known = this.#around.get(offset)
    if (known !== undefined) return known
    const nodes = nodesAround(this.#tree, offset)
    this.#around.set(offset, nodes)
    return nodes
  }

  /** How broken the text is as it stands. */
  get breakage(): Breakage {
    this.#breakage ??= breakageOf(this.#tree)
    return this.#breakage
  }

  /** How broken the text would be after `change`; null if that takes longer than `budgetMs` to say, by default as long as its own tree might. */
  breakageAfter(change: TextChange, budgetMs: number = this.#budgetMs): Breakage | null {
    const text = this.#text.slice(0, change.start) + change.text + this.#text.slice(change.end)
    this.#tree.edit(change, this.#text)
    const after = this.#parser.parse(text, this.#tree, budgetMs)
    // The tree is that of the text again; what was touched is only parsed anew each time.
    this.#tree.edit(inverseOf(change, this.#text), text)
    if (after === null) return null
    const breakage = breakageOf(after)
    after.release()
    return breakage
  }

  /** Gives the tree up. */
  release(): void {
    this.#tree.release()
  }
}

/** The nodes of a tree around the gap at `offset`, innermost first; those that only touch it are left out. */
export function nodesAround(tree: SyntaxTree, offset: number): readonly NodeAround[] {
  const nodes: NodeAround[] = []
  const cursor = tree.walk()
  do nodes.push({ type: cursor.nodeType, start: cursor.startIndex, end: cursor.endIndex })
  while (nodes.length < MAX_DEPTH && gotoChildAround(cursor, offset))
  return nodes.reverse()
}

/** What takes back `change`, which was made to `before`. */
function inverseOf({ start, end, text }: TextChange, before: string): TextChange {
  return { start, end: start + text.length, text: before.slice(start, end) }
}

function gotoChildAround(cursor: SyntaxCursor, offset: number): boolean {
  if (!cursor.gotoFirstChild()) return false
  do {
    if (cursor.startIndex >= offset) break
    if (cursor.endIndex > offset) return true
  } while (cursor.gotoNextSibling())
  cursor.gotoParent()
  return false
}

function breakageOf(tree: SyntaxTree): Breakage {
  if (!tree.hasErrors) return { count: 0, units: 0 }
  const found = { count: 0, units: 0, left: MAX_LOOKED_AT }
  lookForErrors(tree.walk(), found, 0)
  return { count: found.count, units: found.units }
}

function lookForErrors(
  cursor: SyntaxCursor,
  found: { count: number; units: number; left: number },
  depth: number,
): void {
  if (found.left-- <= 0 || depth > MAX_DEPTH) return
  if (cursor.nodeType === "ERROR" || cursor.nodeIsMissing) {
    found.count++
    found.units += cursor.endIndex - cursor.startIndex
    return
  }
  if (!cursor.currentNode.hasError || !cursor.gotoFirstChild()) return
  do lookForErrors(cursor, found, depth + 1)
  while (cursor.gotoNextSibling())
  cursor.gotoParent()
}
