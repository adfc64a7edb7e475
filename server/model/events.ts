import type { Usage } from "./ask.ts"

/** An error as a provider told it; absent parts are null. `retryAfterMs` is what it asked us to wait. */
export interface WireError {
  readonly status: number | null
  readonly code: string | null
  readonly param: string | null
  readonly message: string
  readonly retryAfterMs: number | null
}

/** The error of a failure that came without one. */
export const UNEXPLAINED: WireError = {
  status: null,
  code: "server_error",
  param: null,
  message: "the model failed without saying why",
  retryAfterMs: null,
}

/** How a response ended by the provider's word. */
export interface WireEnd {
  readonly status: "completed" | "incomplete" | "failed"
  /** Why it is incomplete, in the provider's word; null unless it is. */
  readonly reason: string | null
  readonly error: WireError | null
  readonly usage: Usage | null
}

/** One thing a model server said, the same for every dialect. Unknown things are `ignored`, unreadable ones `garbage`. */
export type ModelEvent =
  | { readonly kind: "created"; readonly id: string; readonly sequence: number | null }
  | { readonly kind: "progress"; readonly id: string | null; readonly sequence: number | null }
  | {
      readonly kind: "item"
      readonly item: string
      readonly commentary: boolean
      readonly sequence: number | null
    }
  | {
      readonly kind: "text"
      readonly text: string
      readonly item: string | null
      readonly sequence: number | null
      readonly refusal: boolean
    }
  | {
      readonly kind: "whole-text"
      readonly text: string
      readonly item: string | null
      readonly sequence: number | null
    }
  | {
      readonly kind: "end"
      readonly id: string | null
      readonly end: WireEnd
      readonly sequence: number | null
    }
  | { readonly kind: "error"; readonly error: WireError }
  | {
      readonly kind: "steer"
      readonly outcome: "accepted" | "pending" | "failed"
      readonly id: string | null
      readonly message: string
    }
  | { readonly kind: "ignored" }
  | { readonly kind: "garbage" }

/** An event and the lane it came on; null is the default lane, or no lane at all. */
export interface Frame {
  readonly lane: string | null
  readonly event: ModelEvent
}
