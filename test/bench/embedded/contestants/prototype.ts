import { dirname } from "node:path/posix"
import { TokenKind } from "../../../../server/syntax/tokens.ts"
import type { LinePoint, Snapshot } from "../../points/line-point.ts"
import type { Contestant, Guess, LineGuess, Place } from "../contest.ts"
import {
  hasHashComments,
  type PrototypeCorpus,
  type PrototypeEngine,
  type PrototypeFile,
  type PrototypeGuess,
  type PrototypeModules,
  type PrototypePredictor,
} from "./prototype-modules.ts"

/** A point as the prototype sees it. */
interface Opened {
  readonly ids: Int32Array
  /** Indexes of the line's first token and of its line break. */
  readonly first: number
  readonly past: number
  readonly file: number
}

/** Tokens decoded at most: for a whole line, and for what is shown while typing. */
const LINE_TOKENS = 40
const SHOWN_TOKENS = 24

/**
 * One project in the prototype's engine, shared by its two contestants.
 * `hidesLine` says whether the wanted line's tokens are taken out of the open document, as no engine may see them. The
 * prototype's own benchmark leaves them in (its "stands in this file" feature then knows them): false reproduces that.
 */
export class PrototypeProject {
  readonly modules: PrototypeModules
  readonly #hidesLine: boolean
  #snapshot: Snapshot | null = null
  #corpus!: PrototypeCorpus
  #engine!: PrototypeEngine
  #vote!: PrototypePredictor
  #rerank!: PrototypePredictor
  #spacing!: { render(context: Int32Array, tokens: readonly number[]): string }
  readonly #opened = new Map<LinePoint, Opened>()
  #open: { point: LinePoint; token: number } | null = null

  constructor(modules: PrototypeModules, hidesLine: boolean) {
    this.modules = modules
    this.#hidesLine = hidesLine
  }

  get vocab(): PrototypeCorpus["vocab"] {
    return this.#corpus.vocab
  }

  learn(snapshot: Snapshot): void {
    if (this.#snapshot === snapshot) return
    const { corpus, engine, knn, reranker, decoder, theta, rerank, maxPos } = this.modules
    const vocab = corpus.newVocab()
    const lex = (path: string, text: string): PrototypeFile =>
      corpus.lexIds(text, vocab, hasHashComments(path))
    const files = snapshot.files.map(({ path, text }) => ({ rel: path, ...lex(path, text) }))
    const fileOf = new Map(snapshot.files.map((file, at) => [file.path, at]))
    this.#opened.clear()
    for (const point of snapshot.points) {
      const { ids, starts } = lex(point.path, point.text)
      const first = starts.indexOf(point.starts[0]!)
      const past = first + point.starts.length
      this.#opened.set(point, { ids, first, past, file: fileOf.get(point.path) ?? -1 })
    }
    this.#corpus = corpus.assemble(vocab, files)
    this.#engine = new engine.Engine(this.#corpus)
    this.#engine.buildAbstract(1e9)
    this.#vote = new knn.Knn(this.#engine, theta)
    this.#vote.maxPos = maxPos
    this.#rerank = new reranker.Rerank(this.#engine, this.#vote, new reranker.Symbols(this.#corpus), rerank)
    this.#spacing = new decoder.Spacing(this.#corpus)
    this.#open = null
    this.#snapshot = snapshot
  }

  /** The prediction function at a token of the point's line (counted from its first), and the tokens before it. */
  at(
    point: LinePoint,
    token: number,
    mode: "vote" | "rerank",
  ): { context: Int32Array; predict: (context: Int32Array) => PrototypeGuess } {
    const { ids, first, past, file } = this.#opened.get(point)!
    const cursor = first + token
    const resume = this.#hidesLine ? cursor : past
    if (this.#open?.point !== point || (this.#hidesLine && this.#open.token !== token)) {
      const visible = this.#hidesLine ? without(ids, cursor, past) : ids
      this.#engine.openDoc(visible, file, dirname(point.path))
      this.#open = { point, token }
    }
    const predictor = mode === "vote" ? this.#vote : this.#rerank
    return {
      context: ids.subarray(0, cursor),
      predict: context => predictor.predict(context, cursor, resume),
    }
  }

  render(context: Int32Array, tokens: readonly number[]): string {
    return this.#spacing.render(context, tokens)
  }

  /** Words of the open document by how often they stand in it, then of the project, that start with a prefix. */
  frequentWords(point: LinePoint, token: number, prefix: string, limit: number): number[] {
    const { ids, first, past } = this.#opened.get(point)!
    const visible = without(ids, first + token, past)
    const fits = (id: number): boolean => this.isWord(id) && this.vocab.text[id]!.startsWith(prefix)
    const counts = new Map<number, number>()
    for (const id of visible) if (fits(id)) counts.set(id, (counts.get(id) ?? 0) + 1)
    const words = [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id)
    const { df, cf } = this.#engine
    const isOpenFile = this.#opened.get(point)!.file >= 0
    const own = new Set(visible)
    const others: number[] = []
    for (let id = 0; words.length < limit && id < this.#corpus.V; id++) {
      const elsewhere = df[id]! > (own.has(id) && isOpenFile ? 1 : 0)
      if (elsewhere && fits(id) && !counts.has(id)) others.push(id)
    }
    others.sort((a, b) => cf[b]! - cf[a]!)
    return [...words, ...others].slice(0, limit)
  }

  isWord(id: number): boolean {
    return this.vocab.kind[id]! <= TokenKind.keyword
  }
}

/** The prototype's position voting, or the same with its re-ranker, decoding greedily. */
export class PrototypeContestant implements Contestant {
  readonly name: string
  readonly #project: PrototypeProject
  readonly #mode: "vote" | "rerank"

