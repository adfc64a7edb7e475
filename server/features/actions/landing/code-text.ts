import type { TextChange } from "../../../base/text-change.ts"
import { yieldToLoop } from "../../../base/time-slice.ts"
import { MAX_PARSED_LENGTH, type Parser, type Span, type SyntaxTree } from "../../../syntax/parser.ts"
import { changed, changesBetween, type TextLines, textLines } from "./line-edits.ts"
import { type SearchedLines, squeezed } from "./locate.ts"
import { type Step, usualStep } from "./reindent.ts"

/** Longest stretch of parsing, ms. */
const SLICE_MS = 4
/** Stretches after which a parse is given up: half a second, for what lands once and that nobody types into. */
const MAX_SLICES = 125

/** A tree that somebody else owns, with its text. */
export interface KnownTree {
  readonly text: string
  readonly tree: SyntaxTree
}

/** A text of a file at one moment. Invariant: its tree, if it has one, is that of its text. */
export class CodeText {
  readonly text: string
  /** Null without a parser. */
  readonly tree: SyntaxTree | null
  #lines: TextLines | null = null
  #squeezed: readonly string[] | null = null
  #step: Step | null | undefined

  constructor(text: string, tree: SyntaxTree | null) {
    this.text = text
    this.tree = tree
  }

  /** The text taken apart, once. */
  get lines(): TextLines {
    this.#lines ??= textLines(this.text)
    return this.#lines
  }

  /** Its lines, to search through. */
  get searched(): SearchedLines {
    this.#squeezed ??= this.lines.lines.map(squeezed)
    return { lines: this.lines.lines, squeezed: this.#squeezed }
  }

  /** The step by which its lines most often go deeper; null if none does. */
  get step(): Step | null {
    if (this.#step === undefined) this.#step = usualStep(this.lines.lines)
    return this.#step
  }
}

/** What changes made of a text. */
export interface ChangedCode {
  readonly code: CodeText
  /** Outside of these, the trees before and after have the same shape; the same place in both texts. */
  readonly spanBefore: Span
  readonly spanAfter: Span
}

/** Reads the texts of one file, each from the tree of the one read before. Owns every tree that it makes. */
export class CodeReader {
  readonly #parser: Parser | null
  readonly #trees: SyntaxTree[] = []
  #last: CodeText | null

  /** Copies the known tree at once, within a few ms: what becomes of it afterwards does not matter. */
  constructor(parser: Parser | null, known: KnownTree | null) {
    this.#parser = parser
    const tree = parser && known && this.#kept(parser.parse(known.text, known.tree, SLICE_MS))
    this.#last = known && tree && new CodeText(known.text, tree)
  }

  /** A text with its tree; null if it is too large to parse. Parses in stretches of a few ms. */
  async read(text: string): Promise<CodeText | null> {
    const last = this.#last
    if (last?.text === text) return last
    const previous = last && this.#moved(last, changesBetween(last.lines, textLines(text), [last.text, text]))
    this.#last = (await this.#parsed(text, previous)) ?? this.#last
    return this.#last?.text === text ? this.#last : null
  }

  /** A text in the language of the file that has nothing else in common with it; null if it is too large to parse. */
  async readAlone(text: string): Promise<CodeText | null> {
    return this.#parsed(text, null)
  }

  /** What changes, sorted, apart from each other and at least one, make of a text; null if that is too large to parse. */
  async changed(before: CodeText, changes: readonly TextChange[]): Promise<ChangedCode | null> {
    const moved = this.#moved(before, changes)
    const code = await this.#parsed(changed(before.text, changes), moved)
    if (code === null) return null
    const longer = code.text.length - before.text.length
    const spans = moved && code.tree ? moved.changedSpans(code.tree) : []
    const start = Math.min(changes[0]!.start, ...spans.map(span => span.start))
    const end = Math.max(changes.at(-1)!.end + longer, ...spans.map(span => span.end))
    return { code, spanBefore: { start, end: end - longer }, spanAfter: { start, end } }
  }

  /** Gives up every tree of every text it read. */
  release(): void {
    for (const tree of this.#trees) tree.release()
  }

  /** A copy of the tree of a text that was told of changes; null if there is none, or if copying takes too long. */
  #moved(before: CodeText, changes: readonly TextChange[]): SyntaxTree | null {
    const copy = before.tree && this.#parser?.parse(before.text, before.tree, SLICE_MS)
    // From the last to the first: what stands before a change is as it was.
    for (const change of [...changes].reverse()) copy?.edit(change, before.text)
    return this.#kept(copy ?? null)
  }

  async #parsed(text: string, previous: SyntaxTree | null): Promise<CodeText | null> {
    if (this.#parser === null) return new CodeText(text, null)
    if (text.length > MAX_PARSED_LENGTH) return null
    for (let slice = 0; slice < MAX_SLICES; slice++) {
      const tree = this.#kept(this.#parser.parse(text, previous, SLICE_MS))
      if (tree !== null) return new CodeText(text, tree)
      await yieldToLoop()
    }
    return null
  }

  #kept(tree: SyntaxTree | null): SyntaxTree | null {
    if (tree !== null) this.#trees.push(tree)
    return tree
  }
}
