import { changeBetween } from "../../base/text-change.ts"

/** A stretch of a text, UTF-16 code units, end exclusive. */
export interface Anchor {
  /** The whole text that the offsets count in. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What stands in an anchored stretch. */
export function anchored({ text, start, end }: Anchor): string {
  return text.slice(start, end)
}

/**
 * The stretch as it stands in a later text: moved by what changed before it, or else found where its content stands once.
 * Null if it was changed itself, or stands there several times.
 */
export function followed(anchor: Anchor, now: string): Anchor | null {
  const change = changeBetween(anchor.text, now)
  if (change === null) return anchor
  const { start, end } = anchor
  if (change.start >= end) return { text: now, start, end }
  const shift = change.text.length - (change.end - change.start)
  if (change.end <= start) return { text: now, start: start + shift, end: end + shift }
  return found(anchored(anchor), now)
}

function found(content: string, now: string): Anchor | null {
  if (content.trim() === "") return null
  const at = now.indexOf(content)
  if (at === -1 || now.indexOf(content, at + 1) !== -1) return null
  return { text: now, start: at, end: at + content.length }
}
