/** What tells one suggested change from another. */
interface SuggestedChange {
  /** The cursor's line before the cursor. */
  readonly typed: string
  readonly added: string
  readonly removed: string
  /** The declarations around it by name; "" at the top. */
  readonly enclosing: string
}

/**
 * The same for the same change, wherever its declaration has moved, however it is spaced, and however much of the line was
 * typed meanwhile.
 */
export function fingerprintOf({ typed, added, removed, enclosing }: SuggestedChange): string {
  return [enclosing, removed, typed + added].map(part => part.replace(/\s+/g, "")).join("\n")
}
