import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { TokenStream } from "../../../../server/syntax/tokens.ts"

/** Ids of the prototype's vocabulary to something; what its engines predict is a map to probabilities. */
export type PrototypeGuess = ReadonlyMap<number, number>

/** The prototype's open vocabulary: id 0 is the line break. */
interface PrototypeVocab {
  readonly text: readonly string[]
  readonly kind: readonly number[]
}

/** A lexed file of the prototype. */
export interface PrototypeFile {
  readonly ids: Int32Array
  readonly kinds: readonly number[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** All files of a project as one token stream. */
export interface PrototypeCorpus {
  readonly vocab: PrototypeVocab
  /** Size of the vocabulary when the corpus was made. */
  readonly V: number
}

/** The prototype's project engine with one open document. */
export interface PrototypeEngine {
  readonly df: Int32Array
  readonly cf: Int32Array
  buildAbstract(maxFiles: number): void
  openDoc(ids: Int32Array, file: number, folder: string): void
}

/** Something that predicts the next token after `context`; tokens from `cursor` to `resume` of the open document are hidden. */
export interface PrototypePredictor {
  maxPos?: number
  predict(context: Int32Array, cursor: number, resume: number): PrototypeGuess
}

/** A decoded line: tokens, their probabilities, log of the product, and whether no line break was predicted. */
interface PrototypeLine {
  readonly toks: readonly number[]
  readonly ps: readonly number[]
  readonly lp: number
  readonly open: boolean
}

/** The parts of the prototype that the contest uses, loaded from its folder. */
export interface PrototypeModules {
  readonly theta: Float64Array
  readonly rerank: Float64Array
  readonly maxPos: number
  readonly corpus: {
    newVocab(): PrototypeVocab
    lexIds(text: string, vocab: PrototypeVocab, hash: boolean): PrototypeFile
    assemble(vocab: PrototypeVocab, lexed: readonly unknown[]): PrototypeCorpus
  }
  readonly lexer: { lex(text: string, options: { hashComments: boolean }): Omit<PrototypeFile, "ids"> }
  readonly engine: { Engine: new (corpus: PrototypeCorpus) => PrototypeEngine }
  readonly knn: { Knn: new (engine: PrototypeEngine, theta: Float64Array) => PrototypePredictor }
  readonly reranker: {
    Rerank: new (
      engine: PrototypeEngine,
      vote: PrototypePredictor,
      symbols: unknown,
      weights: Float64Array,
    ) => PrototypePredictor
    Symbols: new (corpus: PrototypeCorpus) => unknown
  }
  readonly decoder: {
    Spacing: new (
      corpus: PrototypeCorpus,
    ) => { render(context: Int32Array, tokens: readonly number[]): string }
    topK(guess: PrototypeGuess, count: number, filter: (id: number) => boolean): [number, number][]
    decode(
      predict: (context: Int32Array) => PrototypeGuess,
      context: Int32Array,
      options: { beam: number; expand: number; first: [number, number][] | null; maxTok?: number },
    ): PrototypeLine | undefined
  }
}

/** Loads the prototype from `../shared/prototype` beside the repository, or null where that folder is absent. */
export async function loadPrototype(repository: string): Promise<PrototypeModules | null> {
  const folder = join(repository, "..", "shared", "prototype")
  if (!existsSync(join(folder, "model.json"))) return null
  const load = (name: string): Promise<unknown> => import(pathToFileURL(join(folder, name)).href)
  const names = ["corpus.mjs", "lexer.mjs", "engine.mjs", "knn.mjs", "rerank.mjs", "decode.mjs"]
  const [corpus, lexer, engine, knn, reranker, decoder] = await Promise.all(names.map(load))
  const model = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"))
  return {
    theta: Float64Array.from(model.theta),
    rerank: Float64Array.from(model.rerank),
    maxPos: model.maxPos,
    ...({ corpus, lexer, engine, knn, reranker, decoder } as Omit<
      PrototypeModules,
      "theta" | "rerank" | "maxPos"
    >),
  }
}

/** Whether the prototype reads `#` as the start of a comment in this file. */
export function hasHashComments(path: string): boolean {
  return path.endsWith(".py")
}

/** The prototype's own tokens of a text. */
export function prototypeTokens(modules: PrototypeModules, path: string, text: string): TokenStream {
  const { kinds, starts, ends } = modules.lexer.lex(text, { hashComments: hasHashComments(path) })
  return {
    count: kinds.length,
    kinds: Uint8Array.from(kinds),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
  }
}
