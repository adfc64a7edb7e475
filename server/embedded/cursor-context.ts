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
export const RECENT = 64
/** How many tokens of what follows the cursor's line are compared. */
export const FOLLOWING = 8

/** Whether the next token has white space before it, as far as the text already tells. */
export type Gap = "unknown" | "space"

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
  #surroundings: Surroundings | null = null
  readonly #names = new Set<number>()

  private constructor(cursor: number, following: Int32Array, brackets: Brackets) {
    this.cursor = cursor
    this.following = following
    this.#brackets = brackets
  }

  /** The context before token `cursor` of a document. */
  static at(tokens: Int32Array, cursor: number, gap: Gap, brackets: Brackets): CursorContext {
    const context = new CursorContext(cursor, shapesAfterLine(tokens, cursor), brackets)
    const from = cursor - RECENT
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

function shapesAfterLine(tokens: Int32Array, cursor: number): Int32Array {
  let from = cursor
  while (from < tokens.length && (tokens[from]! & PACK_KIND) !== TokenKind.lineBreak) from++
  while (from < tokens.length && (tokens[from]! & PACK_KIND) === TokenKind.lineBreak) from++
  const count = Math.min(FOLLOWING, tokens.length - from)
  const shapes = new Int32Array(count)
  for (let i = 0; i < count; i++) shapes[i] = shapeCode(tokens[from + i]!)
  return shapes
}
