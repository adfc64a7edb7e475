import { TokenKind } from "../../../server/syntax/tokens.ts"
import type { LinePoint } from "../points/line-point.ts"
import { pickBelow, type Random } from "../random.ts"
import type { Contestant, Guess, Place } from "./contest.ts"
import type { LineRow, QualityRows } from "./quality.ts"
import { typeLine } from "./typing.ts"

/** Where one point is asked: indexes of tokens of its line. */
interface Cursors {
  readonly tokens: readonly number[]
  /** A token inside the line. */
  readonly mid: number
  /** A name of at least four units and how many of them are typed (1 to 3), or null where there is none. */
  readonly word: { readonly token: number; readonly typed: number } | null
}

/** Least product of probabilities of what the simulated user is shown. */
const TYPING_THRESHOLD = 0.7

const MIN_NAME = 4
const MAX_TYPED = 3
const MIN_TRUTH = 3

/** Draws where a point is asked; the same stream of numbers gives the same cursors. */
export function drawCursors(point: LinePoint, random: Random): Cursors {
  const count = point.starts.length
  const tokens: number[] = []
  for (let at = 0; at < count; at += Math.max(1, Math.floor(count / 4))) tokens.push(at)
  const mid = 1 + pickBelow(random, count - 1)
  const names = point.kinds.flatMap((kind, at) =>
    kind === TokenKind.identifier && point.ends[at]! - point.starts[at]! >= MIN_NAME ? [at] : [],
  )
  const token = names.length > 0 ? names[pickBelow(random, names.length)]! : null
  const typed = 1 + pickBelow(random, MAX_TYPED)
  return { tokens, mid, word: token === null ? null : { token, typed } }
}

/** Asks one contestant everything about one point and adds what came out to `rows`. */
export function measurePoint(
  contestant: Contestant,
  point: LinePoint,
  cursors: Cursors,
  rows: QualityRows,
): void {
  const place = (token: number, typed = 0): Place => ({ point, offset: point.starts[token]! + typed })
  for (const token of cursors.tokens) {
    const wanted = point.text.slice(point.starts[token], point.ends[token])
    rows.tokenRanks.push(rankOf(wanted, contestant.next(place(token))))
  }
  pushLine(rows.lineStarts, contestant, place(0))
  pushLine(rows.midLines, contestant, place(cursors.mid))
  if (cursors.word) {
    const { token, typed } = cursors.word
    const words = contestant.words(place(token, typed), typed, 5)
    rows.words.push({ rank: words.indexOf(point.text.slice(point.starts[token], point.ends[token])) + 1 })
  }
  rows.typing.push(typeLine(contestant, point, TYPING_THRESHOLD))
}

function pushLine(rows: LineRow[], contestant: Contestant, place: Place): void {
  const wanted = place.point.text.slice(place.offset, place.point.ends.at(-1))
  if (wanted.length < MIN_TRUTH) return
  const { text, confidence, closed } = contestant.line(place)
  rows.push({ exact: closed && text === wanted, confidence })
}

/** One more than how many candidates are strictly likelier than the wanted one; 0 if it is not among them. */
export function rankOf(wanted: string, guesses: readonly Guess[]): number {
  const found = guesses.find(guess => guess.text === wanted)
  if (!found) return 0
  return 1 + guesses.filter(guess => guess.probability > found.probability).length
}
