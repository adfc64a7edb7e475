import type { LogLevel } from "../base/log.ts"
import type { LanguageManifest } from "../syntax/manifest.ts"
import type { EncodedBatch } from "./shard-codec.ts"

/** The first message to a child process. */
export interface ChildSetup {
  readonly kind: "setup"
  readonly languages: readonly LanguageManifest[]
  /** Folders whose `node_modules`, or those above, hold the parsers. */
  readonly grammarFolders: readonly string[]
}

/** Files to read in this order. */
export interface ChildStep {
  readonly kind: "step"
  readonly step: number
  readonly tasks: readonly ReadTask[]
}

/** Parts of what is known of a file, as bits. `words` alone brings words and rough definitions, without parsing. */
export const Wants = { words: 1, facts: 2, tokens: 4 } as const

/** All of `Wants`. */
export const EVERYTHING: number = Wants.words | Wants.facts | Wants.tokens

/** One file to read. */
export interface ReadTask {
  readonly path: string
  /** Hash of the content that is known, or empty. */
  readonly hash: string
  /** Bits of `Wants`: what is to be found out of that content; 0 if all is known. */
  readonly wants: number
  /** The same for any other content, of which the words are always told. */
  readonly anew: number
}

/** Messages to a child process. */
export type ToChild = ChildSetup | ChildStep

/**
 * Messages from a child process. Batches of a step come in order; `finished` counts its files up to and with this batch.
 * `notice`: a line for `Log.once`, because every child may have the same to say.
 */
export type FromChild =
  | { readonly kind: "ready" }
  | { readonly kind: "batch"; readonly step: number; readonly finished: number; readonly batch: EncodedBatch }
  | { readonly kind: "log"; readonly level: LogLevel; readonly message: string }
  | { readonly kind: "notice"; readonly level: "info" | "warn"; readonly message: string }
