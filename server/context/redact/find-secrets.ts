import { findAssignedSecrets } from "./assigned-secrets.ts"
import { findKeyBlocks } from "./key-blocks.ts"
import { findByMaintainedRules } from "./maintained-rules.ts"
import { mergedSpans, type SecretSpan } from "./secret-span.ts"
import { findTokens } from "./token-formats.ts"
import { findUrlPasswords } from "./url-passwords.ts"

/**
 * The secrets in a text, sorted, without overlap. `edges` are offsets at which it was cut out of a longer one: what touches
 * them may be half a secret. Takes time in proportion to the text, whatever it holds; never throws.
 */
export function findSecrets(text: string, edges: readonly number[]): readonly SecretSpan[] {
  const spans: SecretSpan[] = []
  const visit = (kind: string, start: number, end: number): void => {
    if (end > start) spans.push({ kind, start, end })
  }
  findByMaintainedRules(text, visit)
  findTokens(text, visit)
  findKeyBlocks(text, edges, visit)
  findUrlPasswords(text, edges, visit)
  findAssignedSecrets(text, edges, visit)
  return mergedSpans(spans)
}
