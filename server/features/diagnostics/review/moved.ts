import type { TextChange } from "../../../base/text-change.ts"
import type { Stretch } from "./place-claim.ts"

/** A stretch after a change of the text: where it is now, or null if the change touched it. */
export function moved<T extends Stretch>(stretch: T, { start, end, text }: TextChange): T | null {
  if (start > stretch.end) return stretch
  if (end < stretch.start || (end === stretch.start && text.endsWith("\n"))) {
    const by = text.length - (end - start)
    return by === 0 ? stretch : { ...stretch, start: stretch.start + by, end: stretch.end + by }
  }
  // Behind its last line.
  if (start === stretch.end && /^[\r\n]/.test(text)) return stretch
  return null
}