  constructor(name: string, project: PrototypeProject, mode: "vote" | "rerank") {
    this.name = name
    this.#project = project
    this.#mode = mode
  }

  async learn(snapshot: Snapshot): Promise<void> {
    this.#project.learn(snapshot)
  }

  next(place: Place): Guess[] {
    const { context, predict } = this.#at(place, place.point.starts.indexOf(place.offset))
    const { text } = this.#project.vocab
    return [...predict(context)].map(([id, probability]) => ({ text: text[id]!, probability }))
  }

  line(place: Place): LineGuess {
    const { context, predict } = this.#at(place, place.point.starts.indexOf(place.offset))
    const { decode } = this.#project.modules.decoder
    const line = decode(predict, context, { beam: 1, expand: 1, first: null, maxTok: LINE_TOKENS })
    if (!line) return { text: "", confidence: 0, closed: false }
    const text = this.#project.render(context, line.toks)
    return { text, confidence: Math.exp(line.lp), closed: !line.open }
  }

  words(place: Place, typed: number, limit: number): string[] {
    const { point, offset } = place
    const token = point.starts.indexOf(offset - typed)
    const prefix = point.text.slice(offset - typed, offset)
    const voted = this.#wordGuesses(place, token, prefix, limit).map(([id]) => id)
    const rest = this.#project.frequentWords(point, token, prefix, limit).filter(id => !voted.includes(id))
    return [...voted, ...rest].slice(0, limit).map(id => this.#project.vocab.text[id]!)
  }

  /** Invariant: as in the prototype's simulation, it is told which token comes next and whether a space does. */
  suggest(place: Place, threshold: number): string {
    const { point, offset } = place
    const token = point.ends.findIndex(end => end > offset)
    const start = point.starts[token]!
    const prefix = point.text.slice(start, Math.max(start, offset))
    if (prefix !== "" && point.kinds[token]! > TokenKind.keyword) return ""
    const first = prefix === "" ? null : this.#wordGuesses(place, token, prefix, 2).slice(0, 1)
    if (first?.length === 0) return ""
    const { context, predict } = this.#at(place, token)
    const { decode } = this.#project.modules.decoder
    const line = decode(predict, context, { beam: 1, expand: 1, first, maxTok: SHOWN_TOKENS })
    const sure = line ? surePrefix(line.ps, threshold) : 0
    if (!line || sure === 0) return ""
    const text = this.#project.render(context, line.toks.slice(0, sure)).slice(prefix.length)
    return offset < start ? ` ${text}` : text
  }

  async dispose(): Promise<void> {}

  #at(place: Place, token: number): ReturnType<PrototypeProject["at"]> {
    return this.#project.at(place.point, token, this.#mode)
  }

  /** The likeliest words with a prefix, their probabilities among each other (with a little left for others). */
  #wordGuesses(place: Place, token: number, prefix: string, limit: number): [number, number][] {
    const { context, predict } = this.#at(place, token)
    const project = this.#project
    const fits = (id: number): boolean => project.isWord(id) && project.vocab.text[id]!.startsWith(prefix)
    const best = project.modules.decoder.topK(predict(context), limit, fits)
    const total = best.reduce((sum, [, probability]) => sum + probability, 0)
    return best.map(([id, probability]) => [id, probability / (total + 0.02)])
  }
}

/** How many leading probabilities keep their product at or above a threshold. */
function surePrefix(probabilities: readonly number[], threshold: number): number {
  let product = 1
  const cut = probabilities.findIndex(probability => {
    product *= probability
    return product < threshold
  })
  return cut < 0 ? probabilities.length : cut
}

function without(ids: Int32Array, from: number, to: number): Int32Array {
  const rest = new Int32Array(ids.length - (to - from))
  rest.set(ids.subarray(0, from))
  rest.set(ids.subarray(to), from)
  return rest
}
