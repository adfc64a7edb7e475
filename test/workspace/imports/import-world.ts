import { createRequire } from "node:module"
import { Interner } from "../../../server/base/interner.ts"
import { strictLog } from "../../../server/base/log.ts"
import { extractFacts, type SyntaxFacts } from "../../../server/syntax/facts.ts"
import { readImport } from "../../../server/syntax/imports.ts"
import { Languages } from "../../../server/syntax/languages.ts"
import { lex, plainLexicon } from "../../../server/syntax/lexer.ts"
import type { ImportStyle } from "../../../server/syntax/manifest.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../../../server/syntax/symbols.ts"
import { TokenKind } from "../../../server/syntax/tokens.ts"
import { FactStore } from "../../../server/workspace/fact-store.ts"
import type { FileFacts } from "../../../server/workspace/file-facts.ts"
import { readGrammars } from "../../../server/workspace/grammar-folder.ts"
import { ImportGraph } from "../../../server/workspace/imports/import-graph.ts"
import type { FolderListing } from "../../../server/workspace/imports/outside-files.ts"
import type { ResolvedImport } from "../../../server/workspace/imports/resolver-disk.ts"
import { parseFixture } from "../../fixture.ts"
import { GRAMMARS } from "../temp-project.ts"

const languages = new Languages(readGrammars([GRAMMARS], strictLog()))
const parsers = createNativeParsers(createRequire(import.meta.url), strictLog())

/** How imports are read, line by line, in languages whose parsers do not come with the program. */
const STYLES: readonly (readonly [ending: RegExp, style: ImportStyle])[] = [
  [/\.kt$/, "dotted"],
  [/\.exs?$/, "dotted"],
  [/\.php$/, "dotted"],
  [/\.cs$/, "namespace"],
  [/\.lua$/, "require"],
  [/\.(?:rb|scss|cpp)$/, "path"],
]

/** A project in memory with the graph of its imports. What lies in `node_modules` is not the project's. */
export class ImportWorld {
  readonly graph: ImportGraph
  /** Folders read and texts read, in order. */
  readonly reads: string[] = []
  /** Real paths of folders that are links. */
  readonly links: Map<string, string> = new Map()
  readonly #interner = new Interner()
  readonly #index = new FactStore(this.#interner)
  readonly #installed = new FactStore(this.#interner)
  readonly #texts = new Map<string, string>()

