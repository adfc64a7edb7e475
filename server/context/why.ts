import { type Candidate, EVIDENCE, type Evidence } from "./candidates.ts"

/** What speaks for a candidate first of all, as a short sentence for the user. */
export function whyShown({ levels }: Candidate): string {
  const strongest = EVIDENCE.find((kind, at) => levels[at]! >= 0 && SENTENCES[kind] !== null)
  return (strongest && SENTENCES[strongest]) ?? "declared in the project"
}

/** Null for what says nothing of where a declaration came from. */
const SENTENCES: Readonly<Record<Evidence, string | null>> = {
  import: "imported here and used near the cursor",
  "unused-import": "imported here and not used yet",
  "namespace-mention": "used here through its module",
  mention: "named near the cursor",
  "member-mention": "a member of this name is used near the cursor",
  member: "member of something used here",
  "type-1": "type in the signature of something used here",
  "type-2": "type two steps from something used here",
  "type-3": "type three steps from something used here",
  "type-member": "member of a type used here",
  namespace: "in a module imported here",
  neighbour: "beside something imported here",
  "co-import": "imported by files with the same imports",
  window: "named in code like this",
  central: "much used in the project",
  uses: null,
  rivals: null,
  shadowed: null,
  kind: null,
  export: null,
}
