/** What an answer may say around its code: a paragraph, an item of a list, a heading. */
const LED = /^(?:[-*•]|\d+[.)]|#+|>)\s+/
/** Marks that sentences do without, once what they quote and put in parentheses is gone. */
const CODE_MARKS = /[{}()[\];=<>|@$\\]/
const FEWEST_WORDS = 3

/** Lines without the paragraphs of prose that they begin and end with. Sentences within code are comments, and stay. */
export function withoutProse(lines: readonly string[]): readonly string[] {
  let [from, to] = [0, lines.length]
  while (from < to) {
    const end = paragraphEnd(lines, from)
    // A sentence can stand right above the code that it leads to.
    const length = isProse(lines.slice(from, end)) ? end - from : leads(lines[from]!) ? 1 : 0
    if (length === 0) break
    from += length
  }
  while (to > from) {
    const start = paragraphStart(lines, to)
    if (start < from || !isProse(lines.slice(start, to))) break
    to = start
  }
  return lines.slice(from, to)
}

/** Where the paragraph ends that begins at a line, which may be a blank one. */
function paragraphEnd(lines: readonly string[], from: number): number {
  const blank = lines.findIndex((line, at) => at > from && line.trim() === "")
  return blank === -1 ? lines.length : blank
}

function paragraphStart(lines: readonly string[], to: number): number {
  return Math.max(
    0,
    lines.findLastIndex((line, at) => at < to - 1 && line.trim() === ""),
  )
}

/** Whether a paragraph is sentences, or blank. */
function isProse(paragraph: readonly string[]): boolean {
  const lines = paragraph.map(line => line.trim()).filter(line => line !== "")
  if (lines.length === 0) return true
  return lines.every(isPlain) && begins(lines[0]!) && /[.:!?]\**$/.test(lines.at(-1)!)
}

function leads(line: string): boolean {
  return isPlain(line) && begins(line.trim()) && line.trim().endsWith(":")
}

function begins(line: string): boolean {
  const isSentence = line.split(/\s+/).length >= FEWEST_WORDS || line.endsWith(":")
  return LED.test(line) || (/^\**\p{Lu}/u.test(line) && isSentence)
}

function isPlain(line: string): boolean {
  const said = line.replace(/`[^`]*`/g, "code").replace(/\([^()]*\)/g, "")
  return !CODE_MARKS.test(said)
}
