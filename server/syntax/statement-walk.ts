import { type Declaration, type Found, finishDeclarations } from "./declaration.ts"
import { readImport } from "./imports.ts"
import type { LanguageManifest, NodeRule } from "./manifest.ts"
import type { SyntaxCursor } from "./parser.ts"
import type { ImportFact, SymbolKind } from "./symbols.ts"
import type { NodeType, WalkPlan } from "./walk-plan.ts"

/** What one statement of the top level says; all offsets are relative to its start. */
export interface StatementFacts {
  readonly declarations: readonly Declaration[]
  readonly imports: readonly ImportFact[]
  /** Names declared anywhere in the file that it exports. */
  readonly exports: readonly string[]
}

/** Declarations nested deeper than this are not looked for; real code stays far below. */
const MAX_DEPTH = 80
/** Levels between a declaration and its name, e.g. through C's pointers to functions. */
const MAX_NAME_DEPTH = 8
/** Longer imports are read up to here, in units. */
const MAX_IMPORT = 20_000
/** Text looked at to find the words that mark a child as exporting or hiding, in units. */
const MAX_MARK = 200
const MAX_NAME = 200
const LINE_BREAK = /[\r\n]/
const QUOTES = "\"'`"

const CLASS_KINDS: ReadonlySet<SymbolKind | null> = new Set(["class", "interface", "struct", "trait", "enum"])
const FUNCTION_KINDS: ReadonlySet<SymbolKind | null> = new Set(["function", "method", "constructor"])

/** What the walk knows of the way to a node. */
interface Place {
  /** The innermost declaration around the node. */
  readonly inside: Found | null
  /** Kind that an outer node gives to declarations that have none by a child, e.g. `const`. */
  readonly kind: SymbolKind | null
  /** Where an outer node begins whose first words belong into signatures, or -1. */
  readonly lead: number
  readonly owner: string | null
  readonly exported: boolean
  /** Within the body of a function. */
  readonly local: boolean
}

const TOP: Place = {
  inside: null,
  kind: null,
  lead: -1,
  owner: null,
  exported: false,
  local: false,
}

/**
 * The one walk over a syntax tree, driven by the manifest: it goes only where a rule says that something can be found.
 * Reads the statement under the cursor, which is back where it was afterwards; null if the statement says nothing.
 */
export function readStatement(text: string, cursor: SyntaxCursor, plan: WalkPlan): StatementFacts | null {
  const type = plan.typeAt(cursor)
  if (type.rule === null) return null
  const walk = new StatementWalk(text, cursor, plan)
  walk.visit(type, TOP)
  return walk.facts()
}

class StatementWalk {
  readonly #text: string
  readonly #cursor: SyntaxCursor
  readonly #plan: WalkPlan
  readonly #language: LanguageManifest
  readonly #start: number
  readonly #found: Found[] = []
  readonly #imports: ImportFact[] = []
  readonly #exports: string[] = []
  /** Nodes around the one under the cursor. */
  #depth = 0

  constructor(text: string, cursor: SyntaxCursor, plan: WalkPlan) {
    this.#text = text
    this.#cursor = cursor
    this.#plan = plan
    this.#language = plan.language
    this.#start = cursor.startIndex
  }

  visit(type: NodeType, place: Place): void {
    const { rule } = type
    if (rule === null || this.#depth > MAX_DEPTH || (place.local && !rule.nested)) return
    if (rule.exportedOnly && !place.inside?.shown) return
    if (rule.import !== null && this.#readImport(rule)) return
    if (rule.name.length > 0) this.#declare(rule, type, place)
    else this.#look(rule, null, this.#inner(rule, place))
  }

  /** Where the children of a node are that declares nothing. */
  #inner(rule: NodeRule, place: Place): Place {
    if (!rule.exports && !rule.leads) return place
    return {
      ...place,
      exported: place.exported || rule.exports,
      lead: rule.leads ? this.#cursor.startIndex : place.lead,
    }
  }

  #declare(rule: NodeRule, type: NodeType, place: Place): void {
    const start = this.#cursor.startIndex
    const container = place.inside
    const isMember = place.owner !== null || CLASS_KINDS.has(container?.kind ?? null)
    const found: Found = {
      rule,
      start,
      end: this.#cursor.endIndex,
      container,
      lead: place.lead,
      kind: (isMember ? rule.memberKind : null) ?? place.kind ?? rule.kind,
      name: null,
      nameStart: -1,
      owner: place.owner,
      shown: place.exported || this.#language.exported.always || (container?.rule.open ?? false),
      hidden: false,
      local: place.local,
      signatureStart: start,
      signatureEnd: -1,
      index: -1,
    }
    this.#found.push(found)
    if (rule.name[0] === ".") this.#readName(found, type)
    this.#look(rule, found, { ...TOP, inside: found, local: place.local })
  }

