import { DEPTH, SEPARATOR } from "./context-order.ts"
import type { Sorter } from "./sorter.ts"
import { EMPTY_BLOCK, sortBlock, type TokenBlock } from "./token-block.ts"

/** How far ahead a vote looks in its own stream, in tokens: a line break within 60, and 8 tokens after it. */
const LOOK_AHEAD = 72
/** Texts of up to this many tokens are sorted whole on the spot (some 8 ms), longer ones in the sorter. */
const SORT_HERE = 20_000
/** Largest window of changed tokens sorted at a keystroke (some 1.5 ms). */
const WINDOW = 3000
/** What is searched around the cursor of a long text that is not sorted yet, in tokens. */
const REACH_BACK = 4000
const REACH_AHEAD = 1000
/** Texts of more tokens than this are only ever searched around the cursor. */
const MOST_TOKENS = 1_000_000

/** A stretch of the open document that can be searched; `indexOf` says which of its positions are valid. */
export interface DocumentBlock {
  readonly block: TokenBlock
  /** Index in the document's tokens of a position in the block, or -1 if it must not vote. */
  indexOf(position: number): number
}

/**
 * The open document's tokens, searchable after every keystroke: a sorted base, and a small window sorted anew that
 * covers what differs from it. Invariant: base without its hole, and the window, hold each position once, with the
 * same context a full sort would give it (except in long texts, whose far positions may be missing for a moment).
 */
export class DocumentBlocks {
  readonly #sorter: Sorter
  readonly #failed: (error: unknown) => void
  #tokens = new Int32Array(0)
  #base: TokenBlock = EMPTY_BLOCK
  #sorting: Promise<void> | null = null
  #window: Window | null = null
  #blocks: readonly DocumentBlock[] | null = null

  /** `failed` hears of a background sort that could not be done. */
  constructor(sorter: Sorter, failed: (error: unknown) => void) {
    this.#sorter = sorter
    this.#failed = failed
  }

  /** Takes the document's packed tokens as they are now. */
  update(tokens: Int32Array<ArrayBuffer>): void {
    if (tokens === this.#tokens) return
    this.#tokens = tokens
    this.#window = null
    this.#blocks = null
  }

  /** What to search when the cursor stands before token `cursor`. */
  blocks(cursor: number): readonly DocumentBlock[] {
    const window = this.#windowFor(cursor)
    if (this.#blocks !== null && this.#window !== null && sameWindow(window, this.#window))
      return this.#blocks
    this.#window = window
    this.#blocks = this.#build(window)
    return this.#blocks
  }

  /** Resolves when no background sort is under way. */
  async settled(): Promise<void> {
    await this.#sorting
  }

  #windowFor(cursor: number): Window {
    const whole = differing(this.#base.tokens, this.#tokens)
    if (whole.to - whole.from <= WINDOW) return whole
    if (this.#tokens.length <= SORT_HERE) {
      this.#base = sortBlock(afterSeparator(this.#tokens))
      return differing(this.#base.tokens, this.#tokens)
    }
    this.#sortSoon()
    const from = Math.max(whole.from, cursor - REACH_BACK)
    const to = Math.max(from, Math.min(whole.to, cursor + REACH_AHEAD))
    return { ...whole, from, to }
  }

  #sortSoon(): void {
    if (this.#sorting !== null || this.#tokens.length > MOST_TOKENS) return
    this.#sorting = this.#sorter
      .sort(afterSeparator(this.#tokens))
      .then(block => {
        this.#base = block
        this.#window = null
      })
      .catch(this.#failed)
      .finally(() => {
        this.#sorting = null
      })
  }

  #build(window: Window): readonly DocumentBlock[] {
    const { holeFrom, holeTo, shift } = window
    const base: DocumentBlock = {
      block: this.#base,
      indexOf: position => {
        const index = position - 1
        return index < holeFrom ? index : index >= holeTo ? index + shift : -1
      },
    }
    if (window.from >= window.to) return [base]
    const lead = Math.max(0, window.from - DEPTH)
    const tail = Math.min(this.#tokens.length, window.to + LOOK_AHEAD)
    const part = this.#tokens.subarray(lead, tail)
    const leading = lead === 0 ? 1 : 0
    const block = sortBlock(leading === 1 ? afterSeparator(part) : part.slice())
    const changed: DocumentBlock = {
      block,
      indexOf: position => {
        const index = position - leading + lead
        return index >= window.from && index < window.to ? index : -1
      },
    }
    return [base, changed]
  }
}

/** Where the document differs from the base, in token indices; positions outside are served by the base. */
interface Window {
  /** The part of the document that the window must serve. */
  readonly from: number
  readonly to: number
  /** The part of the base that must not vote. */
  readonly holeFrom: number
  readonly holeTo: number
  /** Added to an index behind the hole. */
  readonly shift: number
}

function sameWindow(a: Window, b: Window): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.holeFrom === b.holeFrom &&
    a.holeTo === b.holeTo &&
    a.shift === b.shift
  )
}

/** `base` begins with a separator, `tokens` does not. */
function differing(base: Int32Array, tokens: Int32Array): Window {
  const baseLength = Math.max(0, base.length - 1)
  const shorter = Math.min(baseLength, tokens.length)
  let start = 0
  while (start < shorter && base[start + 1] === tokens[start]) start++
  let tail = 0
  while (tail < shorter - start && base[base.length - 1 - tail] === tokens[tokens.length - 1 - tail]) tail++
  const shift = tokens.length - baseLength
  if (start === baseLength && shift === 0) {
    return { from: start, to: start, holeFrom: start, holeTo: start, shift: 0 }
  }
  // A vote looks ahead and its context reaches back: both must see the text as it is.
  const holeFrom = Math.max(0, start - LOOK_AHEAD)
  const holeTo = Math.min(baseLength, baseLength - tail + DEPTH)
  return { from: holeFrom, to: holeTo + shift, holeFrom, holeTo, shift }
}

function afterSeparator(tokens: Int32Array): Int32Array<ArrayBuffer> {
  const out = new Int32Array(tokens.length + 1)
  out[0] = SEPARATOR
  out.set(tokens, 1)
  return out
}
