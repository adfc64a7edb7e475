import { Interner } from "../../server/base/interner.ts"
import { strictLog } from "../../server/base/log.ts"
import { EmbeddedEngine } from "../../server/embedded/engine.ts"
import { createInProcessSorter } from "../../server/embedded/sorter.ts"
import type { EmbeddedAnswer } from "../../server/embedded/suggestion.ts"
import { lex } from "../../server/syntax/lexer.ts"
import { packTokens } from "../../server/syntax/token-pack.ts"
import type { Lexicon } from "../../server/syntax/tokens.ts"
import { openSnapshot } from "../../server/workspace/document.ts"
import type { FileTokens, SymbolIndex } from "../../server/workspace/file-facts.ts"
import { parseFixture } from "../fixture.ts"

/** A small C-like language, enough for every test of the engine. */
export const tinyScript: Lexicon = {
  keywords: ["const", "export", "function", "if", "import", "from", "let", "new", "return"],
  lineComments: ["//"],
  spacedComments: false,
  blockComments: [["/*", "*/"]],
  quotes: ['"', "'"],
  chars: false,
  longQuotes: [],
  templates: true,
  regexLiterals: true,
  nameExtras: "$",
}

/** The packed tokens of a text, words in `interner`. */
export function packed(text: string, interner: Interner): Int32Array<ArrayBuffer> {
  return packTokens(text, lex(text, tinyScript), word => interner.intern(word))
}

/** An engine in this process, and what tests do to it. */
export class EngineWorld {
  readonly interner: Interner = new Interner()
  readonly engine: EmbeddedEngine
  #version = 0

  constructor(symbols: Pick<SymbolIndex, "prefix"> | null = null) {
    this.engine = new EmbeddedEngine({
      interner: this.interner,
      lexiconOf: () => tinyScript,
      sorter: createInProcessSorter(),
      symbols,
      log: strictLog(),
      budgetMs: Number.POSITIVE_INFINITY,
    })
  }

  /** Files as the indexer would send them; null text for one that is gone. */
  tokensOf(files: Readonly<Record<string, string | null>>): FileTokens[] {
    return Object.entries(files).map(([path, text]) => ({
      path,
      tokens: text === null ? null : packed(text, this.interner),
    }))
  }

  /** Indexes files and waits until they vote. */
  async learn(files: Readonly<Record<string, string | null>>): Promise<void> {
    this.engine.replaceFiles(this.tokensOf(files))
    await this.engine.settled()
  }

  /** The answer at the cursor of a text that stands, unsaved, in `path`. */
  ask(
    text: string,
    options: { readonly path?: string; readonly threshold?: number; readonly lines?: number } = {},
  ): EmbeddedAnswer {
    const { path = "/open.ts", threshold = 0.5, lines = 1 } = options
    const [before = "", after = ""] = text.split("<|>")
    const document = openSnapshot({
      uri: `file://${path}`,
      path,
      language: "tiny",
      version: ++this.#version,
      text: before + after,
    })
    return this.engine.answer({ document, offset: before.length, threshold, maxLines: lines, maxWords: 6 })
  }
}

/** Learns the fixture's files without a cursor, then answers in the one with it. */
export async function answerIn(
  fixture: string,
  options: { readonly threshold?: number; readonly lines?: number } = {},
): Promise<EmbeddedAnswer> {
  const world = new EngineWorld()
  const { files } = parseFixture(fixture)
  const open = files.find(file => file.cursors.length > 0)!
  await world.learn(
    Object.fromEntries(files.filter(file => file !== open).map(({ path, text }) => [path, text])),
  )
  const at = open.cursors[0]!
  return world.ask(`${open.text.slice(0, at)}<|>${open.text.slice(at)}`, { path: open.path, ...options })
}
