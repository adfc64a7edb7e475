import type { RecentEdit } from "../../../context/project-view.ts"
import type { Redactions } from "../../../context/redact/redactions.ts"
import type { Place } from "../asking/place.ts"

/** The checks in the order in which they are made. */
export type CheckName =
  | "fences"
  | "line-start"
  | "indentation"
  | "overlap"
  | "closers"
  | "balance"
  | "repetition"
  | "next-line"
  | "undo"
  | "syntax"
  | "names"
  | "secrets"
  | "rejected"

/** What the checks must know besides the place. */
export interface CheckFacts {
  /** Whether a name stands anywhere in the project or in what it imports; the document itself is looked at by the check. */
  exists(name: string): boolean
  /** Whether a suggestion with this fingerprint was rejected before. */
  wasRejected(fingerprint: string): boolean
  /** What the user changed lately, latest first. */
  readonly recentEdits: readonly RecentEdit[]
  /** What was hidden in the prompt; null if there was none. */
  readonly redactions: Redactions | null
  /** Name of the innermost declaration around the place, with those around it; "" at the top. */
  readonly enclosing: string
  /** Whether the client can replace what stands right of the cursor. */
  readonly canReplaceAfter: boolean
}

/** What became of a suggestion. */
export type Checked =
  | {
      readonly kind: "shown"
      /** Inserted at the cursor; `\n` line breaks. */
      readonly text: string
      /** UTF-16 code units right of the cursor, on its line, that it replaces; 0 for none, always 0 where the client can't. */
      readonly replaceAfter: number
      /** It names what exists nowhere: worth less than what the embedded engine says. */
      readonly lowered: boolean
      /** The checks that changed it. */
      readonly changed: readonly CheckName[]
      readonly fingerprint: string
    }
  | { readonly kind: "dropped"; readonly by: CheckName }

/** Makes a suggestion fit its place, or drops it. */
export function checkSuggestion(_text: string, _place: Place, _facts: CheckFacts): Checked {
  throw new Error("not built yet")
}
