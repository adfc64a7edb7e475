import { PACK_KIND, PACK_SPACE } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import type { CandidateWorld } from "./candidate-features.ts"
import { concreteCode, DEPTH, isShaped, SEPARATOR, shapeCode } from "./context-order.ts"
import type { CursorContext } from "./cursor-context.ts"
import type { DocumentBlock } from "./document-blocks.ts"
import type { IndexedFile, Segment } from "./project-tokens.ts"
import {
  frameAgreement,
  headAgreement,
  newSurroundings,
  readSurroundings,
  type Surroundings,
} from "./surroundings.ts"
import { ContextRanges, lastOccurrence, nextBreak, type TokenBlock } from "./token-block.ts"
import {
  bindingFeature,
  CONCRETE_MATCH,
  columnFeature,
  distanceFeature,
  FOLLOWING_MATCH,
  LINE_LENGTH,
  LOCAL_MATCH,
  Locality,
  MANNER_MATCH,
  Manner,
  overlapFeature,
  ringFeature,
  SHAPE_MATCH,
  VOTE_GROUPS,
  VOTE_OFFSET,
} from "./vote-features.ts"

/** Votes asked for per source where shapes match; half as many where tokens match. */
const SHAPE_VOTES = 120
const CONCRETE_VOTES = 60
/** Room for votes of all sources; each position casts at most two. */
const ROOM = 4096
/** Tokens before a place whose names are compared with those near the cursor. */
const OVERLAP_SPAN = 24
/** A line break further ahead than this many tokens is not looked for. */
const LINE_SPAN = 60

/** What is searched for one answer. */
export interface VoteView {
  readonly document: readonly DocumentBlock[]
  readonly segments: readonly Segment[]
  /** Whether a concrete code stands in the document. */
  readonly inDocument: (code: number) => boolean
  /** Whether a file may vote: false for the one that is open. */
  readonly mayVote: (file: IndexedFile) => boolean
  readonly isNear: (file: IndexedFile) => boolean
  /** Feature of how much a file has in common with the document. */
  readonly kinship: (file: IndexedFile) => number
  readonly world: CandidateWorld
}

/** One place whose context agrees with the cursor's. */
interface Place {
  block: TokenBlock
  /** Number of the block among all that are searched. */
  source: number
  position: number
  /** Most tokens that may agree: less than `DEPTH` behind the cursor, where the line to come lies between. */
  most: number
  locality: number
  /** Feature of the distance in the document. */
  distance: number
  kinship: number
  /** How many positions share the match. */
  ring: number
  /** Agreeing tokens in shape, or -1 if not known. */
  shapeMatch: number
}

/**
 * Gathers votes: every place whose context ends like ours, in tokens or in shape, votes for the token that followed
 * it, as it is and with the name bound to the one at the same place before our cursor. Columns are used again by the
 * next gathering.
 */
export class Votes {
  /** Packed tokens voted for, without the space bit. */
  readonly tokens: Int32Array = new Int32Array(ROOM)
  /** 1 where white space stands before the token at the voting place. */
  readonly spaced: Uint8Array = new Uint8Array(ROOM)
  /** `VOTE_GROUPS` feature indices per vote. */
  readonly features: Uint8Array = new Uint8Array(ROOM * VOTE_GROUPS)
  count = 0
  readonly #seen = new PlaceSet()
  readonly #ranges: ContextRanges[] = []
  readonly #around: Surroundings = newSurroundings()
  #context!: CursorContext
  #view!: VoteView
  #names: ReadonlySet<number> = new Set()
  #cast = 0

  /** Fills the columns with the votes for what follows `context`. */
  gather(context: CursorContext, view: VoteView): void {
    this.count = 0
    this.#seen.clear()
    this.#context = context
    this.#view = view
    this.#names = context.names()
    const { document, segments } = view
    const project = document.length
    this.#scan(document, 0, false, CONCRETE_VOTES)
    this.#scan(segments, project, false, CONCRETE_VOTES)
    this.#scan(document, 0, true, SHAPE_VOTES)
    this.#scan(segments, project, true, SHAPE_VOTES)
  }

