import type { Agent } from "node:http"
import { addressProblem } from "../base/address.ts"

/** Where a request goes, and what it carries. */
export interface Target {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** Null for a connection of its own, without a proxy. */
  readonly agent: Agent | null
}

/** Why a base URL must not be used, as a sentence for the user; null if it may. */
export function refusalOf(baseUrl: string, allowPlain: boolean): string | null {
  return addressProblem("the model", baseUrl, allowPlain)
}

/** The WebSocket URL of the Responses API under an HTTP base URL. */
export function socketUrl(baseUrl: string): string {
  return `${baseUrl.replace(/^http/, "ws")}/responses`
}
