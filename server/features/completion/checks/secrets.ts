import { redact, restore } from "../../../context/redact/redact.ts"
import { Redactions, splitAtPlaceholders } from "../../../context/redact/redactions.ts"
import type { Place } from "../asking/place.ts"
import { surroundingsOf } from "../asking/surroundings.ts"

/**
 * A suggestion with this document's own secrets where the model was shown placeholders; null if it holds a placeholder of
 * another file's secret, or a secret of its own.
 */
export function withSecretsRestored(
  text: string,
  place: Place,
  redactions: Redactions | null,
): string | null {
  const { document } = place
  const source = document.path ?? document.uri
  const { typed } = surroundingsOf(place)
  const { found } = redact(typed + text, source, new Redactions())
  if (found.some(({ end }) => end > typed.length)) return null
  const restored = redactions === null ? text : restore(text, redactions, source)
  return splitAtPlaceholders(restored).length > 1 ? null : restored
}
