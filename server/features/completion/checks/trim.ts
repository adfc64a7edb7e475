import { plainLexicon } from "../../../syntax/lexer.ts"
import type { Surroundings } from "../asking/surroundings.ts"
import { withoutNextLine } from "./next-line.ts"
import { withoutOverlap, withoutStandingClosers } from "./overlap.ts"

/**
 * The part of a suggestion that is new where it will stand, or null if nothing is left worth showing: the checks that need to
 * know nothing of the language. Cuts what already stands right of the cursor, and refuses to repeat the line below.
 */
export function trimSuggestion(suggestion: string, around: Surroundings): string | null {
  const { rest } = around
  const [first = "", ...more] = withoutNextLine(suggestion, around, plainLexicon).split("\n")
  const head = withoutStandingClosers(withoutOverlap(first, rest, plainLexicon), rest, plainLexicon)
  // The rest of the cursor's line would end up below further lines.
  const text = more.length > 0 && rest.trim() === "" ? [head, ...more].join("\n") : head
  const trimmed = text.trimEnd()
  return trimmed.trim() === "" ? null : trimmed
}
