import { packToken } from "../../../../server/syntax/token-pack.ts"
import { TokenKind } from "../../../../server/syntax/tokens.ts"
import type { Snapshot } from "../../points/line-point.ts"
import type { Contestant, Guess, LineGuess, Place } from "../contest.ts"
import type { Mix, MixQuery, Weights } from "./match-mixes.ts"
import { type TokenProject, typedName } from "./token-project.ts"

const LINE_TOKENS = 40
const WORD = /^[\p{ID_Start}_$#@]/u

/** Tokens decoded one after the other, and the product of their probabilities. */
interface Decoded {
  readonly tokens: readonly { text: string; spaced: boolean }[]
  readonly probability: number
  readonly closed: boolean
}

/** A baseline that decodes greedily from one way to weigh matches. */
export class TokenMixer implements Contestant {
  readonly name: string
  readonly #project: TokenProject
  readonly #mix: Mix

  constructor(name: string, project: TokenProject, mix: Mix) {
    this.name = name
    this.#project = project
    this.#mix = mix
  }

  async learn(snapshot: Snapshot): Promise<void> {
    this.#project.learn(snapshot)
  }

  next(place: Place): Guess[] {
    const weights = this.#mix(this.#query(place, 0))
    return [...weights].map(([id, { all }]) => ({ text: this.#project.interner.text(id), probability: all }))
  }

  line(place: Place): LineGuess {
    const { tokens, probability, closed } = this.#decode(this.#query(place, 0), "", 0)
    return { text: render(tokens), confidence: probability, closed }
  }

  words(place: Place, typed: number, limit: number): string[] {
    const { point, offset } = place
    const prefix = point.text.slice(offset - typed, offset)
    const weights = this.#mix(this.#query(place, typed))
    const voted = this.#fitting(weights, prefix).map(word => word.text)
    return [...new Set([...voted, ...this.#project.words(place, prefix, limit)])].slice(0, limit)
  }

  suggest(place: Place, threshold: number): string {
    const prefix = typedName(place)
    const line = this.#decode(this.#query(place, prefix.length), prefix, threshold)
    const space =
      prefix === "" && line.tokens[0]?.spaced && !/\s$/.test(place.point.text.slice(0, place.offset))
    return (space ? " " : "") + render(line.tokens).slice(prefix.length)
  }

  async dispose(): Promise<void> {}

  #query(place: Place, typed: number): MixQuery {
    const { before } = this.#project.visible(place, typed)
    return { context: before, typed, place, project: this.#project }
  }

  /** Candidates that are words with a prefix, likeliest first, with their share among each other. */
  #fitting(weights: Weights, prefix: string): { text: string; probability: number }[] {
    const words = [...weights]
      .map(([id, { all }]) => ({ text: this.#project.interner.text(id), probability: all }))
      .filter(word => word.text.startsWith(prefix) && WORD.test(word.text))
      .sort((a, b) => b.probability - a.probability)
    const total = words.reduce((sum, word) => sum + word.probability, 0)
    return words.map(word => ({ ...word, probability: word.probability / (total + 0.02) }))
  }

  /** Greedy, until the line ends or the product falls below `threshold`. A `prefix` narrows the first token to words. */
  #decode(query: MixQuery, prefix: string, threshold: number): Decoded {
    const known = query.context.length
    const context = new Int32Array(known + LINE_TOKENS)
    context.set(query.context)
    const tokens: { text: string; spaced: boolean }[] = []
    let probability = 1
    for (let length = known; tokens.length < LINE_TOKENS; length++) {
      const weights = this.#mix({ ...query, context: context.subarray(0, length) })
      const best = this.#best(weights, tokens.length === 0 ? prefix : "")
      if (best === null || probability * best.probability < threshold) break
      probability *= best.probability
      if (best.text === "\n") return { tokens, probability, closed: true }
      tokens.push(best)
      context[length] = packToken(this.#project.interner.intern(best.text), best.spaced, TokenKind.identifier)
    }
    return { tokens, probability, closed: false }
  }

  #best(weights: Weights, prefix: string): { text: string; spaced: boolean; probability: number } | null {
    if (prefix !== "") {
      const word = this.#fitting(weights, prefix)[0]
      return word ? { ...word, spaced: true } : null
    }
    let best = -1
    let most = 0
    for (const [id, { all }] of weights) {
      if (all > most) [best, most] = [id, all]
    }
    if (best < 0) return null
    const { spaced } = weights.get(best)!
    return { text: this.#project.interner.text(best), spaced: spaced * 2 > most, probability: most }
  }
}

/** Tokens as text; the space before the first is left out. */
function render(tokens: readonly { text: string; spaced: boolean }[]): string {
  return tokens.map(({ text, spaced }, at) => (spaced && at > 0 ? ` ${text}` : text)).join("")
}
