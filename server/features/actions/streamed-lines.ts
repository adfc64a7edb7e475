/** A line that begins or ends a fenced block. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/**
 * The whole lines of code that an answer has brought so far: those within its first fenced block, without breaks. What
 * has not ended with a line break may still go on and is left out. Empty before a fence.
 */
export function streamedLines(answer: string): readonly string[] {
  const lines = answer.split(/\r\n|\n/).slice(0, -1)
  const opens = lines.findIndex(line => FENCE.test(line))
  if (opens === -1) return []
  const fence = FENCE.exec(lines[opens]!)![1]!
  const inside = lines.slice(opens + 1)
  const closes = inside.findIndex(
    line =>
      line.trim().startsWith(fence) && line.trim().length >= fence.length && /^[`~]+$/.test(line.trim()),
  )
  return closes === -1 ? inside : inside.slice(0, closes)
}

/** Lines moved as far in as `like` is, by their first line that is not blank. */
export function indentedLike(lines: readonly string[], like: string): readonly string[] {
  const first = lines.find(line => line.trim() !== "")
  if (first === undefined) return lines
  const own = indentOf(first)
  const wanted = indentOf(like)
  if (own === wanted) return lines
  if (wanted.startsWith(own)) {
    const more = wanted.slice(own.length)
    return lines.map(line => (line.trim() === "" ? line : more + line))
  }
  const less = own.length - wanted.length
  return lines.map(line => (less > 0 && line.slice(0, less).trim() === "" ? line.slice(less) : line))
}

function indentOf(line: string): string {
  return /^[^\S\n]*/.exec(line)![0]
}
