/** Why work was given up; part of every `Cancelled`. */
export type CancelReason = "client" | "superseded" | "content-modified" | "shutdown"

/** Thrown by work whose signal was aborted. Never logged, never shown to a user. */
export class Cancelled extends Error {
  readonly reason: CancelReason

  constructor(reason: CancelReason, options?: ErrorOptions) {
    super(`cancelled: ${reason}`, options)
    this.name = "Cancelled"
    this.reason = reason
  }
}

/** A request that can't be served: `code` is an LSP error code, `message` one sentence for the user. */
export class RequestError extends Error {
  readonly code: number

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "RequestError"
    this.code = code
  }
}

/** What kind of failure a model had; decides what the caller may do next. */
export type ModelErrorKind = "unavailable" | "rejected" | "rate-limited" | "timeout" | "protocol"

/** A model that can't or won't answer. Suggestions get fewer; nothing else changes. */
export class ModelError extends Error {
  readonly kind: ModelErrorKind

  constructor(kind: ModelErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "ModelError"
    this.kind = kind
  }
}

/** The sentence inside anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
