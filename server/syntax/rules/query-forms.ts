import { ManifestError } from "../json-fields.ts"

/** One pattern of a query file, parted from its predicates. */
export interface PatternForm {
  /** The pattern as tree-sitter takes it. */
  readonly query: string
  /** Names of its captures. */
  readonly captures: ReadonlySet<string>
  readonly directives: readonly Directive[]
}

/** A `(#name …)` of a pattern. */
export interface Directive {
  /** Without the `#`. */
  readonly name: string
  readonly args: readonly Argument[]
}

/** What stands in a directive: a capture's name, or a text. */
export type Argument = { readonly capture: string } | { readonly text: string }

/** A piece of a query: a bracket, a text, a word or what parts them. */
const PIECE = /;[^\n]*|"(?:[^"\\\n]|\\.)*"|[()[\]]|[^\s()[\]";]+|\s+/y

/** The patterns of a query, in order. Throws `ManifestError` where brackets or quotes don't match. */
export function readForms(text: string, where: string): readonly PatternForm[] {
  return new FormReader(piecesOf(text, where), where).forms()
}

function piecesOf(text: string, where: string): readonly string[] {
  const pieces: string[] = []
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < text.length) {
    const at = PIECE.lastIndex
    const piece = PIECE.exec(text)?.[0]
    if (piece === undefined)
      throw new ManifestError(`${where} line ${lineOf(text, at)}`, "has a quote too few")
    if (!piece.startsWith(";")) pieces.push(piece)
  }
  return pieces
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length
}

/** Goes through the pieces once. */
class FormReader {
  readonly #pieces: readonly string[]
  readonly #where: string
  #at = 0

  constructor(pieces: readonly string[], where: string) {
    this.#pieces = pieces
    this.#where = where
  }

  /** Every top-level form; what follows its closing bracket belongs to it. */
  forms(): readonly PatternForm[] {
    const forms: PatternForm[] = []
    while (this.#at < this.#pieces.length) {
      const piece = this.#pieces[this.#at]!
      if (isOpening(piece)) forms.push(this.#form())
      else if (piece.trim() === "") this.#at++
      else throw new ManifestError(this.#where, `has ${piece} where a pattern should begin`)
    }
    return forms
  }

  #form(): PatternForm {
    const captures = new Set<string>()
    const directives: Directive[] = []
    let query = ""
    let depth = 0
    for (; this.#at < this.#pieces.length; this.#at++) {
      const piece = this.#pieces[this.#at]!
      if (depth === 0 && query !== "" && isOpening(piece)) break
      if (piece === "(" && this.#pieces[this.#at + 1]?.startsWith("#")) {
        directives.push(this.#directive())
        continue
      }
      if (isOpening(piece)) depth++
      else if (piece === ")" || piece === "]") depth--
      else if (piece.startsWith("@")) captures.add(piece.slice(1))
      query += piece
    }
    if (depth !== 0) throw new ManifestError(this.#where, "has brackets that do not match")
    return { query: query.trim(), captures, directives }
  }

  /** Reads `(#name …)` and stands on its closing bracket then. */
  #directive(): Directive {
    const name = this.#pieces[++this.#at]!.slice(1)
    const args: Argument[] = []
    for (;;) {
      const piece = this.#pieces[++this.#at]
      if (piece === ")") return { name, args }
      if (piece === undefined || isOpening(piece)) {
        throw new ManifestError(`${this.#where} #${name}`, "has brackets that do not match")
      }
      if (piece.trim() !== "") args.push(argumentOf(piece))
    }
  }
}

function isOpening(piece: string): boolean {
  return piece === "(" || piece === "["
}

function argumentOf(piece: string): Argument {
  if (piece.startsWith("@")) return { capture: piece.slice(1) }
  if (!piece.startsWith('"')) return { text: piece }
  return { text: piece.slice(1, -1).replace(/\\(.)/gs, (_, unit: string) => ESCAPES[unit] ?? unit) }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" }
