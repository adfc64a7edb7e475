import type { Interner } from "../../server/base/interner.ts"
import { SYMBOL_KINDS } from "../../server/syntax/symbols.ts"
import type { FileFacts, SymbolHit } from "../../server/workspace/file-facts.ts"

/** Facts of a file that declares names: `+name` is exported, `Box.name` stands in `Box`. */
export function factsOf(interner: Interner, path: string, declared: string): FileFacts {
  const names = declared.split(" ").filter(Boolean)
  const ids = names.map(name => interner.intern(bareName(name)))
  return {
    path,
    language: "typescript",
    hash: declared,
    mtimeMs: 0,
    rough: false,
    bytes: declared.length,
    lines: names.length,
    symbols: symbolRows(names, ids),
    signatures: names.map(name => `sig ${bareName(name)}`).join("\n"),
    imports: [],
    words: Int32Array.from(new Set(ids)).sort(),
  }
}

/** Rows of names as `factsOf` takes them; `columns` holds the name column of each. */
export function symbolRows(names: readonly string[], columns: readonly number[]): Int32Array {
  const kind = SYMBOL_KINDS.indexOf("function")
  const rows = names.flatMap((name, row) => {
    const [owner] = name.replace("+", "").split(".")
    const container = name.includes(".") ? names.findIndex(other => bareName(other) === owner) : -1
    return [columns[row]!, kind, row, row + 1, row, container, name[0] === "+" ? 1 : 0, row]
  })
  return Int32Array.from(rows)
}

/** `name@path:line` of each hit. */
export function places(hits: readonly SymbolHit[]): string[] {
  return hits.map(hit => `${hit.name}@${hit.path}:${hit.line}`)
}

/** The name of each hit. */
export function namesOf(hits: readonly SymbolHit[]): string[] {
  return hits.map(hit => hit.name)
}

/** A name as `factsOf` takes it, without its marks. */
export function bareName(name: string): string {
  return name.replace("+", "").split(".").at(-1)!
}