  private constructor(roots: readonly string[]) {
    this.graph = new ImportGraph({
      roots,
      index: this.#index,
      interner: this.#interner,
      installed: this.#installed,
      reader: { folder: async path => this.#list(path), text: async path => this.#read(path) },
      onDependencies: ({ wanted, dropped }) => {
        for (const path of wanted) this.#learn(path, this.#installed)
        for (const path of dropped) if (this.#installed.remove(path)) this.graph.removed(path)
      },
      onResolved: () => {},
      onFailure: error => {
        throw error
      },
    })
  }

  /** A world with the files of a fixture, all of them resolved. */
  static async of(
    fixture: string,
    links: Readonly<Record<string, string>> = {},
    roots: readonly string[] = ["/"],
  ): Promise<ImportWorld> {
    const world = new ImportWorld(roots)
    for (const [link, target] of Object.entries(links)) world.links.set(link, target)
    for (const { path, text } of parseFixture(fixture).files) world.write(path, text)
    await world.graph.ready()
    return world
  }

  /** Writes a file, and tells the graph unless it is in `node_modules` or outside the roots. */
  write(path: string, text: string): void {
    this.#texts.set(path, text)
    if (!path.includes("/node_modules/") && !path.startsWith("/outside/")) this.#learn(path, this.#index)
  }

  remove(path: string): void {
    this.#texts.delete(path)
    if (this.#index.remove(path)) this.graph.removed(path)
  }

  /** What is known of the project's own files. */
  get index(): FactStore {
    return this.#index
  }

  /** The text of a file, or null. */
  textOf(path: string): string | null {
    return this.#texts.get(path) ?? null
  }

  /** Paths of the files of installed packages that are known. */
  installed(): readonly string[] {
    return [...this.#installed.paths()].sort()
  }

  /** `specifier -> path: names` of each import of a file that leads somewhere, and what it leads to. */
  async targets(path: string): Promise<readonly string[]> {
    await this.graph.ready()
    return this.graph.targetsOf(path).map(each => rendered(each))
  }

  /** `name@path:line` of what other files get from `path` under `name`, or "nothing". */
  async exported(path: string, name: string): Promise<string> {
    await this.graph.ready()
    const hit = this.graph.exportedFrom(path, name)
    return hit === null ? "nothing" : `${hit.name}@${hit.path}:${hit.line + 1}`
  }

  #learn(path: string, store: FactStore): void {
    const text = this.#texts.get(path)
    if (text === undefined) return
    store.replace(this.#factsOf(path, text))
    this.graph.changed(path)
  }

  #factsOf(path: string, text: string): FileFacts {
    const { names, symbols, signatures, imports } = syntaxFactsOf(path, text)
    const rows = symbols.slice()
    for (let at = SymbolColumn.name; at < rows.length; at += SYMBOL_STRIDE) {
      rows[at] = this.#interner.intern(names[rows[at]!]!)
    }
    const common = {
      path,
      language: null,
      hash: text,
      mtimeMs: 0,
      rough: false,
      bytes: text.length,
      lines: 1,
    }
    const ids = Int32Array.from(identifiersIn(path, text), word => this.#interner.intern(word)).sort()
    return { ...common, symbols: rows, signatures: signatures.join("\n"), imports, words: ids }
  }

  #list(path: string): FolderListing | null {
    this.reads.push(path)
    const link = [...this.links.keys()].find(each => path === each || path.startsWith(`${each}/`))
    const real = link === undefined ? path : `${this.links.get(link)}${path.slice(link.length)}`
    const below = [...this.#texts.keys(), ...this.links.keys()].filter(each => each.startsWith(`${real}/`))
    if (below.length === 0) return null
    const entries = new Set(below.map(each => each.slice(real.length + 1).split("/")[0]!))
    const files = [...entries].filter(name => this.#texts.has(`${real}/${name}`))
    return {
      real,
      files: new Set(files),
      folders: new Set([...entries].filter(name => !files.includes(name))),
    }
  }

  #read(path: string): string | null {
    this.reads.push(path)
    return this.#texts.get(path) ?? null
  }
}

function identifiersIn(path: string, text: string): ReadonlySet<string> {
  const tokens = lex(text, languages.byPath(path)?.lexicon ?? plainLexicon)
  const words = new Set<string>()
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] === TokenKind.identifier) words.add(text.slice(tokens.starts[at], tokens.ends[at]))
  }
  return words
}

/** The facts of a text in the language of its path; of languages without a parser here only the imports. */
export function syntaxFactsOf(path: string, text: string): SyntaxFacts {
  const language = languages.byPath(path)
  const parser = language && parsers.parserFor(language)
  if (parser) {
    const tree = parser.parse(text, null, 10_000)
    if (tree === null) throw new Error(`${path} can't be parsed`)
    const facts = extractFacts(text, tree)
    tree.release()
    return facts
  }
  const style = STYLES.find(([ending]) => ending.test(path))?.[1]
  const lines = style === undefined ? [] : text.split("\n")
  const imports = lines.flatMap(line => {
    const read = readImport(/include|require_once/.test(line) ? "path" : style!, line)
    return (read?.imports ?? []).map(each => ({ ...each, start: 0, end: 0 }))
  })
  return { names: [], symbols: new Int32Array(), signatures: [], imports }
}

function rendered({ fact, path, names }: ResolvedImport): string {
  const list = names.map(({ name, as }) => (name === as ? name : `${name} as ${as}`)).join(", ")
  return `${fact.source} -> ${path ?? "nothing"}${list === "" ? "" : `: ${list}`}`
}
