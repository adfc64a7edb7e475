import { arrayOf, type JsonObject, numberOf, objectOf, textOf } from "../../base/json.ts"
import type { RemoteHit, RemoteSymbol } from "./remote-index.ts"

/** The longest line that is kept, in UTF-16 code units. */
const MOST_TEXT = 400

/** The hits of a reply of `/api/search`, in its order, at most `limit`; null if it is no such reply. What is not as documented is left out. */
export function readZoektReply(reply: unknown, limit: number): readonly RemoteHit[] | null {
  const result = objectOf(objectOf(reply)?.["Result"])
  if (result === null) return null
  return arrayOf(result["Files"])
    .flatMap(file => hitsOf(objectOf(file) ?? {}))
    .slice(0, limit)
}

/** What Zoekt says of an error, or null. */
export function zoektError(reply: unknown): string | null {
  return textOf(objectOf(reply)?.["Error"])
}

type FileHit = Pick<RemoteHit, "repository" | "path" | "language" | "version">

function hitsOf(file: JsonObject): readonly RemoteHit[] {
  const repository = textOf(file["Repository"]) ?? ""
  const path = textOf(file["FileName"]) ?? ""
  if (repository === "" || !isRelative(path)) return []
  const named = { repository, path, language: said(file["Language"]), version: said(file["Version"]) }
  const lines = arrayOf(file["LineMatches"]).map(line => objectOf(line) ?? {})
  const inText = lines.filter(line => line["FileName"] !== true)
  if (inText.length > 0) return inText.flatMap(line => lineHit(named, line))
  return [{ ...named, line: null, column: null, text: "", symbol: null }]
}

function lineHit(file: FileHit, match: JsonObject): readonly RemoteHit[] {
  const number = numberOf(match["LineNumber"])
  const encoded = textOf(match["Line"])
  if (number === null || number < 1 || !Number.isInteger(number) || encoded === null) return []
  const bytes = Buffer.from(encoded, "base64")
  const text = bytes.toString("utf8").replace(/\r?\n$/, "")
  const fragment = objectOf(arrayOf(match["LineFragments"])[0]) ?? {}
  const start = Math.max(0, numberOf(fragment["LineOffset"]) ?? 0)
  const column = bytes.subarray(0, start).toString("utf8").length
  const symbol = symbolOf(objectOf(fragment["SymbolInfo"]))
  return [
    {
      ...file,
      line: number - 1,
      column: Math.min(column, text.length),
      text: text.slice(0, MOST_TEXT),
      symbol,
    },
  ]
}

function symbolOf(info: JsonObject | null): RemoteSymbol | null {
  const name = textOf(info?.["Sym"])
  if (info === null || name === null || name === "") return null
  return { name, kind: said(info["Kind"]), container: said(info["Parent"]) }
}

/** A path that stays inside its repository. */
function isRelative(path: string): boolean {
  if (path === "" || path.includes("\0") || path.includes("\\") || path.startsWith("/")) return false
  return path.split("/").every(part => part !== ".." && part !== "." && part !== "")
}

/** A text that says something, or null. */
function said(value: unknown): string | null {
  const text = textOf(value)
  return text === "" ? null : text
}
