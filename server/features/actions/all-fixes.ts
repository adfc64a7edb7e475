import type { TextChange } from "../../base/text-change.ts"
import type { Finding, Fix } from "../diagnostics/finding.ts"

/** The changes of the first fix of all that rules found, if it is of the kind: sorted, those left out that meet an earlier one. */
export function allFixes(findings: readonly Finding[], kind: Fix["kind"]): readonly TextChange[] {
  const fixes = findings.flatMap(({ fixes: [fix], byModel }) =>
    !byModel && fix?.kind === kind && fix.edits.length > 0 ? [fix] : [],
  )
  const sorted = fixes.sort((a, b) => a.edits[0]!.start - b.edits[0]!.start)
  const changes: TextChange[] = []
  for (const { edits } of sorted) {
    if (edits[0]!.start >= (changes.at(-1)?.end ?? 0)) changes.push(...edits)
  }
  return changes
}