  /** Goes over the children of the node under the cursor; `found` is what the node declares, if anything. */
  #look(rule: NodeRule, found: Found | null, place: Place): void {
    if (!this.#cursor.gotoFirstChild()) return
    this.#depth++
    let inner = place
    do inner = this.#lookAtChild(rule, found, inner)
    while (!(rule.leaf && found?.name) && this.#cursor.gotoNextSibling())
    this.#depth--
    this.#cursor.gotoParent()
  }

  /** Gives the place of the next children, which this one may change. */
  #lookAtChild(rule: NodeRule, found: Found | null, place: Place): Place {
    const type = this.#plan.typeAt(this.#cursor)
    const kind = rule.kinds.size === 0 ? null : (rule.kinds.get(type.name) ?? null)
    if (kind !== null && found !== null) found.kind = kind
    const next = kind !== null && found === null ? { ...place, kind } : place
    const hasParts = found !== null || rule.owner !== null || rule.body !== null
    const field = hasParts ? this.#plan.fieldAt(this.#cursor, type) : null
    if (found !== null && this.#readPart(found, type, field)) return next
    if (rule.owner !== null && leads(rule.owner[0], type, field)) {
      return this.#readOwner(rule.owner[1], found, next)
    }
    if (rule.body !== null && leads(rule.body, type, field)) this.#enterBody(type, next)
    else if (!rule.leaf) this.visit(type, next)
    return next
  }

  /** Takes what the child under the cursor says of its declaration; true if the walk is done with the child. */
  #readPart(found: Found, type: NodeType, field: string | null): boolean {
    if (type.shownBy !== null && this.#says(type.shownBy)) found.shown = true
    if (type.hiddenBy !== null && this.#says(type.hiddenBy)) found.hidden = true
    if (type.isAnnotation) {
      found.signatureStart = -1
      return true
    }
    if (found.signatureStart === -1) found.signatureStart = this.#cursor.startIndex
    if (!found.rule.name.some(way => leads(way, type, field))) return false
    this.#readName(found, type)
    return true
  }

  /** Whether one of `words` is in the text of the node under the cursor; true if there are none. */
  #says(words: readonly string[]): boolean {
    if (words.length === 0) return true
    const { startIndex, endIndex } = this.#cursor
    const said = this.#text.slice(startIndex, Math.min(endIndex, startIndex + MAX_MARK)).split(/\W+/)
    return words.some(word => said.includes(word))
  }

  #enterBody(type: NodeType, place: Place): void {
    const { inside } = place
    for (let found = inside; found !== null; found = found.name === null ? found.container : null) {
      if (found.signatureEnd === -1) found.signatureEnd = this.#cursor.startIndex
    }
    if (type.rule === null) return
    const local = inside === null ? place.owner === null : FUNCTION_KINDS.has(inside.kind)
    const body = { ...place, local }
    if (type.rule.name.length > 0) this.visit(type, body)
    else if (this.#depth <= MAX_DEPTH) this.#look(type.rule, null, body)
  }

  /** Follows the ways of the rule down from the node under the cursor until a name is reached. */
  #readName(found: Found, start: NodeType): void {
    let type: NodeType | null = start
    let depth = 0
    while (type !== null && !type.isName && depth < MAX_NAME_DEPTH) {
      found.kind = found.rule.kinds.get(type.name) ?? found.kind
      type = this.#stepTo(found.rule.name)
      if (type !== null) depth++
    }
    if (type?.isName) this.#setName(found)
    for (; depth > 0; depth--) this.#cursor.gotoParent()
  }

  /** Goes to the first child that one of the ways leads to; null, and no step, if there is none. */
  #stepTo(ways: readonly string[]): NodeType | null {
    if (!this.#cursor.gotoFirstChild()) return null
    do {
      const type = this.#plan.typeAt(this.#cursor)
      const field = this.#plan.fieldAt(this.#cursor, type)
      if (ways.some(way => leads(way, type, field))) return type
    } while (this.#cursor.gotoNextSibling())
    this.#cursor.gotoParent()
    return null
  }

  /** A second name of one declaration (Go's `a, b int`) is a second declaration. */
  #setName(found: Found): void {
    const { startIndex, endIndex } = this.#cursor
    const quoted = QUOTES.includes(this.#text[startIndex]!) && endIndex - startIndex > 1 ? 1 : 0
    const name = this.#text.slice(startIndex + quoted, endIndex - quoted)
    if (name === "" || name.length > MAX_NAME || LINE_BREAK.test(name)) return
    let target = found
    if (found.name !== null) {
      target = { ...found }
      this.#found.push(target)
    }
    target.name = name
    target.nameStart = startIndex + quoted
    if (target.kind === "method" && this.#language.constructors.has(name)) target.kind = "constructor"
  }

  #readOwner(typeName: string, found: Found | null, place: Place): Place {
    const owner = this.#leafText(typeName, 0)
    if (found === null) return { ...place, owner }
    found.owner = owner
    return place
  }

  /** The text of the first node of a type under the cursor, itself included. */
  #leafText(typeName: string, depth: number): string | null {
    if (this.#plan.typeAt(this.#cursor).name === typeName) {
      return this.#text.slice(this.#cursor.startIndex, this.#cursor.endIndex)
    }
    if (depth > MAX_NAME_DEPTH || !this.#cursor.gotoFirstChild()) return null
    let text: string | null = null
    do text = this.#leafText(typeName, depth + 1)
    while (text === null && this.#cursor.gotoNextSibling())
    this.#cursor.gotoParent()
    return text
  }

  /** Reads the import or export under the cursor; true if nothing else is to be found in it. */
  #readImport(rule: NodeRule): boolean {
    const { startIndex, endIndex } = this.#cursor
    const style = rule.import
    const read =
      style && readImport(style, this.#text.slice(startIndex, Math.min(endIndex, startIndex + MAX_IMPORT)))
    if (!read) return false
    const start = startIndex - this.#start
    const end = read.upTo === null ? endIndex - this.#start : start + read.upTo
    for (const { source, names, reexport } of read.imports) {
      this.#imports.push({ source, names, start, end, reexport })
    }
    this.#exports.push(...read.exports)
    return read.upTo === null
  }

  /** What was found, or null if that is nothing. */
  facts(): StatementFacts | null {
    const declarations = finishDeclarations(this.#found, this.#text, this.#start, this.#language)
    if (declarations.length + this.#imports.length + this.#exports.length === 0) return null
    return { declarations, imports: this.#imports, exports: this.#exports }
  }
}

/** Whether `way`, a field or a type in parentheses, leads to a node of this type in this field. */
function leads(way: string, type: NodeType, field: string | null): boolean {
  return way === type.way || (field !== null && way === field)
}
