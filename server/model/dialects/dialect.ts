import type { AskRequest } from "../ask.ts"
import { type ModelEvent, UNEXPLAINED } from "../events.ts"
import type { Route } from "../route.ts"

/** Reads one answer. Keeps what it must remember between pieces, so each answer needs its own. */
export interface AnswerDecoder {
  /** One SSE `data:` text or one line of NDJSON. Never throws. */
  data(text: string): readonly ModelEvent[]
  /** The body ended: what that means, which is nothing if the end was already told. */
  done(): readonly ModelEvent[]
}

/** How one HTTP surface is asked and read. */
export interface Dialect {
  /** Where to POST, given the base URL without a trailing slash. */
  url(base: string): string
  readonly framing: "sse" | "lines"
  /** The JSON body. Stable parts come before volatile ones, so that equal prefixes are equal bytes. */
  body(ask: AskRequest, route: Route): string
  decoder(): AnswerDecoder
}

/** The base URL with its last `/v1` taken off, for servers whose own surface lies beside it. */
export function withoutVersion(base: string): string {
  return base.replace(/\/v1$/, "")
}

/** What a body means that ends before its answer does; not the provider's word, so the ask is not tried again. */
export const BROKEN_OFF: ModelEvent = {
  kind: "error",
  error: { ...UNEXPLAINED, code: "answer_broke_off", message: "the answer broke off" },
}
