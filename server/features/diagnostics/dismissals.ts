import { createHash } from "node:crypto"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { KeptDismissals } from "../../workspace/kept-dismissals.ts"
import type { Finding } from "./finding.ts"

/**
 * Findings that a user said are no bugs, in one project. A finding is known by its rule, its file and the lines it stands
 * on, so it stays dismissed wherever in the file those lines go, and comes back once they are changed.
 */
export class Dismissals {
  readonly #kept: KeptDismissals

  constructor(kept: KeptDismissals) {
    this.#kept = kept
  }

  /** Whether a finding of this document was dismissed. */
  has(document: DocumentSnapshot, finding: Finding): boolean {
    return !this.#kept.isEmpty && this.#kept.has(anchorOf(document, finding))
  }

  /** Dismisses a finding, also in later runs of the program. */
  add(document: DocumentSnapshot, finding: Finding): void {
    this.#kept.add(anchorOf(document, finding))
  }
}

function anchorOf({ uri, text, lines }: DocumentSnapshot, { rule, start, end }: Finding): string {
  const first = lines.startOf(lines.lineAt(start))
  const last = lines.lineAt(Math.max(start, end - 1))
  const after = last + 1 < lines.count ? lines.startOf(last + 1) : text.length
  const shown = text.slice(first, after).replace(/\s+/g, " ").trim()
  return createHash("sha256").update(`${rule}\0${uri}\0${shown}`).digest("base64url").slice(0, 22)
}
