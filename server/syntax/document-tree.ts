import type { LineIndex } from "../base/line-index.ts"
import type { TextChange } from "../base/text-change.ts"
import { joinStatements, type PlacedStatement, readStatements, type SyntaxFacts } from "./facts.ts"
import { MAX_PARSED_LENGTH, type Parser, type Span, type SyntaxTree } from "./parser.ts"

/** Longest stretch of parsing, in milliseconds: the caller has other things to do. */
const SLICE_MS = 8

/**
 * The syntax tree of one open document, kept up to date edit by edit; it owns its trees.
 * Invariant: the text is what the edits made of it, and a tree or facts are only ever given for exactly that text.
 */
export class DocumentTree {
  readonly #parser: Parser
  #text: string
  /** The last tree that was finished, moved by the edits since. */
  #tree: SyntaxTree | null = null
  /** What was edited since `#tree` was parsed; null if nothing. */
  #edited: EditedSpan | null = null
  /** The facts of the last finished tree, if anyone asked for them. */
  #statements: readonly PlacedStatement[] | null = null

  /** Takes over `parser`, which no other document may use. */
  constructor(parser: Parser, text: string) {
    this.#parser = parser
    this.#text = text
  }

  /** Follows one change of the text, which makes it `after`. Does not parse. */
  edit(change: TextChange, after: string): void {
    this.#tree?.edit(change, this.#text)
    this.#edited = this.#tree && joinedSpan(this.#edited, change)
    this.#text = after
  }

  /**
   * The tree of the present text, after at most one stretch of parsing (8 ms), or null if that was not enough:
   * the next call goes on from there if the text is still the same. A text that is too long has no tree, ever.
   */
  current(): SyntaxTree | null {
    if (this.#tree !== null && this.#edited === null) return this.#tree
    if (this.#text.length > MAX_PARSED_LENGTH) return null
    const tree = this.#parser.parse(this.#text, this.#tree, SLICE_MS)
    if (tree === null) return null
    if (this.#tree !== null) this.#follow(this.#tree, tree)
    this.#tree?.release()
    this.#tree = tree
    this.#edited = null
    return tree
  }

  /** Whether more calls of `current` can still lead to a tree. */
  get isPending(): boolean {
    const isCurrent = this.#tree !== null && this.#edited === null
    return !isCurrent && this.#text.length <= MAX_PARSED_LENGTH
  }

  /**
   * The facts of the present text, or null where `current` gives null. `lines` is the line index of the text.
   * After an edit only the statements of the top level that it touched are read again.
   */
  facts(lines: LineIndex): SyntaxFacts | null {
    const tree = this.current()
    if (tree === null) return null
    this.#statements ??= readStatements(this.#text, tree, null)
    return joinStatements(this.#statements, lines)
  }

  /** Gives the tree up; a later call of `current` would parse the text anew. */
  release(): void {
    this.#tree?.release()
    this.#tree = null
    this.#edited = null
    this.#statements = null
  }

  /** Brings the statements from the tree `before` to the tree `after`. */
  #follow(before: SyntaxTree, after: SyntaxTree): void {
    const edited = this.#edited
    if (this.#statements === null || edited === null) return
    const touched = [{ start: edited.start, end: edited.end }, ...before.changedSpans(after)]
    const start = Math.min(...touched.map(span => span.start))
    const end = Math.max(...touched.map(span => span.end))
    this.#statements = replaced(
      this.#statements,
      readStatements(this.#text, after, { start, end }),
      { start, end: end - edited.shift },
      edited.shift,
    )
  }
}

/** The span that edits touched, in the text as it is now, and by how much what follows it was moved. */
interface EditedSpan extends Span {
  readonly shift: number
}

function joinedSpan(before: EditedSpan | null, change: TextChange): EditedSpan {
  const start = Math.min(before?.start ?? change.start, change.start)
  const end = Math.max(before?.end ?? change.end, change.end)
  const shift = change.text.length - (change.end - change.start)
  return { start, end: end + shift, shift: (before?.shift ?? 0) + shift }
}

/** `statements` with those that touch `span` replaced by `fresh`, and those after it moved by `shift`. */
function replaced(
  statements: readonly PlacedStatement[],
  fresh: readonly PlacedStatement[],
  span: Span,
  shift: number,
): readonly PlacedStatement[] {
  const before = statements.filter(statement => statement.end < span.start)
  const after = statements.filter(statement => statement.start > span.end)
  const moved = after.map(({ start, end, facts }) => ({ start: start + shift, end: end + shift, facts }))
  return [...before, ...fresh, ...moved]
}
