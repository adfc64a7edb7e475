/** A name that an import brings in; as in `ImportFact`. */
export interface ImportedName {
  readonly name: string
  readonly as: string
}

/** One module that an import names. */
interface ImportReading {
  readonly source: string
  readonly names: readonly ImportedName[]
  readonly reexport: boolean
}

/** What the text of an import says. */
export interface ImportText {
  readonly imports: readonly ImportReading[]
  /** Names declared elsewhere in the file that it exports. */
  readonly exports: readonly string[]
  /** UTF-16 code units that were read, where a declaration goes on that is to be looked at too; null if it is all of the text. */
  readonly upTo: number | null
}

/** The name that stands for everything a module exports. */
export const ALL = "*"

/** What the text of an import of one module says. */
export function oneImport(source: string, names: readonly ImportedName[], reexport = false): ImportText {
  return { imports: [{ source, names, reexport }], exports: [], upTo: null }
}

/** The source of what a file passes on of itself under other names, always with `reexport`. */
export const ITSELF = ""

/** What the text of an export says that lists names which the file itself has. */
export function ownExports(names: readonly ImportedName[], upTo: number | null = null): ImportText {
  const renamed = names.filter(({ name, as }) => name !== as)
  const imports = renamed.length === 0 ? [] : [{ source: ITSELF, names: renamed, reexport: true }]
  return { imports, exports: names.map(({ name }) => name), upTo }
}

/** `name`, `name as alias`, or with `type` before either. */
function importedName(words: readonly string[]): ImportedName | null {
  const [first, second, third] = words.length % 2 === 0 ? words.slice(1) : words
  return first === undefined ? null : { name: first, as: second === "as" && third ? third : first }
}

/** The names of a list with commas between, each `name`, `name as alias`, or with `type` before either. */
export function listedNames(tokens: readonly string[]): readonly ImportedName[] {
  const names: ImportedName[] = []
  let words: string[] = []
  for (const token of [...tokens, ","]) {
    if (token !== ",") {
      words.push(token)
      continue
    }
    const name = importedName(words)
    if (name !== null) names.push(name)
    words = []
  }
  return names
}
