import { ALL, type ImportedName, type ImportText, listedNames, oneImport, ownExports } from "./import-text.ts"

// Strings match too, so that marks of comments inside them are none.
const COMMENT = /(["'])(?:\\.|(?!\1)[^\\\n])*\1|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
const MARKS = /\/[/*]/
const NAME_OR_COMMA = /[^\s,"']+|,/g

/** What stands after `export` where it lists names or re-exports instead of declaring something. */
const EXPORT_LIST = /^export\s*(?:type\s*)?[{*]/
const EXPORTED_NAME = /^export\s*(?:default\s|=)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*;?\s*$/u

/** What declares something and exports it by default, up to its name. */
const DEFAULT_DECLARED =
  /^export\s+default\s+(?:abstract\s+|async\s+|declare\s+)*(?:class|interface|enum|function(?:\s*\*)?)\s*\b(?!extends\b|implements\b)([\p{ID_Start}$_][\p{ID_Continue}$]*)/u

/** A clause, whose braces may hold strings, then the module. */
const FROM =
  /^(import|export)\b\s*(?:type\s+(?!from\s*["'])(?=[^\s,]))?((?:[^"'{]|\{[^}]*\})*?)(\bfrom\s*|=\s*require\(\s*)?(["'])([^"'\n]*)\4/

/** JavaScript's `import` and `export`; exports that declare something are no imports. */
export function readEsm(text: string): ImportText | null {
  const isImport = text.startsWith("import")
  if (!isImport && !EXPORT_LIST.test(text)) {
    return readDefault(text)
  }
  const plain = MARKS.test(text)
    ? text.replace(COMMENT, match => (match.startsWith("/") ? " " : match))
    : text
  const [, , clause, joint, , source] = FROM.exec(plain) ?? []
  if (clause !== undefined && source !== undefined) {
    return oneImport(source, clauseNames(clause, joint?.startsWith("=") ? ALL : "default"), !isImport)
  }
  return isImport ? null : ownExports(bracedNames(plain))
}

/** An export of one name by default, or of a declaration that goes on; null for what has no name. */
function readDefault(text: string): ImportText | null {
  const name = EXPORTED_NAME.exec(text)?.[1]
  if (name !== undefined) return ownExports([{ name, as: "default" }])
  const [head, declared] = DEFAULT_DECLARED.exec(text) ?? []
  if (head === undefined || declared === undefined) return null
  return ownExports([{ name: declared, as: "default" }], head.length)
}

/** `first, * as all, { name as alias }`; the first is brought in as `first` says. */
function clauseNames(clause: string, first: string): readonly ImportedName[] {
  const names: ImportedName[] = []
  const bare = /^[^\s{},*]+/.exec(clause)?.[0]
  if (bare !== undefined) names.push({ name: first, as: bare })
  const star = /\*\s*(?:as\s+([^\s,{]+))?/.exec(clause)
  if (star !== null) names.push({ name: ALL, as: star[1] ?? ALL })
  return [...names, ...bracedNames(clause)]
}

function bracedNames(clause: string): readonly ImportedName[] {
  return listedNames(/\{([^}]*)\}/.exec(clause)?.[1]?.match(NAME_OR_COMMA) ?? [])
}
