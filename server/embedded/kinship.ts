import { PACK_KIND } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import { concreteCode } from "./context-order.ts"
import type { IndexedFile, ProjectTokens } from "./project-tokens.ts"
import { kinshipFeature } from "./vote-features.ts"

/** Tokens of a file that are compared: its imports and what they are first used for. */
const HEAD_TOKENS = 1000
/** Answers for which a measured likeness is believed. */
const KEPT_ANSWERS = 400

/** How alike the open document and other files are, by the names they share; measured once per file and kept for a while. */
export class Kinship {
  #known = new WeakMap<IndexedFile, number>()
  #answers = 0
  #weight = 0

  /** A function that gives the feature of a file's likeness to the document whose codes `uses` counts. */
  measure(uses: ReadonlyMap<number, number>, project: ProjectTokens): (file: IndexedFile) => number {
    const rarity = rarityIn(project)
    if (this.#answers++ % KEPT_ANSWERS === 0) {
      this.#known = new WeakMap()
      this.#weight = 0
      for (const code of uses.keys()) this.#weight += rarity(code)
    }
    return file => {
      const known = this.#known.get(file)
      if (known !== undefined) return known
      const feature = kinshipFeature(likeness(file, uses, this.#weight, rarity))
      this.#known.set(file, feature)
      return feature
    }
  }
}

/** The weight of a word: the rarer over the files, the more; 0 for one that the project does not know. */
function rarityIn({ words, fileCount }: ProjectTokens): (code: number) => number {
  return code => {
    const files = words.files(code)
    return files === 0 || !words.isWord(code) ? 0 : Math.log(1 + fileCount / files)
  }
}

/** Weighted names in common over the geometric mean of both sides' weights, 0 to 1. */
function likeness(
  file: IndexedFile,
  uses: ReadonlyMap<number, number>,
  weight: number,
  rarity: (code: number) => number,
): number {
  const seen = new Set<number>()
  let own = 0
  let common = 0
  for (let p = file.start; p < Math.min(file.end, file.start + HEAD_TOKENS); p++) {
    const packed = file.tokens[p]!
    if ((packed & PACK_KIND) !== TokenKind.identifier) continue
    const code = concreteCode(packed)
    if (seen.has(code)) continue
    seen.add(code)
    const mine = rarity(code)
    own += mine
    if (uses.has(code)) common += mine
  }
  return own === 0 || weight === 0 ? 0 : common / Math.sqrt(own * weight)
}
