import type { CheckName } from "./checks/check-suggestion.ts"
import type { SilenceReason, Surface } from "./gates.ts"

/** Where a suggestion was looked for, in the order of the pipeline. */
export type SourceName = "cache" | "stream" | "embedded" | "model"

/** Where suggestions were looked for, and a few words on what came of it. */
export interface Attempt {
  readonly source: SourceName
  readonly outcome: string
}

/** A piece of the prompt that was sent. */
export interface SentPart {
  readonly kind: string
  /** Null for the digest. */
  readonly path: string | null
  /** By estimate. */
  readonly tokens: number
  /** A short sentence for the user. */
  readonly why: string
}

/** When things happened, in ms after the request came in; null if it never did. */
interface WhyTimings {
  /** When the document was last changed: before the request, so at most 0. */
  readonly typed: number | null
  readonly asked: number | null
  readonly firstDelta: number | null
  readonly shown: number | null
}

/** What happened to one request for a completion. */
export interface WhyRecord {
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  readonly uri: string
  readonly version: number
  /** Zero-based line, and UTF-16 code units into it. */
  readonly line: number
  readonly column: number
  readonly surface: Surface
  readonly invoked: boolean
  /** Gates that were found closed, those that an invoked request passed anyway too. */
  readonly gates: readonly SilenceReason[]
  readonly attempts: readonly Attempt[]
  /** Parts of the prompt; empty where none was sent. */
  readonly context: readonly SentPart[]
  readonly timings: WhyTimings
  /** Checks that changed or dropped something. */
  readonly checks: readonly CheckName[]
  /** Whether the syntax of something could not be checked: there was no grammar, or no time. */
  readonly isUnverified: boolean
  /** First lines of what was shown, best first. */
  readonly shown: readonly string[]
  /** Why nothing was shown; null if something was. */
  readonly silence: SilenceReason | null
}
