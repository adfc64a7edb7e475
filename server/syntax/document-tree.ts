import type { LineIndex } from "../base/line-index.ts"
import type { TextChange } from "../base/text-change.ts"
import { joinStatements, type PlacedStatement, readStatements, type SyntaxFacts } from "./facts.ts"
import { movedOffsets, movedStatements, splicedStatements } from "./facts-placed.ts"
import { MAX_PARSED_LENGTH, type Parser, type Span, type SyntaxTree } from "./parser.ts"

/** Longest stretch of parsing, in milliseconds: the caller has other things to do. */
const SLICE_MS = 8
/** The first stretch after an edit, in milliseconds: enough for most keys, and the others want provisional facts soon. */
const FIRST_SLICE_MS = 3
/** Longest parse of a section for provisional facts, in milliseconds. */
const SECTION_MS = 3
/** Longest section that is parsed on its own, in UTF-16 code units: more would rarely be done in time. */
const MAX_SECTION = 1 << 15

/**
 * The syntax tree of one open document, kept up to date edit by edit; it owns its trees.
 * Invariant: the text is what the edits made of it. A tree is only ever given for exactly that text, and so are facts
 * once nothing is pending; until then they are provisional.
 */
export class DocumentTree {
  readonly #parser: Parser
  readonly #sectionParser: Parser
  #text: string
  /** The last tree that was finished, moved by the edits since. */
  #tree: SyntaxTree | null = null
  /** What is to be read again once the present text is parsed; null if nothing was edited since `#tree`. */
  #edited: Span | null = null
  /** The statements of the present text, if anyone asked for facts: exact outside `#edited`. */
  #statements: readonly PlacedStatement[] | null = null
  /** Where statements of the top level began when there was last no error, in the present text; null if `#tree` can say. */
  #sections: readonly number[] | null = null
  /** The provisional facts of the present text, once they were made. */
  #provisional: SyntaxFacts | null = null

  /** Takes over two parsers of one language, which no other document may use; the second one reads single sections. */
  constructor(parser: Parser, sectionParser: Parser, text: string) {
    this.#parser = parser
    this.#sectionParser = sectionParser
    this.#text = text
  }

  /** Follows one change of the text, which makes it `after`. Does not parse. */
  edit(change: TextChange, after: string): void {
    this.#tree?.edit(change, this.#text)
    this.#edited = this.#tree && joinedSpan(this.#edited, change)
    this.#statements = this.#statements && movedStatements(this.#statements, change)
    this.#sections = this.#sections && movedOffsets(this.#sections, change)
    this.#provisional = null
    this.#text = after
  }

  /**
   * The tree of the present text, after at most one stretch of parsing (8 ms), or null if that was not enough:
   * the next call goes on from there if the text is still the same. A text that is too long has no tree, ever.
   */
  current(): SyntaxTree | null {
    if (this.#tree !== null && this.#edited === null) return this.#tree
    if (this.#isTooLong) return null
    const isAwaited = this.#statements !== null && this.#provisional === null
    const tree = this.#parser.parse(this.#text, this.#tree, isAwaited ? FIRST_SLICE_MS : SLICE_MS)
    if (tree === null) return null
    if (this.#tree !== null) this.#follow(this.#tree, tree)
    this.#tree?.release()
    this.#tree = tree
    this.#edited = null
    this.#provisional = null
    return tree
  }

  /** Whether more calls of `current` or `facts` can still lead to a tree and to facts that are not provisional. */
  get isPending(): boolean {
    const isCurrent = this.#tree !== null && this.#edited === null
    return !isCurrent && !this.#isTooLong
  }

  /**
   * The facts of the present text, after at most one stretch of parsing. `lines` is the line index of the text.
   * While `isPending` they are provisional: the statements of the top level around the edits are read as if they stood
   * alone, or if they are too long only moved; all others are as they were. Null if no text was parsed to its end yet, or if
   * the text is too long.
   */
  facts(lines: LineIndex): SyntaxFacts | null {
    const tree = this.current()
    if (tree === null) return this.#isTooLong ? null : this.#provisionalFacts(lines)
    this.#statements ??= readStatements(this.#text, tree, null)
    return joinStatements(this.#statements, lines)
  }

  /** Gives the tree up; a later call of `current` would parse the text anew. */
  release(): void {
    this.#tree?.release()
    this.#tree = null
    this.#edited = null
    this.#statements = null
    this.#sections = null
    this.#provisional = null
  }

  get #isTooLong(): boolean {
    return this.#text.length > MAX_PARSED_LENGTH
  }

  /** Brings the statements and sections from the tree `before` to the tree `after`. */
  #follow(before: SyntaxTree, after: SyntaxTree): void {
    // An error can swallow all that follows, so the sections of the tree that is given up are worth more.
    if (!after.hasErrors) this.#sections = null
    else if (this.#sections === null) this.#sections = startsOf(before)
    if (this.#statements === null || this.#edited === null) return
    const span = hullOf([this.#edited, ...before.changedSpans(after)])
    const fresh = readStatements(this.#text, after, span)
    this.#statements = replaced(this.#statements, fresh, span)
  }

  #provisionalFacts(lines: LineIndex): SyntaxFacts | null {
    if (this.#tree === null || this.#statements === null || this.#edited === null) return null
    if (this.#provisional === null) {
      this.#readSection(
        sectionAround(this.#edited, this.#sections ?? startsOf(this.#tree), this.#text.length),
      )
      this.#provisional = joinStatements(this.#statements, lines)
    }
    return this.#provisional
  }

  /** Reads the statements of one section as if it were the whole text, if that is quickly done. */
  #readSection(section: Span): void {
    if (this.#statements === null || section.end - section.start > MAX_SECTION) return
    const text = this.#text.slice(section.start, section.end)
    const tree = this.#sectionParser.parse(text, null, SECTION_MS)
    if (tree === null) return
    const fresh = readStatements(text, tree, null).map(({ start, end, facts }) => ({
      start: section.start + start,
      end: section.start + end,
      facts,
    }))
    tree.release()
    this.#statements = splicedStatements(this.#statements, section, fresh)
    this.#edited = section
  }
}

function joinedSpan(before: Span | null, change: TextChange): Span {
  const start = Math.min(before?.start ?? change.start, change.start)
  const end = Math.max(before?.end ?? change.end, change.end)
  return { start, end: end + change.text.length - (change.end - change.start) }
}

function hullOf(spans: readonly Span[]): Span {
  return {
    start: Math.min(...spans.map(span => span.start)),
    end: Math.max(...spans.map(span => span.end)),
  }
}

/** Where the statements of the top level begin. */
function startsOf(tree: SyntaxTree): readonly number[] {
  const starts: number[] = []
  const cursor = tree.walk()
  if (!cursor.gotoFirstChild()) return starts
  do starts.push(cursor.startIndex)
  while (cursor.gotoNextSibling())
  return starts
}

/** The span around `edited` from one of `starts` to another, or to an end of the text. */
function sectionAround(edited: Span, starts: readonly number[], length: number): Span {
  return {
    start: starts.findLast(start => start <= edited.start) ?? 0,
    end: starts.find(start => start > edited.end) ?? length,
  }
}

/** `statements` with those that touch `span` replaced by `fresh`. */
function replaced(
  statements: readonly PlacedStatement[],
  fresh: readonly PlacedStatement[],
  span: Span,
): readonly PlacedStatement[] {
  const before = statements.filter(statement => statement.end < span.start)
  const after = statements.filter(statement => statement.start > span.end)
  return [...before, ...fresh, ...after]
}
