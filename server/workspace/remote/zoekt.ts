import { Agent as HttpAgent } from "node:http"
import { Agent as HttpsAgent } from "node:https"
import { throwIfAborted } from "../../base/cancel.ts"
import { parseJson } from "../../base/json.ts"
import type { Log } from "../../base/log.ts"
import { type PostResult, postJson } from "./post-json.ts"
import type { RemoteHit, RemoteIndex } from "./remote-index.ts"
import type { RemoteSettings } from "./remote-settings.ts"
import { readZoektReply, zoektError } from "./zoekt-answer.ts"
import { mayBeAsked, placeOfWord, type ZoektQuestion, zoektQuery } from "./zoekt-query.ts"

/** The largest reply that is read, in bytes. */
const MAX_REPLY_BYTES = 4 * 1024 * 1024

/** Connections to one server; further questions wait, and their deadlines run meanwhile. */
const MAX_SOCKETS = 4

/** How long in ms a server that failed is left in peace: doubled with each failure in a row, from the first to the last. */
const FIRST_PEACE_MS = 1_000
const LAST_PEACE_MS = 60_000

/** The part of the deadline that the server may search for, so that what it found by then still arrives. In ns per ms. */
const SEARCH_NS_PER_MS = 900_000

/**
 * Code search by a Zoekt web server that runs with its JSON API switched on (`-rpc`). `now` is in ms, and can be
 * replaced in tests.
 */
export function openZoekt(settings: RemoteSettings, log: Log, now: () => number = Date.now): RemoteIndex {
  return new Zoekt(settings, log, now)
}

class Zoekt implements RemoteIndex {
  readonly #settings: RemoteSettings
  readonly #log: Log
  readonly #now: () => number
  readonly #agent: HttpAgent
  #trouble: string | null = null
  #peaceMs = FIRST_PEACE_MS
  #peaceUntil = Number.NEGATIVE_INFINITY
  #closed = false

  constructor(settings: RemoteSettings, log: Log, now: () => number) {
    this.#settings = settings
    this.#log = log
    this.#now = now
    const options = { keepAlive: true, maxSockets: MAX_SOCKETS }
    this.#agent = settings.url.startsWith("https:") ? new HttpsAgent(options) : new HttpAgent(options)
  }

  get trouble(): string | null {
    return this.#trouble
  }

  async symbols(name: string, limit: number, signal: AbortSignal): Promise<readonly RemoteHit[]> {
    const hits = await this.#ask(name, { kind: "symbol", name }, limit, signal)
    return hits.filter(hit => hit.line !== null).map(hit => withSymbol(hit, name))
  }

  async uses(word: string, limit: number, signal: AbortSignal): Promise<readonly RemoteHit[]> {
    const hits = await this.#ask(word, { kind: "use", word }, limit, signal)
    return hits.flatMap(hit => atWord(hit, word))
  }

  files(part: string, limit: number, signal: AbortSignal): Promise<readonly RemoteHit[]> {
    return this.#ask(part, { kind: "file", part }, limit, signal)
  }

  close(): void {
    this.#closed = true
    this.#agent.destroy()
  }

  async #ask(
    asked: string,
    question: ZoektQuestion,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly RemoteHit[]> {
    throwIfAborted(signal)
    if (this.#closed || limit < 1 || !mayBeAsked(asked) || this.#now() < this.#peaceUntil) return []
    const { url, key, deadlineMs, except } = this.#settings
    const body = JSON.stringify({
      Q: zoektQuery(question, except),
      Opts: { MaxDocDisplayCount: limit, MaxWallTime: deadlineMs * SEARCH_NS_PER_MS },
    })
    const target = {
      url: `${url}/api/search`,
      headers: { "user-agent": "pilotlight", ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
      agent: this.#agent,
      deadlineMs,
      maxBytes: MAX_REPLY_BYTES,
    }
    const result = await postJson(target, body, signal)
    throwIfAborted(signal)
    return this.#closed ? [] : this.#read(result, limit)
  }

  #read(result: PostResult, limit: number): readonly RemoteHit[] {
    if ("failure" in result) return this.#failed(result.failure)
    const reply = parseJson(result.text)
    if (result.status === 400) {
      // The server is well; it is this one question that it can't take.
      this.#log.debug(`the code search refuses a question: ${zoektError(reply) ?? "without a reason"}`)
      return []
    }
    if (result.status !== 200) {
      const why = zoektError(reply)
      return this.#failed(`answered HTTP ${result.status}${why === null ? "" : `: ${why}`}`)
    }
    const hits = readZoektReply(reply, limit)
    if (hits === null) return this.#failed("did not answer as Zoekt's JSON API does")
    this.#trouble = null
    this.#peaceMs = FIRST_PEACE_MS
    return hits
  }

  #failed(why: string): readonly RemoteHit[] {
    this.#trouble = `the code search at ${new URL(this.#settings.url).host} ${why}`
    this.#log.once("warn", this.#trouble)
    this.#peaceUntil = this.#now() + this.#peaceMs
    this.#peaceMs = Math.min(LAST_PEACE_MS, this.#peaceMs * 2)
    return []
  }
}

/** The hit where the word stands by itself; none if it stands only in longer ones. Behind a cut nobody can tell. */
function atWord(hit: RemoteHit, word: string): readonly RemoteHit[] {
  if (hit.column === null || hit.column >= hit.text.length) return hit.column === null ? [] : [hit]
  const column = placeOfWord(hit.text, word)
  return column === null ? [] : [{ ...hit, column }]
}

/** An index built without symbols' details still knows where the name is declared. */
function withSymbol(hit: RemoteHit, name: string): RemoteHit {
  return hit.symbol === null ? { ...hit, symbol: { name, kind: null, container: null } } : hit
}
