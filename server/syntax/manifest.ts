import { choiceOf, isObject, JsonFields, ManifestError, wordsIn } from "./json-fields.ts"
import { SYMBOL_KINDS, type SymbolKind } from "./symbols.ts"
import type { Lexicon } from "./tokens.ts"

/** How the text of an import is read; see `imports.ts` for what each gives. */
export const IMPORT_STYLES = [
  "esm",
  "require",
  "python",
  "go",
  "rust",
  "module",
  "dotted",
  "namespace",
  "path",
] as const

/** One of `IMPORT_STYLES`. */
export type ImportStyle = (typeof IMPORT_STYLES)[number]

/** What a language's names say about who may use them. */
const NAME_CONVENTIONS = ["any", "capital", "underscore"] as const

/** What the walk does at one type of node; types without a rule are not looked into. */
export interface NodeRule {
  /** What the node declares, unless `kinds` says more; null if only `kinds` can tell. */
  readonly kind: SymbolKind | null
  /** What it declares when it stands in a class, interface, struct, trait or enum; null for no difference. */
  readonly memberKind: SymbolKind | null
  /** Kind by the type of a child. On a node without a name this goes for the declarations among its children. */
  readonly kinds: ReadonlyMap<string, SymbolKind>
  /** Ways to the name, tried on the children of each level downwards: a field, a `(type)`, or `.` for the node itself. Empty: declares nothing. */
  readonly name: readonly string[]
  /** Where the signature ends: a field or a `(type)`; null if there is no body. */
  readonly body: string | null
  /** Not a declaration without its body, e.g. C's `struct a b;`. */
  readonly needsBody: boolean
  /** A field or `(type)`, then the type of the leaf in it that names the container, e.g. the receiver of a Go method. */
  readonly owner: readonly [way: string, type: string] | null
  /** What is declared inside is exported (JavaScript's `export`). */
  readonly exports: boolean
  /** Members are exported as this is, without a mark of their own. */
  readonly open: boolean
  /** Is also looked for in the bodies of functions. */
  readonly nested: boolean
  /** Nothing inside is looked at but the name, and nothing behind that. */
  readonly leaf: boolean
  /** Only looked at within what is exported by itself. */
  readonly exportedOnly: boolean
  /** What is declared inside has its signature begin with this node, e.g. `const`. */
  readonly leads: boolean
  /** How to read the node as an import; where its text is none, the walk goes on into it. */
  readonly import: ImportStyle | null
}

/** Which declarations other files can use. Words are the words of the child's text; no words means any text. */
interface ExportRule {
  /** Exported without any mark. */
  readonly always: boolean
  /** `capital`: only names with a capital; `underscore`: not names that begin with `_`, save `__these__`. */
  readonly name: (typeof NAME_CONVENTIONS)[number]
  /** Types of children that export, with the words that do. */
  readonly shown: ReadonlyMap<string, readonly string[]>
  /** Types of children that hide, with the words that do. */
  readonly hidden: ReadonlyMap<string, readonly string[]>
}

/** How declarations are found by their keywords alone, without parsing. */
interface RoughRule {
  /** Keyword that stands before a name -> what it declares. */
  readonly kinds: ReadonlyMap<string, SymbolKind>
  /** Those of the keywords that declare something only at the start of their line, because else it is local. */
  readonly top: ReadonlySet<string>
  /** Words that may stand before the keyword on its line. */
  readonly lead: ReadonlySet<string>
  /** Those of them that export; empty if nothing has to be said, or nothing can be. */
  readonly exporting: ReadonlySet<string>
}

/** The npm package that holds a language's parser. */
export interface ParserPackage {
  readonly package: string
  /** The exact version that works with this program. */
  readonly version: string
  /** Property of the package that holds the language, or null if the package is it. */
  readonly export: string | null
  /** Whether it comes with this program. */
  readonly builtin: boolean
}

/** Everything the program knows of one language; `grammars/README.md` describes the file. */
export interface LanguageManifest {
  readonly name: string
  /** Names that editors give the language. */
  readonly languageIds: readonly string[]
  /** With the dot, lower case. */
  readonly extensions: readonly string[]
  /** Whole names of files, e.g. `Gemfile`. */
  readonly fileNames: readonly string[]
  readonly lexicon: Lexicon
  /** Null for a language that is only ever lexed. */
  readonly parser: ParserPackage | null
  readonly nodes: ReadonlyMap<string, NodeRule>
  /** Types of the leaves that are names. */
  readonly names: ReadonlySet<string>
  /** Names that every program of the language can use without declaring or importing them, of 3 UTF-16 code units at least. */
  readonly globals: ReadonlySet<string>
  /** Names of methods that are constructors. */
  readonly constructors: ReadonlySet<string>
  readonly exported: ExportRule
  readonly rough: RoughRule
  /** Types of nodes that signatures leave out, e.g. decorators. */
  readonly annotations: ReadonlySet<string>
  /** Types of nodes that are comments. */
  readonly comments: readonly string[]
  /** Types of nodes in which names are local. */
  readonly scopes: readonly string[]
  /** Types of nodes that rules look into for the declarations they are matched in; see `rules/units.ts`. */
  readonly units: readonly string[]
  /** Names of the languages whose rules go for this one, a later one's over an earlier one's. */
  readonly rules: readonly string[]
}

