import { type AgentOptions, Agent as HttpAgent, request as httpRequest } from "node:http"
import { Agent as HttpsAgent, request as httpsRequest } from "node:https"
import type { Duplex } from "node:stream"
import { connect as tlsConnect } from "node:tls"
import { isLoopback } from "../base/address.ts"

/** Environment variables, which proxies are read from. */
type Environment = { readonly [name: string]: string | undefined }

/** The proxy that the usual variables name for a URL, or null. This machine is never reached through one. */
export function proxyFor(url: URL, environment: Environment): URL | null {
  if (isLoopback(url.hostname)) return null
  const secure = url.protocol === "https:" || url.protocol === "wss:"
  const named = read(environment, secure ? "https_proxy" : "http_proxy") ?? read(environment, "all_proxy")
  if (named === null || isExempt(url, read(environment, "no_proxy") ?? "")) return null
  const address = named.includes("://") ? named : `http://${named}`
  return URL.canParse(address) ? new URL(address) : null
}

/** An agent that keeps connections alive, tunnelling through `proxy` if there is one. */
export function createAgent(secure: boolean, proxy: URL | null, maxSockets: number): HttpAgent {
  const options: AgentOptions = { keepAlive: true, maxSockets, noDelay: true }
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options)
  return proxy === null ? agent : Object.assign(agent, { createConnection: tunnelThrough(proxy, secure) })
}

/** How long in ms a proxy may take to open a tunnel. */
const TUNNEL_MS = 10_000

interface Peer {
  readonly host?: string
  readonly port?: number | string
  readonly servername?: string
}

type Opened = (error: Error | null, stream?: Duplex) => void

/** Connects by asking a proxy for a tunnel with CONNECT; errors go to the callback. */
function tunnelThrough(proxy: URL, secure: boolean): (peer: Peer, opened: Opened) => void {
  const ask = proxy.protocol === "https:" ? httpsRequest : httpRequest
  return (peer, opened) => {
    const name = peer.host?.includes(":") ? `[${peer.host}]` : peer.host
    const host = `${name}:${peer.port}`
    const request = ask({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port === "" ? (proxy.protocol === "https:" ? 443 : 80) : proxy.port,
      method: "CONNECT",
      path: host,
      headers: { host, ...credentials(proxy) },
      agent: false,
    })
    request.once("error", opened)
    request.setTimeout(TUNNEL_MS, () => request.destroy(new Error(`the proxy ${proxy.host} does not answer`)))
    request.once("connect", (response, stream) => {
      stream.setTimeout(0)
      if (response.statusCode !== 200) {
        stream.destroy()
        opened(new Error(`the proxy ${proxy.host} answered ${response.statusCode}`))
        return
      }
      opened(
        null,
        secure ? tlsConnect({ ...peer, socket: stream, host: undefined, port: undefined }) : stream,
      )
    })
    request.end()
  }
}

function credentials(proxy: URL): { readonly [name: string]: string } {
  if (proxy.username === "") return {}
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` }
}

function read(environment: Environment, name: string): string | null {
  const value = environment[name] ?? environment[name.toUpperCase()]
  return value === undefined || value === "" ? null : value
}

function isExempt(url: URL, list: string): boolean {
  return list.split(/[\s,]+/).some(entry => {
    if (entry === "") return false
    if (entry === "*") return true
    const [name = "", port] = entry.replace(/^\*?\./, "").split(":")
    if (port !== undefined && port !== url.port) return false
    return url.hostname === name || url.hostname.endsWith(`.${name}`)
  })
}
