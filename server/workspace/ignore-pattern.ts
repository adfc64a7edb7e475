/** Some characters of which one must stand in a name, or none if `negated`. */
interface CharacterSet {
  readonly negated: boolean
  readonly ranges: readonly (readonly [from: string, to: string])[]
}

/** `*`, `?`, or what one UTF-16 code unit of a name must be. */
type Glyph = "*" | "?" | CharacterSet

/** One part of a path: the name itself, a pattern of its units, or null for any number of folders. */
type PartPattern = string | readonly Glyph[] | null

/** One line of an ignore file. */
export interface IgnorePattern {
  /** Begins with `!`: what matches is wanted. */
  readonly negated: boolean
  /** Ends with `/`: matches folders only. */
  readonly foldersOnly: boolean
  /** Whether the whole path below the ignore file must match, not just the last name. */
  readonly anchored: boolean
  readonly parts: readonly PartPattern[]
}

/** No path is longer, UTF-16 code units; a longer line matches nothing. */
const LONGEST = 4096

/** The patterns of an ignore file in its order, read as git reads them. Never throws. */
export function parseIgnorePatterns(text: string): readonly IgnorePattern[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap(line => patternOf(line) ?? [])
}

function patternOf(line: string): IgnorePattern | null {
  if (line.startsWith("#") || line.length > LONGEST) return null
  const negated = line.startsWith("!")
  const shown = withoutSpaces(negated ? line.slice(1) : line)
  const foldersOnly = shown.endsWith("/")
  const path = foldersOnly ? shown.slice(0, -1) : shown
  if (path === "") return null
  const anchored = path.includes("/")
  const names = path.replace(/^\//, "").split("/")
  // Only beside a slash two stars stand for folders; at the end, for something in them.
  const parts = names.flatMap((name, at) => {
    if (!anchored || name !== "**") return [partPattern(name)]
    return at === names.length - 1 ? [null, partPattern("*")] : [null]
  })
  return { negated, foldersOnly, anchored, parts }
}

/** A line without the spaces at its end, save one after a backslash. */
function withoutSpaces(line: string): string {
  let end = line.length
  while (line[end - 1] === " " && line[end - 2] !== "\\") end--
  return line.slice(0, end)
}

const NEVER: readonly Glyph[] = [{ negated: false, ranges: [] }]
/** A set with its mark and its members, or one unit with the backslash before it. */
const GLYPH = /\[([!^]?)(\](?:\\.|[^\]\\])*|(?:\\.|[^\]\\])+)\]|\\?./gs
/** One unit of a set, or the first and last of a range. */
const RANGE = /\\?(.)(?:-\\?(.))?/gs

function partPattern(part: string): PartPattern {
  if (!/[*?[\\]/.test(part)) return part
  const glyphs: Glyph[] = []
  for (const [text, mark, members] of part.matchAll(GLYPH)) {
    if (text === "*" || text === "?") glyphs.push(text)
    else if (members !== undefined) glyphs.push({ negated: mark !== "", ranges: rangesIn(members) })
    else if (text === "[" || text === "\\") return NEVER
    else glyphs.push({ negated: false, ranges: rangesIn(text) })
  }
  return glyphs
}

function rangesIn(members: string): CharacterSet["ranges"] {
  return Array.from(members.matchAll(RANGE), ([, from = "", to = from]) => [from, to])
}

/** Whether a pattern matches a path below its ignore file, given by its names. That it matches a folder above is not asked. */
export function matchesPattern(pattern: IgnorePattern, path: readonly string[], isFolder: boolean): boolean {
  if (pattern.foldersOnly && !isFolder) return false
  const names = pattern.anchored ? path : path.slice(-1)
  return matchesRun(pattern.parts, names, part => part === null, matchesName)
}

function matchesName(part: PartPattern, name: string): boolean {
  if (part === null || typeof part === "string") return part === name
  return matchesRun(part, name, glyph => glyph === "*", matchesUnit)
}

function matchesUnit(glyph: Glyph, unit: string): boolean {
  if (typeof glyph === "string") return true
  return glyph.ranges.some(([from, to]) => from <= unit && unit <= to) !== glyph.negated
}

/**
 * Whether the things of `run` match a pattern of which each element stands for one thing, but a star for any number.
 * Takes at most pattern times run steps: only the last star met is ever tried anew.
 */
function matchesRun<P, T>(
  pattern: readonly P[],
  run: ArrayLike<T>,
  isStar: (element: P) => boolean,
  matches: (element: P, thing: T) => boolean,
): boolean {
  let at = 0
  let place = 0
  let star = -1
  let resumed = 0
  while (place < run.length) {
    if (at < pattern.length && isStar(pattern[at]!)) {
      star = at++
      resumed = place
    } else if (at < pattern.length && matches(pattern[at]!, run[place]!)) {
      at++
      place++
    } else if (star === -1) return false
    else {
      at = star + 1
      place = ++resumed
    }
  }
  while (at < pattern.length && isStar(pattern[at]!)) at++
  return at === pattern.length
}
