import type NativeParserClass from "tree-sitter"
import type { Point } from "tree-sitter"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import type { TextChange } from "../base/text-change.ts"
import { isObject } from "./json-fields.ts"
import type { LanguageManifest, ParserPackage } from "./manifest.ts"
import type { BrokenQuery, Grammars, Parser, Span, SyntaxCursor, SyntaxTree, TreeQuery } from "./parser.ts"
import { WalkPlan } from "./walk-plan.ts"

/**
 * Parsers of the native tree-sitter binding. `load` gives what a package exports, or null if it is not installed, and
 * throws if it can't be loaded; it is first called when a parser is first wanted.
 */
export function createNativeParsers(load: (packageName: string) => unknown, log: Log): Grammars {
  const grammars = new Map<string, Grammar | null>()
  const grammarOf = (language: LanguageManifest): Grammar | null => {
    let grammar = grammars.get(language.name)
    if (grammar === undefined) {
      grammar = language.parser && openGrammar(language, language.parser, load, log)
      grammars.set(language.name, grammar)
    }
    return grammar
  }
  return {
    parserFor: language => {
      const grammar = grammarOf(language)
      return grammar && new NativeParser(grammar)
    },
    queryFor: (language, source) => {
      const grammar = grammarOf(language)
      return grammar && openQuery(grammar, source)
    },
  }
}

interface Grammar {
  readonly binding: typeof NativeParserClass
  readonly language: NativeParserClass.Language
  readonly plan: WalkPlan
}

function openGrammar(
  language: LanguageManifest,
  parser: ParserPackage,
  load: (packageName: string) => unknown,
  log: Log,
): Grammar | null {
  const cure = parser.builtin ? "" : `; "pilotlight grammars add ${language.name}" installs it`
  try {
    const binding = load("tree-sitter")
    if (binding === null) throw new Error("tree-sitter is not installed")
    const exported = load(parser.package)
    if (exported === null && !parser.builtin) {
      log.once("info", `${language.name} is read as plain tokens: its parser is not installed${cure}`)
      return null
    }
    const grammar: Grammar = {
      binding: binding as typeof NativeParserClass,
      language: languageIn(exported, parser),
      plan: new WalkPlan(language),
    }
    if (!fitsBinding(grammar)) throw new Error("its grammar has an ABI that this program does not read")
    return grammar
  } catch (error) {
    const reason = messageOf(error).split("\n", 1)[0]
    log.once(
      "warn",
      `${language.name} is read as plain tokens: ${parser.package} ${parser.version} does not load (${reason})${cure}`,
    )
    return null
  }
}

/** The language object of a grammar package, without its node classes: making them costs milliseconds, and none are used. */
function languageIn(exported: unknown, parser: ParserPackage): NativeParserClass.Language {
  if (exported === null) throw new Error("it is not installed")
  const found = isObject(exported) && parser.export !== null ? exported[parser.export] : exported
  if (!isObject(found) || !("language" in found)) throw new Error("it holds no language")
  const bare = { name: parser.package, language: found["language"], nodeTypeInfo: [] }
  return bare as unknown as NativeParserClass.Language
}

/** Whether the binding takes the grammar's ABI: it says so by parsing nothing, and only while it is kept from making node classes. */
function fitsBinding({ binding, language }: Grammar): boolean {
  const parser = new binding()
  parser.setLanguage({ ...language, nodeSubclasses: [] } as NativeParserClass.Language)
  const tree: NativeParserClass.Tree | null = parser.parse("")
  return tree !== null
}

function openQuery({ binding, language }: Grammar, source: string): TreeQuery | BrokenQuery {
  try {
    // The binding crashes on an error at the very start.
    const query = new binding.Query(language, `\n${source}`)
    return {
      // The type of our nodes names the few of the binding's fields that are used.
      matches: (node, { start, end }) =>
        query.matches(node as unknown as NativeParserClass.SyntaxNode, {
          // The binding takes this one in bytes, of which a code unit has two, and the other one in code units.
          startIndex: start * 2,
          endIndex: end,
        }),
    }
  } catch (error) {
    return { complaint: messageOf(error) }
  }
}

function parserOf(grammar: Grammar): NativeParserClass {
  const parser = new grammar.binding()
  parser.setLanguage(grammar.language)
  return parser
}

class NativeParser implements Parser {
  readonly #native: NativeParserClass
  readonly #plan: WalkPlan
  /** The text whose parse was cut short, else null. The binding goes on with it whatever text it is given next. */
  #unfinished: string | null = null

  constructor(grammar: Grammar) {
    this.#native = parserOf(grammar)
    this.#plan = grammar.plan
  }

  parse(text: string, previous: SyntaxTree | null, budgetMs: number): SyntaxTree | null {
    if (this.#unfinished !== null && this.#unfinished !== text) this.#native.reset()
    this.#native.setTimeoutMicros(Math.min(MAX_TIMEOUT, Math.max(1, Math.round(budgetMs * 1000))))
    const old = previous instanceof NativeTree ? previous.native : null
    // The binding's type leaves out that a timeout gives null.
    const tree: NativeParserClass.Tree | null = this.#native.parse(
      offset => text.slice(offset, offset + CHUNK),
      old,
    )
    this.#unfinished = tree === null ? text : null
    return tree && new NativeTree(tree, this.#plan)
  }
}

/** Microseconds; the binding keeps 32 bits, and 0 would mean no limit. */
const MAX_TIMEOUT = 0xffff_ffff

/** Units handed to the binding at a time: it copies each chunk, and an incremental parse needs little of it. */
const CHUNK = 16_384

class NativeTree implements SyntaxTree {
  readonly plan: WalkPlan
  #native: NativeParserClass.Tree | null

  constructor(native: NativeParserClass.Tree, plan: WalkPlan) {
    this.#native = native
    this.plan = plan
  }

  /** The binding's tree. Throws if the tree was released. */
  get native(): NativeParserClass.Tree {
    if (this.#native === null) throw new Error("a released syntax tree was used")
    return this.#native
  }

  get hasErrors(): boolean {
    return this.native.rootNode.hasError
  }

  walk(): SyntaxCursor {
    // The type leaves out the numbers that the binding's cursor has.
    return this.native.walk() as unknown as SyntaxCursor
  }

  edit(change: TextChange, before: string): void {
    const startPosition = pointAfter({ row: 0, column: 0 }, before, 0, change.start)
    this.native.edit({
      startIndex: change.start,
      oldEndIndex: change.end,
      newEndIndex: change.start + change.text.length,
      startPosition,
      oldEndPosition: pointAfter(startPosition, before, change.start, change.end),
      newEndPosition: pointAfter(startPosition, change.text, 0, change.text.length),
    })
  }

  changedSpans(newer: SyntaxTree): readonly Span[] {
    if (!(newer instanceof NativeTree)) throw new Error("trees of two libraries can't be compared")
    const ranges = this.native.getChangedRanges(newer.native)
    return ranges.map(range => ({ start: range.startIndex, end: range.endIndex }))
  }

  release(): void {
    this.#native = null
  }
}

/** Where `text` from `start` to `end` leads if it begins at `from`. Rows end at `\n` only, as tree-sitter counts them. */
function pointAfter(from: Point, text: string, start: number, end: number): Point {
  let { row } = from
  let lineStart = start - from.column
  for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) {
    row++
    lineStart = at + 1
  }
  return { row, column: end - lineStart }
}
