import { type Candidate, EVIDENCE, type Evidence, levelAt } from "./candidates.ts"

/** What speaks for a candidate first of all, as a short sentence for the user. */
export function whyShown(candidate: Candidate): string {
  const strongest = SENTENCES.find(([kind]) => levelAt(candidate, EVIDENCE.indexOf(kind)) >= 0)
  return strongest?.[1] ?? "declared in the project"
}

/** What leads from the document to a declaration, the most telling first. */
const SENTENCES: readonly (readonly [Evidence, string])[] = [
  ["import", "imported here and used near the cursor"],
  ["unused-import", "imported here and not used yet"],
  ["namespace-mention", "used here through its module"],
  ["member-mention", "a member of this name is used near the cursor"],
  ["mention", "named near the cursor"],
  ["member", "member of something used here"],
  ["type-1", "type in the signature of something used here"],
  ["type-2", "type two steps from something used here"],
  ["type-3", "type three steps from something used here"],
  ["type-member", "member of a type used here"],
  ["namespace", "in a module imported here"],
  ["co-import", "imported by files with the same imports"],
  ["neighbour", "beside something used here"],
  ["window", "named in code like this"],
  ["central", "much used in the project"],
]
