import { MAX_SIGNATURE } from "../syntax/declaration.ts"
import type { SymbolHit } from "../workspace/file-facts.ts"

/** The word, number or literal that a cut goes through, with the quote that opens it. */
const CUT_THROUGH = /["'`]?[^\s"'`]*$/

/**
 * A signature as a prompt shows it. One that was cut for its length ends before what the cut goes through: by half of a
 * literal nobody could tell that it is a secret.
 */
export function shownSignature({ signature, name }: Pick<SymbolHit, "signature" | "name">): string {
  if (signature.length < MAX_SIGNATURE) return signature
  return `${signature.replace(CUT_THROUGH, "").trimEnd() || name} …`
}
