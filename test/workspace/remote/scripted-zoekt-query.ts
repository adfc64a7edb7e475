/** One condition of a query; all must hold. */
export interface Term {
  readonly field: "sym" | "content" | "file" | "repo"
  readonly pattern: RegExp
  readonly not: boolean
}

const FIELDS: readonly string[] = ["sym", "content", "file", "repo"]

const VALUES: { readonly [field: string]: readonly string[] } = {
  case: ["yes", "no", "auto"],
  type: ["filematch", "filename", "file", "repo"],
}

/** Reads a query of fields with quoted or plain values, as Zoekt's query language has them; null if it is none. */
export function parseQuery(query: string): readonly Term[] | null {
  const parts = [...query.matchAll(/(-?)([a-z]+):("(?:[^"\\]|\\.)*"|[^\s"]+)(?:\s+|$)/gy)]
  if (parts.map(part => part[0]).join("") !== query) return null
  const flags = parts.some(part => part[2] === "case" && part[3] === "yes") ? "u" : "iu"
  const terms: Term[] = []
  for (const [, minus, field, raw] of parts) {
    const value = raw?.startsWith('"') === true ? raw.slice(1, -1).replace(/\\(.)/g, "$1") : (raw ?? "")
    const plain = VALUES[field ?? ""]
    if (plain?.includes(value)) continue
    if (!FIELDS.includes(field ?? "")) return null
    // The patterns that are asked for mean the same in Go and here.
    terms.push({ field: field as Term["field"], pattern: new RegExp(value, flags), not: minus === "-" })
  }
  return terms
}
