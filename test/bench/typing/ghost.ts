/** What one editor shows as ghost text. Offsets are UTF-16 code units of the document that was asked about. */
export interface Ghost {
  /** What it would add behind the cursor, the units that it replaces there not counted. */
  readonly text: string
  /** The edit that accepting makes. */
  readonly start: number
  readonly end: number
  readonly newText: string
  /** What the editor runs after accepting; null for nothing. */
  readonly command: { readonly command: string; readonly arguments?: readonly unknown[] } | null
}

/** A document and the place of the cursor in it. */
export interface Spot {
  readonly text: string
  readonly offset: number
}

/** Where an editor gets its ghost text from. */
export interface GhostSource {
  open(path: string, text: string): void
  /** Tells of an edit; `before` is the text it was made in. */
  change(before: string, start: number, end: number, inserted: string): void
  /** What to show at a spot; null for nothing; undefined where a later question made this one void. */
  ask(spot: Spot): Promise<Ghost | null | undefined>
  /** The user has accepted this. */
  took(ghost: Ghost): void
  close(): void
}
