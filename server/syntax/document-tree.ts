import type { LineIndex } from "../base/line-index.ts"
import type { TextChange } from "../base/text-change.ts"
import {
  joinStatements,
  type PlacedStatement,
  readStatements,
  StatementReader,
  type SyntaxFacts,
} from "./facts.ts"
import { movedOffsets, movedStatements, splicedStatements } from "./facts-placed.ts"
import { MAX_PARSED_LENGTH, type Parser, type Span, type SyntaxTree } from "./parser.ts"

/** Longest stretch of work, in milliseconds: the caller has other things to do. */
const SLICE_MS = 8
/** The first stretch after an edit, in milliseconds: enough for most keys, and the others want provisional facts soon. */
const FIRST_SLICE_MS = 2
/** Longest parse of a section in one stretch, in milliseconds; it comes on top of the first slice. */
const SECTION_MS = 4
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
  /** Whether `#tree` is the tree of the present text. */
  #isParsed = false
  /** The statements of the present text, once facts were asked for and a tree was read: exact outside `#unread`. */
  #statements: readonly PlacedStatement[] | null = null
  /** What `#statements` have yet to be read anew in, from a tree of the present text. */
  #unread: Span | null = null
  /** What was edited and not read since, not even as a section. */
  #edited: Span | null = null
  /** Reads `#tree`, which is that of the present text. */
  #reader: StatementReader | null = null
  /** Where statements of the top level began when there was last no error, in the present text; null if `#tree` can say. */
  #sections: readonly number[] | null = null
  /** The facts that `#statements` come to. */
  #facts: SyntaxFacts | null = null

  /** Takes over two parsers of one language, which no other document may use; the second one reads single sections. */
  constructor(parser: Parser, sectionParser: Parser, text: string) {
    this.#parser = parser
    this.#sectionParser = sectionParser
    this.#text = text
  }

  /** Follows one change of the text, which makes it `after`. Does not parse. */
  edit(change: TextChange, after: string): void {
    this.#tree?.edit(change, this.#text)
    this.#isParsed = false
    this.#reader = null
    this.#facts = null
    this.#sections = this.#sections && movedOffsets(this.#sections, change)
    if (this.#statements !== null) {
      this.#statements = movedStatements(this.#statements, change)
      this.#unread = joinedSpan(this.#unread, change)
      this.#edited = joinedSpan(this.#edited, change)
    }
    this.#text = after
  }

  /**
   * The tree of the present text, after at most `budgetMs` of parsing, or null if that was not enough: the next call
   * goes on from there if the text is still the same. A text that is too long has no tree, ever.
   */
  current(budgetMs: number = SLICE_MS): SyntaxTree | null {
    if (this.#isTooLong) return null
    if (this.#isParsed) return this.#tree
    const tree = this.#parser.parse(this.#text, this.#tree, budgetMs)
    if (tree === null) return null
    if (this.#tree !== null) this.#follow(this.#tree, tree)
    this.#tree?.release()
    this.#tree = tree
    this.#isParsed = true
    return tree
  }

  /** Whether more calls of `current` or `facts` can still lead to a tree, or to facts that are not provisional. */
  get isPending(): boolean {
    return !this.#isTooLong && (!this.#isParsed || this.#unread !== null || this.#reader !== null)
  }

  /**
   * The facts of the present text, after one stretch of work (8 ms). `lines` is the line index of the text.
   * While `isPending` they are provisional: the statements of the top level around the edits are read as if they stood
   * alone, or only moved if that takes too long; all others are as they were. Null if no text was read to its end yet,
   * or if the text is too long.
   */
  facts(lines: LineIndex): SyntaxFacts | null {
    const budgetMs = this.#edited === null ? SLICE_MS : FIRST_SLICE_MS
    const deadline = performance.now() + budgetMs
    const tree = this.current(budgetMs)
    if (this.#isTooLong) return null
    if (tree === null || !this.#readUntil(deadline, tree)) this.#readSection()
    this.#facts ??= this.#statements && joinStatements(this.#statements, lines)
    return this.#facts
  }

  /** Gives the tree up; a later call of `current` would parse the text anew. */
  release(): void {
    this.#tree?.release()
    this.#tree = null
    this.#isParsed = false
    this.#statements = null
    this.#unread = null
    this.#edited = null
    this.#reader = null
    this.#sections = null
    this.#facts = null
  }

  get #isTooLong(): boolean {
    return this.#text.length > MAX_PARSED_LENGTH
  }

  /** Notes what the tree `after` makes of the tree `before`. */
  #follow(before: SyntaxTree, after: SyntaxTree): void {
    // An error can swallow all that follows, so the sections of the tree that is given up are worth more.
    if (!after.hasErrors) this.#sections = null
    else if (this.#sections === null) this.#sections = startsOf(before)
    if (this.#unread !== null) this.#unread = hullOf([this.#unread, ...before.changedSpans(after)])
  }

  /** Brings the statements up to date with `tree`, that of the present text; false if that takes longer. */
  #readUntil(deadline: number, tree: SyntaxTree): boolean {
    if (this.#statements !== null && this.#unread === null) return true
    this.#reader ??= new StatementReader(this.#text, tree, this.#unread)
    if (!this.#reader.readUntil(deadline)) return false
    const fresh = this.#reader.statements
    const old = this.#statements
    this.#statements = old && this.#unread ? replaced(old, fresh, this.#unread) : fresh
    this.#unread = null
    this.#edited = null
    this.#reader = null
    this.#facts = null
    return true
  }

  /** Reads the statements around the edit as if they were the whole text, if that is quickly done. */
  #readSection(): void {
    if (this.#statements === null || this.#unread === null || this.#edited === null || !this.#tree) return
    const section = sectionAround(this.#edited, this.#sections ?? startsOf(this.#tree), this.#text.length)
    if (section.end - section.start > MAX_SECTION) {
      this.#edited = null
      return
    }
    const fresh = this.#statementsIn(section)
    if (fresh === null) return
    this.#edited = null
    this.#statements = splicedStatements(this.#statements, section, fresh)
    this.#unread = hullOf([this.#unread, section])
    this.#reader = null
    this.#facts = null
  }

  /** The statements of a section, or null if that takes longer: the next call goes on from there. */
  #statementsIn({ start, end }: Span): readonly PlacedStatement[] | null {
    const text = this.#text.slice(start, end)
    const tree = this.#sectionParser.parse(text, null, SECTION_MS)
    if (tree === null) return null
    const statements = readStatements(text, tree)
    tree.release()
    return statements.map(({ facts, ...span }) => ({
      start: start + span.start,
      end: start + span.end,
      facts,
    }))
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
