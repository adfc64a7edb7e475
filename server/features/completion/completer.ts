import type { TextChange } from "../../base/text-change.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type CompletionSources, complete } from "./complete.ts"
import type { Completion, CompletionRequest } from "./request.ts"
import type { WhyRecord } from "./why-record.ts"

/** What a completer draws on; asked anew for each request, since a client can change its project. */
export interface CompleterOptions {
  readonly sources: () => CompletionSources
}

/** What can be switched off and on at run time. */
export type Toggled =
  | { readonly what: "all" }
  | { readonly what: "document"; readonly uri: string }
  /** Manifest name of a language. */
  | { readonly what: "language"; readonly language: string }

/** One client's completions: what was asked, shown, typed along, accepted and rejected. */
export class Completer {
  readonly #options: CompleterOptions

  constructor(options: CompleterOptions) {
    this.#options = options
  }

  /** What could be shown. Rejects with `Cancelled` when `signal` aborts; a failing model only means less is shown. */
  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return complete(request, this.#options.sources(), signal)
  }

  /** Notes a step of an open document: `changes` led from `before` to `after`. */
  changed(_before: DocumentSnapshot, _after: DocumentSnapshot, _changes: readonly TextChange[]): void {}

  /** Forgets a document. */
  closed(_uri: string): void {}

  /** The client says that a suggestion was accepted. */
  accepted(_id: string): void {}

  /** The client says that a suggestion is not wanted, now or later. */
  rejected(_id: string): void {}

  /** Switches suggestions off, or on again; whether they are on now. */
  toggle(_which: Toggled): boolean {
    return true
  }

  /** What happened to the last requests in a document, the latest last. */
  records(_uri: string): readonly WhyRecord[] {
    return []
  }

  /** Gives up what is under way. */
  dispose(): void {}
}
