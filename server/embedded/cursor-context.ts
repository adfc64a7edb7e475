import { PACK_KIND, PACK_SPACE } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { concreteCode, DEPTH, SEPARATOR, shapeCode } from "./context-order.ts"
import {
  type Brackets,
  newSurroundings,
  readSurroundings,
  SURROUNDINGS_SPAN,
  type Surroundings,
} from "./surroundings.ts"

/** How many tokens before the cursor are kept. */
const RECENT = 64
/** How many tokens of what follows the cursor's line are compared. */
const FOLLOWING = 8

/** Whether the next token has white space before it, as far as the text already tells. */
type Gap = "unknown" | "space"

/**
 * What stands before a cursor, nearest first, in the forms that voting reads. Grows by the tokens that are predicted;
 * `copy` one to try several continuations.
 */
export class CursorContext {
  /** Index of the cursor in the document's tokens; what is predicted does not move it. */
  readonly cursor: number
  /** Packed tokens, nearest first; ends with a separator where the document begins. */
  readonly recent: Int32Array = new Int32Array(RECENT)
  readonly concrete: Int32Array = new Int32Array(RECENT)
  readonly shape: Int32Array = new Int32Array(RECENT)
  /** Shapes of the tokens after the cursor's line. */
  readonly following: Int32Array
  /** How many of `recent` are filled. */
  length = 0
  /** Tokens between the last line break and the cursor. */
  lineLength = 0
  gap: Gap = "unknown"
  readonly #brackets: Brackets
  /** Brackets that are open before the cursor, the innermost last: 1 round, 2 square, 3 curly. */
  #openers: number[] = []
  /** How many of them were opened on the cursor's line. */
  #openedOnLine = 0
  #surroundings: Surroundings | null = null
  readonly #names = new Set<number>()

  private constructor(cursor: number, following: Int32Array, brackets: Brackets) {
    this.cursor = cursor
    this.following = following
    this.#brackets = brackets
  }

  /** The context before token `cursor` of a document, of which token `below` is the first after the cursor's line. */
  static at(tokens: Int32Array, cursor: number, below: number, gap: Gap, brackets: Brackets): CursorContext {
    const context = new CursorContext(cursor, shapesFrom(tokens, below), brackets)
    const from = cursor - RECENT
    context.#openers = openersBefore(tokens, Math.max(0, from), brackets)
    if (from < 0) context.push(SEPARATOR)
    for (let i = Math.max(0, from); i < cursor; i++) context.push(tokens[i]!)
    context.gap = gap
    return context
  }

  /** An equal context that grows by itself. */
  copy(): CursorContext {
    const copy = new CursorContext(this.cursor, this.following, this.#brackets)
    copy.recent.set(this.recent)
    copy.concrete.set(this.concrete)
    copy.shape.set(this.shape)
    copy.length = this.length
    copy.lineLength = this.lineLength
    copy.gap = this.gap
    copy.#openers = [...this.#openers]
    copy.#openedOnLine = this.#openedOnLine
    return copy
  }

  /** Takes one more token in front of the cursor. */
  push(packed: number): void {
    this.recent.copyWithin(1, 0, RECENT - 1)
    this.concrete.copyWithin(1, 0, RECENT - 1)
    this.shape.copyWithin(1, 0, RECENT - 1)
    this.recent[0] = packed & ~PACK_SPACE
    this.concrete[0] = concreteCode(packed)
    this.shape[0] = shapeCode(packed)
    if (this.length < RECENT) this.length++
    const startsLine = (packed & PACK_KIND) === TokenKind.lineBreak || packed === SEPARATOR
    this.lineLength = startsLine ? 0 : this.lineLength + 1
    this.gap = "unknown"
    this.#names.clear()
    this.#surroundings = null
    this.#nest(packed, startsLine)
  }

  /** The innermost open bracket: 0 none, 1 round, 2 square, 3 curly; 4 more if it was opened on the cursor's line. */
  nesting(): number {
    return (this.#openers.at(-1) ?? 0) + (this.#openedOnLine > 0 ? 4 : 0)
  }

  #nest(packed: number, startsLine: boolean): void {
    if (startsLine) this.#openedOnLine = 0
    if ((packed & PACK_KIND) !== TokenKind.punctuation) return
    const change = nestingChange(concreteCode(packed), this.#brackets)
    if (change > 0) {
      this.#openers.push(change)
      this.#openedOnLine++
    } else if (change < 0) {
      this.#openers.pop()
      this.#openedOnLine = Math.max(0, this.#openedOnLine - 1)
    }
  }

  /** What the cursor stands in: the innermost open bracket and the head of its line. */
  surroundings(): Surroundings {
    if (this.#surroundings !== null) return this.#surroundings
    const before = this.recent.slice(0, Math.min(this.length, SURROUNDINGS_SPAN)).reverse()
    const found = newSurroundings()
    readSurroundings(before, before.length, this.#brackets, found)
    this.#surroundings = found
    return found
  }

  get brackets(): Brackets {
    return this.#brackets
  }

  /** Codes of the identifiers among the kept tokens. */
  names(): ReadonlySet<number> {
    if (this.#names.size > 0) return this.#names
    for (let i = 0; i < this.length; i++) {
      if ((this.recent[i]! & PACK_KIND) === TokenKind.identifier) this.#names.add(this.concrete[i]!)
    }
    return this.#names
  }

  /** How many tokens may be matched: the separator and all after it. */
  get reach(): number {
    return Math.min(this.length, DEPTH)
  }
}

function shapesFrom(tokens: Int32Array, below: number): Int32Array {
  const count = Math.min(FOLLOWING, tokens.length - below)
  const shapes = new Int32Array(count)
  for (let i = 0; i < count; i++) shapes[i] = shapeCode(tokens[below + i]!)
  return shapes
}

/** How far back open brackets are looked for, in tokens. */
const NESTING_SPAN = 600

/** Class of an opening bracket (1 round, 2 square, 3 curly), -1 for a closing one, else 0. */
function nestingChange(code: number, brackets: Brackets): number {
  if (code === brackets.round) return 1
  if (code === brackets.square) return 2
  if (code === brackets.curly) return 3
  return code === brackets.roundEnd || code === brackets.squareEnd || code === brackets.curlyEnd ? -1 : 0
}

/** Brackets open before token `end`, the innermost last, as far as the span tells. */
function openersBefore(tokens: Int32Array, end: number, brackets: Brackets): number[] {
  const openers: number[] = []
  for (let i = Math.max(0, end - NESTING_SPAN); i < end; i++) {
    const packed = tokens[i]!
    if ((packed & PACK_KIND) !== TokenKind.punctuation) continue
    const change = nestingChange(concreteCode(packed), brackets)
    if (change > 0) openers.push(change)
    else if (change < 0) openers.pop()
  }
  return openers
}
