import { type Retrieve, type SourceLines, sourcePiece } from "../contestant.ts"
import { range } from "../file-syntax.ts"
import type { WordLines } from "./word-lines.ts"

/** Lines of a chunk, and of the query above and below the cursor. */
const CHUNK = 20
const QUERY = 10
const K1 = 1.2
const B = 0.75
/** Chunks in an answer: more than the largest budget takes. */
const MOST = 400

interface Chunk {
  readonly file: number
  readonly first: number
  readonly last: number
  readonly length: number
}

/** Chunks of the whole project by BM25 of the words around the cursor. */
export function bm25(lines: SourceLines, words: WordLines): Retrieve {
  const chunks = new ChunkIndex(words)
  return question => {
    const near = question.lines.slice(Math.max(0, question.line - QUERY), question.line + QUERY + 1)
    const query = new Set(words.read(near).flat())
    return chunks
      .best(query, question.file)
      .map(({ file, first, last }) => sourcePiece(lines, file, range(first, last)))
  }
}

class ChunkIndex {
  readonly #chunks: Chunk[] = []
  /** By word: chunk and count, in turns. */
  readonly #postings = new Map<number, number[]>()
  readonly #meanLength: number

  constructor(words: WordLines) {
    for (let file = 0; file < words.fileCount; file++) {
      const lines = words.of(file)
      for (let first = 0; first < lines.length; first += CHUNK) {
        this.#add(file, first, lines.slice(first, first + CHUNK))
      }
    }
    this.#meanLength =
      this.#chunks.reduce((sum, { length }) => sum + length, 0) / Math.max(1, this.#chunks.length)
  }

  /** The best chunks out of other files than one. */
  best(query: ReadonlySet<number>, but: number): Chunk[] {
    const scores = new Map<number, number>()
    for (const word of query) this.#score(this.#postings.get(word) ?? [], scores)
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .map(([at]) => this.#chunks[at]!)
      .filter(({ file }) => file !== but)
      .slice(0, MOST)
  }

  #score(postings: readonly number[], scores: Map<number, number>): void {
    const holders = postings.length / 2
    const rarity = Math.log(1 + (this.#chunks.length - holders + 0.5) / (holders + 0.5))
    for (let at = 0; at < postings.length; at += 2) {
      const [chunk, count] = [postings[at]!, postings[at + 1]!]
      const norm = K1 * (1 - B + (B * this.#chunks[chunk]!.length) / this.#meanLength)
      scores.set(chunk, (scores.get(chunk) ?? 0) + (rarity * count * (K1 + 1)) / (count + norm))
    }
  }

  #add(file: number, first: number, lines: readonly (readonly number[])[]): void {
    const counts = new Map<number, number>()
    for (const word of lines.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
    if (counts.size === 0) return
    const chunk = this.#chunks.length
    this.#chunks.push({ file, first, last: first + lines.length - 1, length: lines.flat().length })
    for (const [word, count] of counts) {
      const postings = this.#postings.get(word)
      if (postings === undefined) this.#postings.set(word, [chunk, count])
      else postings.push(chunk, count)
    }
  }
}
