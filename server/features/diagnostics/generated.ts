/** How far into a text its makers say that it was generated, in UTF-16 code units. */
const HEAD = 2000
/** A longer average line, in UTF-16 code units, is no person's. */
const LONG_LINE = 200
/** Texts below this length, in UTF-16 code units, are not judged by their lines. */
const SHORT_TEXT = 2000
const MADE = /@generated\b|\bDO NOT EDIT\b|\bauto-?generated\b|\bgenerated (by|from|with)\b/i

/** Whether a text was written by a program, so that its faults are not its reader's to mend. */
export function isGenerated(text: string): boolean {
  if (MADE.test(text.slice(0, HEAD))) return true
  if (text.length < SHORT_TEXT) return false
  let lines = 1
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++
  return text.length / lines > LONG_LINE
}
