import type { Agent } from "node:http"
import { isLoopback } from "../base/address.ts"
import { findKey, type KeyFinding, keyHeaders } from "./keys.ts"
import { createAgent, proxyFor } from "./proxy.ts"
import type { ModelSettings } from "./settings.ts"
import { refusalOf, socketUrl, type Target } from "./target.ts"

/** HTTP connections kept alive to one provider. */
const MAX_SOCKETS = 16

/** One provider's address, with the key and the way there. */
export class Endpoint {
  /** Without a trailing slash; empty if there is a problem. */
  readonly baseUrl: string
  /** Why it can't be used, as a sentence for the user; null if it can. */
  readonly problem: string | null
  readonly #settings: ModelSettings
  readonly #agent: Agent | null
  readonly #upgradeAgent: Agent | null
  #key: string | null

  constructor(settings: ModelSettings) {
    this.#settings = settings
    const url = (settings.baseUrl ?? settings.provider.baseUrl)?.replace(/\/+$/, "") ?? null
    const found = findKey(settings.provider, settings.keys)
    this.#key = found.key
    this.problem =
      problemWith(url, settings) ?? problemWithKey(url, settings, found) ?? problemWithProxy(url, settings)
    this.baseUrl = this.problem === null && url !== null ? new URL(url).href.replace(/\/+$/, "") : ""
    if (this.baseUrl === "") {
      this.#agent = null
      this.#upgradeAgent = null
      return
    }
    const parsed = new URL(this.baseUrl)
    const proxy = proxyFor(parsed, settings.keys.environment)
    const secure = parsed.protocol === "https:"
    this.#agent = createAgent(secure, proxy, MAX_SOCKETS)
    this.#upgradeAgent = proxy === null ? null : createAgent(secure, proxy, MAX_SOCKETS)
  }

  /** Where and how to send an HTTP request. */
  http(url: string): Target {
    return { url, headers: this.#headers(), agent: this.#agent }
  }

  /** Where and how to dial a socket. */
  socket(): Target {
    return { url: socketUrl(this.baseUrl), headers: this.#headers(), agent: this.#upgradeAgent }
  }

  /** Looks for the key again after one was refused; false if there is none to try. */
  refreshKey(): boolean {
    this.#key = findKey(this.#settings.provider, this.#settings.keys).key
    return this.#key !== null
  }

  /** Closes idle connections. */
  close(): void {
    this.#agent?.destroy()
    this.#upgradeAgent?.destroy()
  }

  #headers(): { readonly [name: string]: string } {
    return { "user-agent": "pilotlight", ...keyHeaders(this.#settings.provider, this.#key) }
  }
}

function problemWith(url: string | null, settings: ModelSettings): string | null {
  const { provider, allowPlain } = settings
  if (url === null) return `the provider ${provider.name} needs an address: set its base URL`
  return refusalOf(url, allowPlain)
}

/** Going round a proxy that was set would be worse than not going at all. */
function problemWithProxy(url: string | null, { keys }: ModelSettings): string | null {
  const proxy = url === null ? null : proxyFor(new URL(url), keys.environment)
  if (proxy === null || proxy.protocol === "http:" || proxy.protocol === "https:") return null
  return `the proxy ${proxy.protocol}//${proxy.host} is not one for HTTP; set https_proxy, or name the model's host in no_proxy`
}

/** A hosted provider is of no use without a key; a server on this machine, or a team's own, may want none. */
function problemWithKey(url: string | null, { provider }: ModelSettings, found: KeyFinding): string | null {
  if (found.key !== null) return null
  if (found.problem !== null) return found.problem
  const local = url !== null && isLoopback(new URL(url).hostname)
  return local || provider.keyNames.length === 0
    ? null
    : `${provider.name} needs a key: set ${provider.keyNames[0]}`
}
