import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { arrayOf, type JsonObject, objectOf, parseJson, textOf } from "../../../server/base/json.ts"
import { parseQuery, type Term } from "./scripted-zoekt-query.ts"

/** A file of the scripted server's repositories; `symbols` are names that ctags would find, by kind. */
export interface IndexedFile {
  readonly repository: string
  readonly path: string
  readonly text: string
  readonly symbols?: { readonly [name: string]: string }
}

/** What the server does with the next request instead of answering it. */
export type ZoektTrouble = (request: IncomingMessage, response: ServerResponse) => void

/** A code-search server on loopback that answers `POST /api/search` as Zoekt's JSON API is documented, and no other way. */
export class ScriptedZoekt {
  /** Queries that were answered, in order. */
  readonly queries: string[] = []
  /** Options that came with them. */
  readonly options: JsonObject[] = []
  /** The last request's headers. */
  headers: IncomingMessage["headers"] = {}
  readonly troubles: ZoektTrouble[] = []
  requests = 0
  readonly #files: readonly IndexedFile[]
  readonly #server: Server

  private constructor(files: readonly IndexedFile[]) {
    this.#files = files
    this.#server = createServer((request, response) => this.#serve(request, response))
  }

  static async start(files: readonly IndexedFile[]): Promise<ScriptedZoekt> {
    const zoekt = new ScriptedZoekt(files)
    zoekt.#server.listen(0, "127.0.0.1")
    await once(zoekt.#server, "listening")
    return zoekt
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** How many connections are open. */
  connections(): Promise<number> {
    return new Promise(resolve => this.#server.getConnections((_, count) => resolve(count)))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, "close")
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    this.requests++
    this.headers = request.headers
    const trouble = this.troubles.shift()
    if (trouble !== undefined) {
      trouble(request, response)
      return
    }
    let body = ""
    request.setEncoding("utf8")
    request.on("data", (chunk: string) => {
      body += chunk
    })
    request.on("end", () => {
      const [status, reply] = this.#reply(request, objectOf(parseJson(body)))
      response.writeHead(status, { "content-type": "application/json" })
      response.end(JSON.stringify(reply))
    })
  }

  #reply(request: IncomingMessage, args: JsonObject | null): readonly [number, JsonObject] {
    if (request.url !== "/api/search") return [404, { Error: "not found" }]
    if (request.method !== "POST") return [405, { Error: "Only POST is supported" }]
    const problem = args === null ? "invalid character" : problemWith(args)
    if (args === null || problem !== null) return [400, { Error: problem ?? "no JSON" }]
    const query = textOf(args["Q"]) ?? ""
    const terms = parseQuery(query)
    if (terms === null) return [400, { Error: `parse error: ${query}` }]
    const options = objectOf(args["Opts"]) ?? {}
    this.queries.push(query)
    this.options.push(options)
    const found = this.#files.flatMap(file => fileMatch(file, terms))
    const most = Number(options["MaxDocDisplayCount"] ?? 0)
    const shown = most === 0 ? found : found.slice(0, most)
    return [200, { Result: { FileCount: found.length, Files: shown.length === 0 ? null : shown } }]
  }
}

/** Arguments that Go's decoder, or the handler, would refuse. */
function problemWith(args: JsonObject): string | null {
  if (typeof args["Q"] !== "string") return "cannot unmarshal Q"
  if (args["Q"] === "") return "missing query"
  const ids = args["RepoIDs"]
  if (ids !== undefined && !arrayOf(ids).every(Number.isInteger)) return "cannot unmarshal RepoIDs"
  const options = objectOf(args["Opts"] ?? {})
  if (options === null) return "cannot unmarshal Opts"
  const wholes = ["MaxDocDisplayCount", "MaxWallTime", "ShardMaxMatchCount", "NumContextLines"]
  const wrong = wholes.find(name => options[name] !== undefined && !Number.isInteger(options[name]))
  return wrong === undefined ? null : `cannot unmarshal Opts.${wrong}`
}

function fileMatch(file: IndexedFile, terms: readonly Term[]): readonly JsonObject[] {
  const found = terms.map(term => matchesOf(file, term))
  if (found.some(matches => matches === null)) return []
  const matches = found.flatMap(each => each ?? [])
  const version = "0123456789012345678901234567890123456789"
  return [
    {
      Score: 1,
      FileName: file.path,
      Repository: file.repository,
      Language: "TypeScript",
      Version: version,
      LineMatches: matches.length === 0 ? [nameMatch(file.path)] : matches,
    },
  ]
}

/** The lines that fulfil one condition, none for one that is about no line; null if it does not hold. */
function matchesOf(file: IndexedFile, { field, pattern, not }: Term): readonly JsonObject[] | null {
  if (field === "repo") return pattern.test(file.repository) === not ? null : []
  if (field === "file") return pattern.test(file.path) === not ? null : []
  const matches = field === "content" ? lineMatches(file.text, pattern, null) : symbolMatches(file, pattern)
  return matches.length === 0 ? null : matches
}

function symbolMatches(file: IndexedFile, pattern: RegExp): readonly JsonObject[] {
  const symbols = Object.entries(file.symbols ?? {}).filter(([name]) => pattern.test(name))
  return symbols.flatMap(([name, kind]) => {
    const declared = new RegExp(`(?<=^|[^\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`)
    return lineMatches(file.text, declared, { name, kind }).slice(0, 1)
  })
}

/** What a match of the file's name looks like: a line that is the name. */
function nameMatch(path: string): JsonObject {
  return { Line: Buffer.from(path).toString("base64"), LineNumber: 0, FileName: true, LineFragments: [] }
}

function lineMatches(
  text: string,
  pattern: RegExp,
  symbol: { readonly name: string; readonly kind: string } | null,
): readonly JsonObject[] {
  return text.split(/(?<=\n)/).flatMap((line, at) => {
    const found = pattern.exec(line)
    if (found === null) return []
    const info = symbol === null ? null : { Sym: symbol.name, Kind: symbol.kind, Parent: "", ParentKind: "" }
    const fragment = {
      LineOffset: Buffer.byteLength(line.slice(0, found.index)),
      MatchLength: Buffer.byteLength(found[0]),
      SymbolInfo: info,
    }
    return [
      {
        Line: Buffer.from(line).toString("base64"),
        LineNumber: at + 1,
        FileName: false,
        LineFragments: [fragment],
      },
    ]
  })
}
