import type { Agent } from "node:http"

/** Where a request goes, and what it carries. */
export interface Target {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** Null for a connection of its own, without a proxy. */
  readonly agent: Agent | null
}

/**
 * Why a base URL must not be used, as a sentence for the user; null if it may. Keys and code go in the clear only to
 * this machine, unless the user's own settings say otherwise.
 */
export function refusalOf(baseUrl: string, allowPlain: boolean): string | null {
  if (!URL.canParse(baseUrl)) return `the model's address is not a URL: ${baseUrl}`
  const url = new URL(baseUrl)
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return `the model's address must start with http or https: ${baseUrl}`
  }
  if (/[?#]/.test(baseUrl)) return `the model's address must end with its path, without ? or #: ${baseUrl}`
  if (url.protocol === "https:") return null
  if (allowPlain || isLoopback(url.hostname)) return null
  return `the model at ${url.host} would be reached without encryption; use https, or allow it in your own settings`
}

/** The WebSocket URL of the Responses API under an HTTP base URL. */
export function socketUrl(baseUrl: string): string {
  return `${baseUrl.replace(/^http/, "ws")}/responses`
}

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