/** The manifest in parsed JSON. `where` names the file in sentences. Throws `ManifestError` if it is not one. */
export function parseManifest(json: unknown, where: string): LanguageManifest {
  const fields = new JsonFields(json, where)
  const parser = fields.object("parser")
  const lexicon = fields.object("lexicon")
  const exported = fields.object("exported")
  const rough = fields.object("rough")
  if (lexicon === null) throw new ManifestError(`${where}.lexicon`, "must be an object")
  const manifest: LanguageManifest = {
    name: fields.string("name"),
    languageIds: fields.strings("languageIds"),
    extensions: fields.strings("extensions"),
    fileNames: fields.strings("fileNames"),
    lexicon: readLexicon(lexicon),
    parser: parser && readParser(parser),
    nodes: fields.map("nodes", readNode),
    names: new Set(fields.words("names")),
    globals: new Set(fields.words("globals")),
    constructors: new Set(fields.words("constructors")),
    annotations: new Set(fields.words("annotations")),
    exported: readExported(exported ?? new JsonFields({}, where)),
    rough: readRough(rough ?? new JsonFields({}, where)),
    comments: fields.words("comments"),
    scopes: fields.words("scopes"),
    units: fields.words("units"),
    rules: fields.words("rules"),
  }
  fields.end()
  return manifest
}

/** `own` laid over `base`: objects are joined field by field, one level deep; everything else is replaced, and null takes a field away. */
export function extendManifest(base: unknown, own: unknown): unknown {
  if (!isObject(base) || !isObject(own)) return own
  const joined = overlay(base, own)
  for (const [key, value] of Object.entries(joined)) {
    const under = base[key]
    if (isObject(under) && isObject(value)) joined[key] = overlay(under, value)
  }
  return joined
}

function overlay(base: object, own: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...base, ...own }).filter(([, value]) => value !== null))
}

function readLexicon(fields: JsonFields): Lexicon {
  const lexicon: Lexicon = {
    keywords: fields.words("keywords"),
    lineComments: fields.strings("lineComments"),
    spacedComments: fields.flag("spacedComments"),
    blockComments: fields.pairs("blockComments"),
    quotes: fields.strings("quotes"),
    chars: fields.flag("chars"),
    longQuotes: fields.strings("longQuotes"),
    templates: fields.flag("templates"),
    regexLiterals: fields.flag("regexLiterals"),
    nameExtras: fields.string("nameExtras", ""),
  }
  fields.end()
  return lexicon
}

// Both reach the command line of npm, so they must not look like anything else there.
const PACKAGE_NAME = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/
const EXACT_VERSION = /^\d+\.\d+\.\d+$/

function readParser(fields: JsonFields): ParserPackage {
  const parser: ParserPackage = {
    package: fields.matching("package", PACKAGE_NAME, "must be the name of an npm package"),
    version: fields.matching("version", EXACT_VERSION, "must be an exact version such as 1.2.3"),
    export: fields.string("export", "") || null,
    builtin: fields.flag("builtin"),
  }
  fields.end()
  return parser
}

function readExported(fields: JsonFields): ExportRule {
  const rule: ExportRule = {
    always: fields.flag("always"),
    name: fields.choice("name", NAME_CONVENTIONS) ?? "any",
    shown: fields.map("shown", wordsIn),
    hidden: fields.map("hidden", wordsIn),
  }
  fields.end()
  return rule
}

function readRough(fields: JsonFields): RoughRule {
  const exporting = fields.words("exporting")
  const rule: RoughRule = {
    kinds: fields.map("kinds", (kind, at) => choiceOf(kind, SYMBOL_KINDS, at)),
    top: new Set(fields.words("top")),
    lead: new Set([...fields.words("lead"), ...exporting]),
    exporting: new Set(exporting),
  }
  fields.end()
  return rule
}

function readNode(value: unknown, where: string): NodeRule {
  const fields = new JsonFields(value, where)
  const rule: NodeRule = {
    kind: fields.choice("kind", SYMBOL_KINDS),
    memberKind: fields.choice("memberKind", SYMBOL_KINDS),
    kinds: fields.map("kinds", (kind, at) => choiceOf(kind, SYMBOL_KINDS, at)),
    name: fields.words("name"),
    body: fields.string("body", "") || null,
    needsBody: fields.flag("needsBody"),
    owner: readOwner(fields.words("owner"), where),
    exports: fields.flag("exports"),
    open: fields.flag("open"),
    nested: fields.flag("nested"),
    leaf: fields.flag("leaf"),
    exportedOnly: fields.flag("exportedOnly"),
    leads: fields.flag("leads"),
    import: fields.choice("import", IMPORT_STYLES),
  }
  fields.end()
  if (rule.name.length > 0 && rule.kind === null && rule.kinds.size === 0) {
    throw new ManifestError(where, "has a name but no kind")
  }
  return rule
}

function readOwner(owner: readonly string[], where: string): NodeRule["owner"] {
  const [way, type, ...rest] = owner
  if (way === undefined) return null
  if (type === undefined || rest.length > 0) throw new ManifestError(`${where}.owner`, "must hold two words")
  return [way, type]
}

/** The rule that only looks inside, also in the bodies of functions. */
export const LOOK_INSIDE: NodeRule = readNode({ nested: true }, "")
