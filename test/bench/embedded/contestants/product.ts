import { Interner } from "../../../../server/base/interner.ts"
import { strictLog } from "../../../../server/base/log.ts"
import { EmbeddedEngine, type EngineOptions } from "../../../../server/embedded/engine.ts"
import { createInProcessSorter } from "../../../../server/embedded/sorter.ts"
import type { EmbeddedAnswer } from "../../../../server/embedded/suggestion.ts"
import type { Languages } from "../../../../server/syntax/languages.ts"
import { packTokens } from "../../../../server/syntax/token-pack.ts"
import { type DocumentSnapshot, openSnapshot } from "../../../../server/workspace/document.ts"
import type { FileTokens } from "../../../../server/workspace/file-facts.ts"
import { lexiconFor, productTokens } from "../../corpus/bench-languages.ts"
import type { SourceFile } from "../../corpus/source-files.ts"
import type { Snapshot } from "../../points/line-point.ts"
import {
  type Contestant,
  type Guess,
  type LineGuess,
  type Place,
  visibleAfter,
  visibleBefore,
} from "../contest.ts"

/** The folder that every project of a bench is said to lie in. */
const ROOT = "/project/"

/** The packed tokens of files, as the indexer sends them. */
function fileTokens(files: readonly SourceFile[], languages: Languages, interner: Interner): FileTokens[] {
  const tokenize = productTokens(languages)
  return files.map(({ path, text }) => ({
    path: ROOT + path,
    tokens: packTokens(text, tokenize(path, text), token => interner.intern(token)),
  }))
}

/** A document of the project that an engine is asked about. */
export function projectDocument(
  path: string,
  text: string,
  version: number,
  languages: Languages,
): DocumentSnapshot {
  const language = languages.byPath(path)?.name ?? null
  return openSnapshot({ uri: `file://${ROOT}${path}`, path: ROOT + path, language, version, text })
}

/** An engine that has learned some files and has sorted them all, on this thread and without symbols. */
export async function learnedEngine(
  files: readonly SourceFile[],
  languages: Languages,
  options: Pick<EngineOptions, "budgetMs" | "predictor">,
): Promise<EmbeddedEngine> {
  const interner = new Interner()
  const engine = new EmbeddedEngine({
    interner,
    lexiconOf: language => lexiconFor(languages, language),
    sorter: createInProcessSorter(),
    symbols: null,
    log: strictLog(),
    ...options,
  })
  engine.replaceFiles(fileTokens(files, languages, interner))
  await engine.settled()
  return engine
}

/** The product's own engine, asked through its public methods only; it sees plain texts from which the line is cut. */
export class ProductContestant implements Contestant {
  readonly name = "product"
  readonly #languages: Languages
  #engine: EmbeddedEngine | null = null
  #document: DocumentSnapshot | null = null

  constructor(languages: Languages) {
    this.#languages = languages
  }

  async learn(snapshot: Snapshot): Promise<void> {
    await this.dispose()
    // What is right must not depend on how busy the machine is.
    const options = { budgetMs: Number.POSITIVE_INFINITY }
    this.#engine = await learnedEngine(snapshot.files, this.#languages, options)
  }

  next(place: Place): readonly Guess[] {
    return this.#engine!.next(this.#documentAt(place), place.offset)
  }

  line(place: Place): LineGuess {
    return this.#engine!.decode(this.#documentAt(place), place.offset)
  }

  words(place: Place, _typed: number, limit: number): string[] {
    return this.#answer(place, 1, limit).words.map(word => word.text)
  }

  suggest(place: Place, threshold: number): string {
    return this.#answer(place, threshold, 0).line?.text ?? ""
  }

  async dispose(): Promise<void> {
    await this.#engine?.dispose()
    this.#engine = null
    this.#document = null
  }

  #answer(place: Place, threshold: number, maxWords: number): EmbeddedAnswer {
    const document = this.#documentAt(place)
    return this.#engine!.answer({ document, offset: place.offset, threshold, maxLines: 1, maxWords })
  }

  #documentAt(place: Place): DocumentSnapshot {
    const text = visibleBefore(place) + visibleAfter(place)
    const before = this.#document
    const document = projectDocument(place.point.path, text, (before?.version ?? 0) + 1, this.#languages)
    if (before?.uri === document.uri && before.text === text) return before
    if (before !== null && before.uri !== document.uri) this.#engine!.close(before.uri)
    this.#document = document
    return document
  }
}
