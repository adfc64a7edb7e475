import { readEsm } from "./import-esm.ts"
import { ALL, type ImportedName, type ImportText, listedNames, oneImport } from "./import-text.ts"
import type { ImportStyle } from "./manifest.ts"

/** Reads the text of one import statement in a language's style, or gives null if it is none. Never throws. */
export function readImport(style: ImportStyle, text: string): ImportText | null {
  return READERS[style](text)
}

const READERS: Readonly<Record<ImportStyle, (text: string) => ImportText | null>> = {
  esm: readEsm,
  require: readRequire,
  python: readPython,
  go: readGo,
  rust: readRust,
  module: readModule,
  dotted: readDotted,
  namespace: readNamespace,
  path: readPath,
}

const REQUIRE = /^(?:const|let|var|local)\s+([\w$]+|\{[^{}]*\})\s*=\s*require\s*\(?\s*(["'])([^"'\n]+)\2/

/** `const x = require("y")`, also with names in braces. */
function readRequire(text: string): ImportText | null {
  const match = REQUIRE.exec(text)
  const [, bound, , source] = match ?? []
  if (bound === undefined || source === undefined) return null
  if (!bound.startsWith("{")) return oneImport(source, [{ name: ALL, as: bound }])
  const names = bound
    .slice(1, -1)
    .split(",")
    .flatMap(part => {
      const [name, as] = part.split(/[:=]/).map(word => word.trim())
      return name ? [{ name, as: as && part.includes(":") ? as : name }] : []
    })
  return oneImport(source, names)
}

const PYTHON_TOKENS = /#[^\n]*|[\p{ID_Continue}.]+|[,*]/gu

/** Python's `import a.b as c` and `from a import b as c`. */
function readPython(text: string): ImportText | null {
  const tokens = (text.match(PYTHON_TOKENS) ?? []).filter(token => !token.startsWith("#"))
  const [statement, source] = tokens
  if (source === undefined) return null
  if (statement === "from") return oneImport(source, listedNames(tokens.slice(3)))
  if (statement !== "import") return null
  const imports = listedNames(tokens.slice(1)).map(({ name, as }) => ({
    source: name,
    names: [{ name: ALL, as: name === as ? firstOf(name, ".") : as }],
    reexport: false,
  }))
  return { imports, exports: [], upTo: null }
}

/** One spec of Go: a path, with a name, `.` or `_` before it. */
function readGo(text: string): ImportText | null {
  const match = /^(?:import\s+)?([\p{ID_Continue}.]+)?\s*["`]([^"`\n]+)["`]/u.exec(text)
  const [, as, source] = match ?? []
  if (source === undefined) return null
  if (as === "_") return oneImport(source, [])
  return oneImport(source, [{ name: ALL, as: as === "." ? ALL : (as ?? goPackage(source)) }])
}

/** The name that a package of Go has by custom: the last part of its path, whatever version that ends in. */
function goPackage(path: string): string {
  const plain = path.replace(/\/v\d+$/, "").replace(/\.v\d+$/, "")
  return lastOf(plain, "/")
}

const RUST_TOKENS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|::|[{},*;]|[\p{ID_Continue}]+/gu

/** Rust's `use`, with lists within lists; one reading per path. */
function readRust(text: string): ImportText | null {
  const match = /^(pub\b[^:;{]*?\s+)?use\s+/.exec(text)
  if (match === null) return null
  const bySource = new Map<string, ImportedName[]>()
  for (const { path, as } of rustPaths(text.slice(match[0].length))) {
    const last = path.at(-1) ?? ""
    const source = path.slice(0, -1).join("::")
    // `a::b::self` is all of `a::b`.
    const name =
      last === "self" ? { name: ALL, as: as ?? path.at(-2) ?? last } : { name: last, as: as ?? last }
    bySource.set(source, [...(bySource.get(source) ?? []), name])
  }
  const reexport = match[1] !== undefined
  return {
    imports: [...bySource].map(([source, names]) => ({ source, names, reexport })),
    exports: [],
    upTo: null,
  }
}

interface RustPath {
  readonly path: readonly string[]
  readonly as: string | null
}

function rustPaths(text: string): readonly RustPath[] {
  const tokens = text.match(RUST_TOKENS) ?? []
  const paths: RustPath[] = []
  const prefixes: (readonly string[])[] = []
  let path: readonly string[] = []
  const finish = (as: string | null): void => {
    const prefix = prefixes.at(-1) ?? []
    if (path.length > prefix.length) paths.push({ path, as })
    path = prefix
  }
  tokens.forEach((token, at) => {
    if (token === "{") prefixes.push(path)
    else if (/^[,};]/.test(token)) finish(null)
    else if (token === "as") finish(tokens[at + 1] ?? null)
    else if (!/^[:/]/.test(token) && tokens[at - 1] !== "as") path = [...path, token]
    if (token === "}") {
      prefixes.pop()
      path = prefixes.at(-1) ?? []
    }
  })
  finish(null)
  return paths
}

const PATH_ATTRIBUTE = /^#\[\s*path\s*=\s*"([^"\n]+)"\s*\]/

/** Rust's `mod x;`, which brings in a file, and the attribute that says which file that is. */
function readModule(text: string): ImportText | null {
  const path = PATH_ATTRIBUTE.exec(text)?.[1]
  if (path !== undefined) return oneImport(path, [{ name: ALL, as: ALL }])
  const name = /^(?:pub\b[^;{]*?\s+)?mod\s+([\p{ID_Continue}]+)\s*;/u.exec(text)?.[1]
  return name === undefined ? null : oneImport(name, [{ name: ALL, as: name }])
}

const DOTTED =
  /^\s*(?:import|use|using|alias|require)\s+(?:static\s+|function\s+|const\s+)?([\p{ID_Continue}.\\*]+?)[.\\]?(?:\{([^}]*)\}|\s+as\s+([\p{ID_Continue}]+)|\s*;|\s*$|\s*\n)/u

/** A path whose last part is the name brought in (Java, Kotlin, Scala, PHP, Elixir). */
function readDotted(text: string): ImportText | null {
  const [, path, list, alias] = DOTTED.exec(text) ?? []
  if (path === undefined) return null
  if (list !== undefined)
    return oneImport(path, listedNames(list.replaceAll("=>", " as ").match(WORDS) ?? []))
  const name = lastOf(path, /[.\\]/)
  const source = path.slice(0, Math.max(0, path.length - name.length - 1))
  const all = name === ALL || name === "_"
  return oneImport(source, [{ name: all ? ALL : name, as: alias ?? (all ? ALL : name) }])
}

const WORDS = /[\p{ID_Continue}]+|,/gu

/** A path of which everything is brought in (C#). */
function readNamespace(text: string): ImportText | null {
  const source = /^\s*(?:global\s+)?using\s+(?:static\s+)?([\p{ID_Continue}.]+)\s*;/u.exec(text)?.[1]
  return source === undefined ? null : oneImport(source, [{ name: ALL, as: ALL }])
}

const PATH =
  /^\s*[#@]?\s*(?:include|import|require|source|load|use)(?:_\w+)?\b[^"'<\n]{0,20}["'<]([^"'>\n]+)["'>]/

/** The first quoted path (C, CSS, Ruby, Lua, PHP, Bash). */
function readPath(text: string): ImportText | null {
  const source = PATH.exec(text)?.[1]
  return source === undefined ? null : oneImport(source, [{ name: ALL, as: ALL }])
}

function firstOf(path: string, separator: string): string {
  return path.split(separator, 1)[0] ?? path
}

function lastOf(path: string, separator: string | RegExp): string {
  return path.split(separator).at(-1) ?? path
}