  /** Lets the places vote that match deepest, ring by ring, until `most` have voted; wide rings are sampled evenly. */
  #scan(sources: readonly (DocumentBlock | Segment)[], first: number, shaped: boolean, most: number): void {
    const { reach, shape, concrete } = this.#context
    let deepest = 0
    for (const [index, source] of sources.entries()) {
      this.#ranges[index] ??= new ContextRanges()
      this.#ranges[index].find(source.block, shaped, shaped ? shape : concrete, reach)
      deepest = Math.max(deepest, this.#ranges[index].depth)
    }
    this.#cast = 0
    for (let depth = deepest; depth >= 1 && this.#cast < most; depth--) {
      const ring = this.#ringSize(sources.length, depth)
      const size = ring - (depth < deepest ? this.#ringSize(sources.length, depth + 1) : 0)
      if (size === 0) continue
      const step = Math.max(1, size / Math.max(16, most - this.#cast))
      let carry = 0
      for (const [index, source] of sources.entries()) {
        carry = this.#ring(source, first + index, this.#ranges[index]!, depth, ring, step, carry, shaped)
      }
    }
  }

  #ringSize(sources: number, depth: number): number {
    let size = 0
    for (let index = 0; index < sources; index++) {
      const ranges = this.#ranges[index]!
      if (depth <= ranges.depth) size += ranges.high[depth]! - ranges.low[depth]!
    }
    return size
  }

  /** One source's part of a ring: the positions that agree in exactly `depth` tokens, every `step`-th from `carry` on. */
  #ring(
    source: DocumentBlock | Segment,
    number: number,
    ranges: ContextRanges,
    depth: number,
    ring: number,
    step: number,
    carry: number,
    shaped: boolean,
  ): number {
    if (depth > ranges.depth) return carry
    const order = shaped ? source.block.shape : source.block.concrete
    const low = ranges.low[depth]!
    const deeper = depth < ranges.depth
    const innerLow = deeper ? ranges.low[depth + 1]! : ranges.high[depth]!
    const inner = deeper ? ranges.high[depth + 1]! - innerLow : 0
    const size = ranges.high[depth]! - low - inner
    let at = carry
    for (; at < size; at += step) {
      let index = low + Math.floor(at)
      if (index >= innerLow) index += inner
      this.#consider(source, number, order[index]!, ring, shaped ? depth : -1)
    }
    return at - size
  }

  #consider(
    source: DocumentBlock | Segment,
    number: number,
    position: number,
    ring: number,
    shapeMatch: number,
  ): void {
    const { block } = source
    if (position >= block.tokens.length || block.tokens[position] === SEPARATOR) return
    const place = {
      block,
      source: number,
      position,
      ring,
      shapeMatch,
      most: DEPTH,
      locality: 0,
      distance: 0,
      kinship: 0,
    }
    const valid = "indexOf" in source ? this.#inDocument(source, place) : this.#inProject(source, place)
    if (!valid || !this.#seen.add(number, position) || this.count > ROOM - 2) return
    this.#cast++
    this.#vote(place)
  }

  #inDocument(source: DocumentBlock, place: Place): boolean {
    const index = source.indexOf(place.position)
    const { cursor } = this.#context
    if (index < 0 || index === cursor) return false
    if (index > cursor) place.most = Math.min(DEPTH, index - cursor)
    place.locality = Locality.document
    place.kinship = VOTE_OFFSET.kinship
    place.distance = distanceFeature(cursor - index)
    return true
  }

  #inProject(source: Segment, place: Place): boolean {
    const file = source.fileAt(place.position)
    if (file.stale || !this.#view.mayVote(file)) return false
    place.locality = this.#view.isNear(file) ? Locality.directory : Locality.elsewhere
    place.distance = VOTE_OFFSET.distance
    place.kinship = this.#view.kinship(file)
    return true
  }

