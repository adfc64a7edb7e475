import type { HeldOut } from "./held-out.ts"

/** Stands for the cursor in the naive client's prompt. */
export const CURSOR = "<|cursor|>"

/** Where a prompt asks for more. */
interface AskedPlace {
  /** The body up to the cursor, as the user has it. */
  readonly typed: string
  /** The answer is to begin again at the beginning of the cursor's line. */
  readonly restart: boolean
}

/** Finds the cursor of a prompt in the function that is typed; null where the prompt does not show it. */
export function askedPlace(input: string, held: HeldOut): AskedPlace | null {
  const anchor = held.before.slice(-ANCHOR_UNITS)
  const at = input.lastIndexOf(anchor)
  if (at < 0) return null
  const shown = input.slice(at + anchor.length)
  const cursor = shown.indexOf(CURSOR)
  if (cursor < 0) return null
  return { typed: shown.slice(0, cursor), restart: false }
}

/** So much in front of the body is looked for, in UTF-16 code units: more than one line, less than any window shows. */
const ANCHOR_UNITS = 60
