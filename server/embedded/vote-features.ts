import { groupOffsets } from "./feature-groups.ts"

/** Buckets of each feature of a vote; a vote carries one of each group. */
const GROUP_SIZES = {
  shapeMatch: 12,
  concreteMatch: 10,
  ring: 8,
  locality: 15,
  manner: 36,
  overlap: 6,
  distance: 9,
  following: 6,
  line: 12,
  gap: 3,
  kinship: 6,
  frame: 14,
  head: 6,
  binding: 9,
  column: 6,
} as const

/** Names of the groups of vote features, in the order of their constants. */
type VoteGroup = keyof typeof GROUP_SIZES

/** How many features one vote carries. */
export const VOTE_GROUPS: number = Object.keys(GROUP_SIZES).length

/** Index of each group's first constant. */
export const VOTE_OFFSET: Readonly<Record<VoteGroup, number>> = groupOffsets(GROUP_SIZES)

/** How many constants weigh votes. */
export const VOTE_FEATURES: number = Object.values(GROUP_SIZES).reduce((sum, size) => sum + size, 0)

/** Which bucket a value falls in: the number of cuts below it. */
function bucket(value: number, cuts: readonly number[]): number {
  let at = 0
  while (at < cuts.length && value > cuts[at]!) at++
  return at
}

function table(size: number, cuts: readonly number[], offset = 0): Uint8Array {
  return Uint8Array.from({ length: size }, (_, value) => offset + bucket(value, cuts))
}

/** Feature of a shape match of 0 to 64 tokens. */
export const SHAPE_MATCH: Uint8Array = table(
  65,
  [1, 2, 3, 4, 5, 6, 8, 11, 15, 20, 30],
  VOTE_OFFSET.shapeMatch,
)
/** Feature of a concrete match of 0 to 64 tokens. */
export const CONCRETE_MATCH: Uint8Array = table(65, [0, 1, 2, 3, 4, 6, 9, 14, 22], VOTE_OFFSET.concreteMatch)
/** Bucket, 0 to 4, of a concrete match within `locality`. */
export const LOCAL_MATCH: Uint8Array = table(65, [0, 1, 3, 7])
/** Bucket, 0 to 3, of a concrete match within `manner`. */
export const MANNER_MATCH: Uint8Array = table(65, [0, 2, 5])
/** Feature of 0 to 8 tokens that agree after the line. */
export const FOLLOWING_MATCH: Uint8Array = table(9, [0, 1, 2, 4, 7], VOTE_OFFSET.following)
/** Bucket, 0 to 3, of the number of tokens between the line's start and the cursor. */
export const LINE_LENGTH: Uint8Array = table(65, [0, 2, 5])

/** Feature of how many positions share a match. */
export function ringFeature(size: number): number {
  return VOTE_OFFSET.ring + bucket(size, [1, 2, 4, 10, 30, 100, 1000])
}

/** Feature of the share, 0 to 1, of a place's names that stand near the cursor too. */
export function overlapFeature(share: number): number {
  return VOTE_OFFSET.overlap + bucket(share, [0.05, 0.25, 0.5, 0.75, 0.95])
}

/** Feature of a vote from elsewhere in the document, by tokens from it to the cursor; negative behind the cursor. */
export function distanceFeature(tokens: number): number {
  const first = VOTE_OFFSET.distance + 1
  return tokens > 0 ? first + bucket(tokens, [60, 250, 1000, 4000]) : first + 5 + bucket(-tokens, [60, 500])
}

/** Feature of a name bound `back` tokens back; whether it is the very name of the voting place. */
export function bindingFeature(back: number, same: boolean): number {
  return VOTE_OFFSET.binding + 1 + bucket(back, [2, 5, 12]) + (same ? 4 : 0)
}

/** Feature of how far into their lines two places are, in tokens. */
export function columnFeature(theirs: number, ours: number): number {
  const apart = theirs === ours ? 0 : theirs < ours ? 1 : 2
  return VOTE_OFFSET.column + apart + (ours === 0 ? 3 : 0)
}

/** Feature of how alike two files are, 0 to 1. */
export function kinshipFeature(likeness: number): number {
  return VOTE_OFFSET.kinship + 1 + bucket(likeness, [0.03, 0.08, 0.16, 0.3])
}

/** Where a vote comes from; times 5 plus `LOCAL_MATCH` is its feature in `locality`. */
export const Locality = { elsewhere: 0, directory: 1, document: 2 } as const

/** How a vote names its token; times 4 plus `MANNER_MATCH` is its feature in `manner`. */
export const Manner = {
  /** The token as it is: punctuation, keywords, line breaks. */
  plain: 0,
  /** The name that stands at the same place before our cursor, which is the voting place's own. */
  same: 1,
  /** The name that stands at the same place before our cursor, another than the voting place's. */
  bound: 2,
  /** The name as it is, and nothing to bind: it stands near our cursor, in our document, or in neither. */
  near: 3,
  known: 4,
  foreign: 5,
  /** The same three where the name could have been bound too: add this. */
  rival: 3,
} as const
