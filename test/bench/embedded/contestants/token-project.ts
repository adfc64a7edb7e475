import { Interner } from "../../../../server/base/interner.ts"
import { concreteCode, orderContexts, SEPARATOR } from "../../../../server/embedded/context-order.ts"
import { EMPTY_BLOCK, type TokenBlock } from "../../../../server/embedded/token-block.ts"
import { PACK_KIND, PACK_SHIFT, packTokens } from "../../../../server/syntax/token-pack.ts"
import { TokenKind } from "../../../../server/syntax/tokens.ts"
import type { LinePoint, Snapshot, Tokenize } from "../../points/line-point.ts"
import { type Place, visibleAfter, visibleBefore } from "../contest.ts"

/** The visible tokens of a document around a place. */
interface VisibleTokens {
  /** Packed tokens before the place, nearest last; a name that is being typed is not among them. */
  readonly before: Int32Array
  /** Both sides with a separator between, sorted by concrete context. */
  readonly block: TokenBlock
}

/** A project as packed tokens, sorted by concrete context: what all baselines are made from. */
export class TokenProject {
  readonly interner: Interner = new Interner()
  readonly #tokenize: Tokenize
  #snapshot: Snapshot | null = null
  #block: TokenBlock = EMPTY_BLOCK
  #ranges = new Map<string, { readonly from: number; readonly to: number }>()
  #wordUses = new Map<number, number>()
  #visible: { point: LinePoint; beforeEnd: number; tokens: VisibleTokens } | null = null

  constructor(tokenize: Tokenize) {
    this.#tokenize = tokenize
  }

  /** All files, a separator after each. */
  get block(): TokenBlock {
    return this.#block
  }

  learn(snapshot: Snapshot): void {
    if (this.#snapshot === snapshot) return
    const parts = snapshot.files.map(file => ({ path: file.path, tokens: this.#pack(file.path, file.text) }))
    const all = new Int32Array(parts.reduce((sum, part) => sum + part.tokens.length + 1, 0)).fill(SEPARATOR)
    this.#ranges = new Map()
    this.#wordUses = new Map()
    let at = 0
    for (const { path, tokens } of parts) {
      all.set(tokens, at)
      this.#ranges.set(path, { from: at, to: at + tokens.length })
      at += tokens.length + 1
      for (const token of tokens) {
        if (isWord(token))
          this.#wordUses.set(token >> PACK_SHIFT, (this.#wordUses.get(token >> PACK_SHIFT) ?? 0) + 1)
      }
    }
    this.#block = sorted(all)
    this.#visible = null
    this.#snapshot = snapshot
  }

  /** Whether a position of the project belongs to an older version of the document. */
  isOwn(position: number, path: string): boolean {
    const own = this.#ranges.get(path)
    return own !== undefined && position >= own.from && position < own.to
  }

  /** The tokens around a place; the `typed` units before it belong to a name that is being typed and are left out. */
  visible(place: Place, typed: number): VisibleTokens {
    const { point } = place
    const beforeEnd = place.offset - typed
    if (this.#visible?.point === point && this.#visible.beforeEnd === beforeEnd) return this.#visible.tokens
    const before = this.#pack(point.path, visibleBefore(place).slice(0, beforeEnd))
    const after = this.#pack(point.path, visibleAfter(place))
    const all = new Int32Array(before.length + 1 + after.length)
    all.set(before)
    all[before.length] = SEPARATOR
    all.set(after, before.length + 1)
    const tokens = { before, block: sorted(all) }
    this.#visible = { point, beforeEnd, tokens }
    return tokens
  }

  /** Names and keywords that start with a prefix: those of the document nearest first, then the project's most used. */
  words(place: Place, prefix: string, limit: number): string[] {
    const { before, block } = this.visible(place, prefix.length)
    const found = new Set<string>()
    const offer = (token: number | undefined): void => {
      if (token === undefined || token === SEPARATOR || !isWord(token)) return
      const text = this.interner.text(token >> PACK_SHIFT)
      if (text.startsWith(prefix)) found.add(text)
    }
    for (let distance = 1; distance <= block.tokens.length && found.size < limit; distance++) {
      offer(block.tokens[before.length - distance])
      offer(block.tokens[before.length + distance])
    }
    if (found.size < limit) for (const text of this.#mostUsed(prefix)) found.add(text)
    return [...found].slice(0, limit)
  }

  #mostUsed(prefix: string): string[] {
    return [...this.#wordUses]
      .map(([id, uses]) => ({ text: this.interner.text(id), uses }))
      .filter(word => word.text.startsWith(prefix))
      .sort((a, b) => b.uses - a.uses)
      .map(word => word.text)
  }

  #pack(path: string, text: string): Int32Array {
    return packTokens(text, this.#tokenize(path, text), token => this.interner.intern(token))
  }
}

/** The name being typed at a place, as far as the text before it tells; "" if none. */
export function typedName(place: Place): string {
  return /[\p{ID_Continue}$#@]*$/u.exec(visibleBefore(place))![0]
}

/** Whether a packed token is a name or a keyword. */
function isWord(token: number): boolean {
  return (token & PACK_KIND) <= TokenKind.keyword
}

function sorted(tokens: Int32Array): TokenBlock {
  return { ...EMPTY_BLOCK, tokens, concrete: orderContexts(tokens, concreteCode) }
}
