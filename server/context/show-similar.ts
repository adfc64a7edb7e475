import type { ContextPart } from "./context-part.ts"
import { showExcerpt } from "./excerpt.ts"
import type { Ledger } from "./ledger.ts"
import type { SimilarWindow } from "./similar-windows.ts"
import type { Survey } from "./survey.ts"

/** Less is chance. */
const LEAST_LIKENESS = 0.25
/** Less of a window than this says nothing. */
const LEAST_LINES = 5
/** Expected use of a window beside that of declarations. */
const SCORE = 0.2

/** Code like the code at the cursor, the likest first, for at most so many tokens. */
export function showSimilar(
  survey: Survey,
  windows: readonly SimilarWindow[],
  ledger: Ledger,
  most: number,
): readonly ContextPart[] {
  const parts: ContextPart[] = []
  const end = ledger.spent + most
  for (const { path, startLine, endLine, likeness } of windows) {
    const file = likeness < LEAST_LIKENESS ? null : survey.textOf(path)
    if (file === null) continue
    const why = `shares ${Math.round(likeness * 100)} % of the names near the cursor`
    const place = { path, startLine, endLine, leastLines: LEAST_LINES }
    const excerpt = { kind: "similar", ...place, why, score: SCORE * likeness } as const
    const part = showExcerpt(excerpt, file, ledger, end - ledger.spent)
    if (part !== null) parts.push(part)
  }
  return parts
}
