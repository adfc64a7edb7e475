import { MAX_SIGNATURE } from "../syntax/declaration.ts"
import type { SymbolHit } from "../workspace/file-facts.ts"

/** All before the word, number or literal that a cut goes through, without the quote that opens it. */
const BEFORE_CUT = /^.*(?=[\s"'`])/s

/**
 * A signature as a prompt shows it. One that was cut for its length ends before what the cut goes through: by half of a
 * literal nobody could tell that it is a secret.
 */
export function shownSignature({ signature, name }: Pick<SymbolHit, "signature" | "name">): string {
  if (signature.length < MAX_SIGNATURE) return signature
  return `${BEFORE_CUT.exec(signature)?.[0].trimEnd() || name} …`
}
