const CLOSERS = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
])
const OPENERS = new Set(CLOSERS.values())

/** What stands around the place of a suggestion. */
export interface Surroundings {
  /** The cursor's line after the cursor, without its break. */
  readonly rest: string
  /** The next line that is not blank, without its break; empty if there is none. */
  readonly nextLine: string
}

/**
 * The part of a suggestion that is new where it will stand, or null if nothing is left worth showing.
 * Cuts what already stands right of the cursor, and refuses to repeat the line below.
 */
export function trimSuggestion(suggestion: string, around: Surroundings): string | null {
  const lines = cutRepeatedLines(suggestion.split("\n"), around.nextLine)
  const [first = "", ...more] = lines
  const head = cutClosers(cutOverlap(first, around.rest), around.rest)
  // The rest of the cursor's line would end up below further lines.
  const text = more.length > 0 && around.rest.trim() === "" ? [head, ...more].join("\n") : head
  const trimmed = text.trimEnd()
  return trimmed.trim() === "" ? null : trimmed
}

/** Drops the longest end of `text` with which `rest` begins, unless that end closes what `text` itself opened. */
function cutOverlap(text: string, rest: string): string {
  const right = rest.trimEnd()
  for (let length = Math.min(text.length, right.length); length > 0; length--) {
    if (!text.endsWith(right.slice(0, length))) continue
    const head = text.slice(0, text.length - length)
    if (unclosed(head) <= unclosed(text)) return head
  }
  return text
}

function unclosed(text: string): number {
  let open = 0
  for (const unit of text) {
    if (OPENERS.has(unit)) open++
    else if (CLOSERS.has(unit) && open > 0) open--
  }
  return open
}

/** Cuts `text` before a closer that it doesn't open itself, if the same closer already stands in `rest`. */
function cutClosers(text: string, rest: string): string {
  const open: string[] = []
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i)
    if (OPENERS.has(unit)) open.push(unit)
    const opener = CLOSERS.get(unit)
    if (opener === undefined) continue
    if (open.at(-1) === opener) open.pop()
    else if (rest.includes(unit)) return text.slice(0, i)
  }
  return text
}

function cutRepeatedLines(lines: readonly string[], nextLine: string): readonly string[] {
  const below = nextLine.trim()
  if (below === "" || !/\w/.test(below)) return lines
  const repeated = lines.findIndex(line => line.trim() === below)
  return repeated < 0 ? lines : lines.slice(0, repeated)
}
