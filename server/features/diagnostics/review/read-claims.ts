import { type JsonObject, objectOf, parseJson } from "../../../base/json.ts"

/** A bug that a model claims to see. */
export interface Claim {
  /** What it is about, as the model copied it. */
  readonly quote: string
  /** One sentence, of one line. */
  readonly problem: string
  /** What the quoted lines become; null where the model knows none. */
  readonly fix: string | null
}

/** Most claims read from one answer. */
const MOST_CLAIMS = 8
/** Most lines of an answer that are read. */
const MOST_READ = 200
/** An object that a model spread over more lines is none. */
const MOST_SPREAD = 12
/** Longest quote, problem and fix, in UTF-16 code units: beyond, it is not about a place any more. */
const MOST_QUOTE = 2000
const MOST_PROBLEM = 400
const MOST_FIX = 4000

/** The claims in an answer: JSON objects that begin a line, whatever stands around them. Never throws. */
export function readClaims(answer: string): readonly Claim[] {
  const lines = answer.split(/\r\n|\r|\n/, MOST_READ)
  const claims: Claim[] = []
  for (let at = 0; at < lines.length && claims.length < MOST_CLAIMS; at++) {
    const found = objectAt(lines, at)
    if (found === null) continue
    const claim = claimOf(found.object)
    if (claim !== null) claims.push(claim)
    at = found.last
  }
  return claims
}

/** Whether an answer on a claim begins with a plain yes. */
export function isConfirmed(answer: string): boolean {
  return /^[\s"'*`]*yes\b/i.test(answer)
}

/** The object that begins on a line, and its last line; null if none does. */
function objectAt(
  lines: readonly string[],
  first: number,
): { readonly object: JsonObject; readonly last: number } | null {
  // A list or an array around the objects does no harm.
  const begins = /^\s*(?:[-*\d.)[\]]+\s*)?(?=\{)/.exec(lines[first]!)
  if (begins === null) return null
  let text = lines[first]!.slice(begins[0].length)
  for (let last = first; last < Math.min(lines.length, first + MOST_SPREAD); last++) {
    if (last > first) text += `\n${lines[last]!}`
    const object = objectOf(parseJson(text.replace(/[\s,\]]+$/, "")))
    if (object !== null) return { object, last }
  }
  return null
}

function claimOf({ quote, problem, fix }: JsonObject): Claim | null {
  if (typeof quote !== "string" || typeof problem !== "string") return null
  const said = problem.replace(/[\s\p{Cc}]+/gu, " ").trim()
  if (quote.trim() === "" || quote.length > MOST_QUOTE || said === "") return null
  const isFix = typeof fix === "string" && fix.length <= MOST_FIX
  return { quote, problem: said.slice(0, MOST_PROBLEM), fix: isFix ? fix : null }
}
