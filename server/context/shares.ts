import type { ContextPurpose } from "./context-request.ts"

/** Shares of the budget that each kind of context may take at most; declarations take what is left. */
export interface Shares {
  readonly diagnostics: number
  readonly edits: number
  readonly outline: number
  readonly callSites: number
  readonly tests: number
  readonly docs: number
  readonly similar: number
}

/** By purpose. */
export const SHARES: Readonly<Record<ContextPurpose, Shares>> = {
  complete: {
    diagnostics: 0.05,
    edits: 0.1,
    outline: 0.15,
    callSites: 0.05,
    tests: 0,
    docs: 0,
    similar: 0.08,
  },
  edit: { diagnostics: 0.1, edits: 0.1, outline: 0.15, callSites: 0.15, tests: 0.1, docs: 0, similar: 0.08 },
  explain: { diagnostics: 0.05, edits: 0, outline: 0.2, callSites: 0.15, tests: 0.1, docs: 0.15, similar: 0 },
  review: { diagnostics: 0.1, edits: 0.1, outline: 0.15, callSites: 0.2, tests: 0.15, docs: 0, similar: 0 },
}
