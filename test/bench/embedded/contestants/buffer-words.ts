import type { Snapshot } from "../../points/line-point.ts"
import type { Contestant, Guess, LineGuess, Place } from "../contest.ts"
import { type TokenProject, typedName } from "./token-project.ts"

/** Letters typed before a word is offered while typing. */
const MIN_TYPED = 2
/** How many words `next` offers. */
const OFFERED = 20

/** The baseline every editor has: words of the document, nearest first, then of the project. It never guesses a line. */
export class BufferWords implements Contestant {
  readonly name = "bufferWords"
  readonly #project: TokenProject

  constructor(project: TokenProject) {
    this.#project = project
  }

  async learn(snapshot: Snapshot): Promise<void> {
    this.#project.learn(snapshot)
  }

  next(place: Place): Guess[] {
    const words = this.#project.words(place, "", OFFERED)
    return words.map((text, at) => ({ text, probability: 1 / (2 + at) }))
  }

  line(_place: Place): LineGuess {
    return { text: "", confidence: 0, closed: false }
  }

  words(place: Place, typed: number, limit: number): string[] {
    const { point, offset } = place
    return this.#project.words(place, point.text.slice(offset - typed, offset), limit)
  }

  suggest(place: Place, _threshold: number): string {
    const prefix = typedName(place)
    if (prefix.length < MIN_TYPED) return ""
    const word = this.#project.words(place, prefix, 2).find(text => text !== prefix)
    return word?.slice(prefix.length) ?? ""
  }

  async dispose(): Promise<void> {}
}
