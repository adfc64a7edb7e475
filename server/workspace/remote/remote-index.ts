/** A place in code that is not checked out here, as a remote code search told it. */
export interface RemoteHit {
  /** The remote's own name of the repository. */
  readonly repository: string
  /** Relative to the root of the repository, with `/`. */
  readonly path: string
  /** Zero-based; null where the file itself is meant. */
  readonly line: number | null
  /** Where the match begins in the line, in UTF-16 code units; null where the file itself is meant. */
  readonly column: number | null
  /** The line without its break, cut at 400 UTF-16 code units; empty where the file itself is meant. */
  readonly text: string
  /** The declared symbol in the remote's own words; null where no declaration was asked for. */
  readonly symbol: RemoteSymbol | null
  /** The remote's name of the file's language; null if it knows none. */
  readonly language: string | null
  /** The commit that was indexed; null if the remote does not say. */
  readonly version: string | null
}

/** A declaration as a remote index knows it; absent parts are null. */
export interface RemoteSymbol {
  readonly name: string
  readonly kind: string | null
  readonly container: string | null
}

/**
 * Code search on another machine, for code that is not checked out here. Never to be asked on the keystroke path.
 * Every question has a deadline of its own. A remote in trouble answers with nothing; a question rejects only, with
 * `Cancelled`, when its signal aborts. Names and parts of paths go out and nothing else: whoever asks must be allowed
 * to send them.
 */
export interface RemoteIndex {
  /** Declarations of exactly this name, best first, at most `limit`. */
  symbols(name: string, limit: number, signal: AbortSignal): Promise<readonly RemoteHit[]>
  /** Lines in which exactly this word stands, best first, at most `limit`. */
  uses(word: string, limit: number, signal: AbortSignal): Promise<readonly RemoteHit[]>
  /** Files whose path holds this text, in any case, best first, at most `limit`. */
  files(part: string, limit: number, signal: AbortSignal): Promise<readonly RemoteHit[]>
  /** What is wrong with the remote now, as a sentence for the user; null if nothing is. */
  readonly trouble: string | null
  /** Drops its connections; what is still asked is answered with nothing. */
  close(): void
}