  #vote(place: Place): void {
    const { block, position } = place
    const { recent } = this.#context
    const packed = block.tokens[position]!
    const concreteMatch = this.#concreteMatch(place)
    const shapeMatch =
      place.shapeMatch < 0 ? this.#shapeMatch(place, concreteMatch) : Math.min(place.shapeMatch, place.most)
    const first = this.count
    this.#describe(place, concreteMatch, shapeMatch)
    if (!isShaped(packed)) {
      this.#put(first, packed, packed, Manner.plain, concreteMatch, VOTE_OFFSET.binding)
      return
    }
    const code = concreteCode(packed)
    const back = lastOccurrence(block.tokens, position, shapeMatch)
    const bound = back > 0 ? recent[back - 1]! : SEPARATOR
    if (bound !== SEPARATOR) {
      const same = concreteCode(bound) === code
      const manner = same ? Manner.same : Manner.bound
      this.#put(first, bound, packed, manner, concreteMatch, bindingFeature(back, same))
      if (same) return
    }
    const rival = bound === SEPARATOR ? 0 : Manner.rival
    this.#put(first, packed, packed, this.#literalManner(code) + rival, concreteMatch, VOTE_OFFSET.binding)
  }

  #literalManner(code: number): number {
    if (this.#names.has(code)) return Manner.near
    return this.#view.inDocument(code) ? Manner.known : Manner.foreign
  }

  /** Adds a vote; the features that are the place's own stand at `first`. */
  #put(
    first: number,
    token: number,
    seen: number,
    manner: number,
    concreteMatch: number,
    binding: number,
  ): void {
    const at = this.count++
    const offset = at * VOTE_GROUPS
    if (at !== first) this.features.copyWithin(offset, first * VOTE_GROUPS, (first + 1) * VOTE_GROUPS)
    this.tokens[at] = token & ~PACK_SPACE
    const spaced = (seen & PACK_SPACE) !== 0
    this.spaced[at] = spaced ? 1 : 0
    this.features[offset + 4] = VOTE_OFFSET.manner + manner * 4 + MANNER_MATCH[concreteMatch]!
    this.features[offset + 9] = VOTE_OFFSET.gap + (this.#context.gap === "unknown" ? 0 : spaced ? 1 : 2)
    this.features[offset + 13] = binding
  }

  /** Writes the features that depend on the place alone, where the next vote stands. */
  #describe(place: Place, concreteMatch: number, shapeMatch: number): void {
    const { features } = this
    const { lineLength } = this.#context
    const offset = this.count * VOTE_GROUPS
    const reaches = concreteMatch > lineLength ? 2 : shapeMatch > lineLength ? 1 : 0
    features[offset] = SHAPE_MATCH[shapeMatch]!
    features[offset + 1] = CONCRETE_MATCH[concreteMatch]!
    features[offset + 2] = ringFeature(place.ring)
    features[offset + 3] = VOTE_OFFSET.locality + place.locality * 5 + LOCAL_MATCH[concreteMatch]!
    features[offset + 5] = this.#overlap(place)
    features[offset + 6] = place.distance
    features[offset + 7] = this.#following(place)
    features[offset + 8] = VOTE_OFFSET.line + reaches * 4 + LINE_LENGTH[Math.min(64, lineLength)]!
    features[offset + 10] = place.kinship
    const around = this.#around
    readSurroundings(place.block.tokens, place.position, this.#context.brackets, around)
    features[offset + 11] =
      VOTE_OFFSET.frame + frameAgreement(around, this.#context.surroundings()) + (concreteMatch > 2 ? 7 : 0)
    features[offset + 14] = columnFeature(around.column, lineLength)
    features[offset + 12] = VOTE_OFFSET.head + headAgreement(around, this.#context.surroundings(), lineLength)
  }

  #concreteMatch({ block, position, most }: Place): number {
    const { concrete, length } = this.#context
    const reach = Math.min(most, length, position)
    let match = 0
    while (match < reach && concreteCode(block.tokens[position - 1 - match]!) === concrete[match]!) match++
    return match
  }

  #shapeMatch({ block, position, most }: Place, from: number): number {
    const { shape, length } = this.#context
    const reach = Math.min(most, length, position)
    let match = from
    while (match < reach && shapeCode(block.tokens[position - 1 - match]!) === shape[match]!) match++
    return match
  }

  /** Feature: which share of the names before the place stands near our cursor too. */
  #overlap({ block, position }: Place): number {
    const names = this.#names
    const from = Math.max(0, position - OVERLAP_SPAN)
    let found = 0
    let common = 0
    for (let p = position - 1; p >= from; p--) {
      const packed = block.tokens[p]!
      if (packed === SEPARATOR) break
      if ((packed & PACK_KIND) !== TokenKind.identifier) continue
      found++
      if (names.has(concreteCode(packed))) common++
    }
    return overlapFeature(found === 0 ? 0 : common / found)
  }

  /** Feature: how many tokens after the place's line agree in shape with those after ours. */
  #following({ block, position }: Place): number {
    const { following } = this.#context
    const ahead = nextBreak(block.tokens, position, LINE_SPAN - 1)
    let match = 0
    if (ahead >= 0) {
      let at = position + ahead + 1
      while (
        match < following.length &&
        at < block.tokens.length &&
        shapeCode(block.tokens[at]!) === following[match]!
      ) {
        match++
        at++
      }
    }
    return FOLLOWING_MATCH[match]!
  }
}

/** The places that voted already: open addressing, emptied by a stamp. */
class PlaceSet {
  readonly #keys = new Float64Array(2048)
  readonly #stamps = new Int32Array(2048)
  #stamp = 0

  clear(): void {
    this.#stamp++
  }

  /** Adds a place; false if it was there (or the set is full). */
  add(source: number, position: number): boolean {
    const key = source * 2 ** 32 + position
    let slot = (Math.imul(position, 0x9e3779b1) ^ Math.imul(source, 0x85ebca6b)) >>> 21
    for (let tries = 0; tries < 2048; tries++) {
      if (this.#stamps[slot] !== this.#stamp) {
        this.#stamps[slot] = this.#stamp
        this.#keys[slot] = key
        return true
      }
      if (this.#keys[slot] === key) return false
      slot = (slot + 1) & 2047
    }
    return false
  }
}
