import { PACK_KIND } from "../syntax/token-pack.ts"
import { TokenKind } from "../syntax/tokens.ts"
import type { CursorContext } from "./cursor-context.ts"
import { type CursorPlace, completedStrings, cursorAt } from "./cursor-place.ts"
import { confidentPart, type DecodedLine, type DecodePlan, decodeLine } from "./decode.ts"
import { isWord, type OpenDocument } from "./open-document.ts"
import type { Candidate } from "./prediction.ts"
import { indentAt, indentUnit } from "./spacing.ts"
import type { EmbeddedAnswer, EmbeddedQuery, EmbeddedSuggestion } from "./suggestion.ts"
import type { RankedWord } from "./word-ranking.ts"
import { expectedWords, listWords } from "./words.ts"

/** Further lines are added only while all that was decoded is at least this likely. */
const SURE = 0.8
/** Fewer visible units than this are not worth a suggestion. */
const LEAST_VISIBLE = 2

/** What an answer is made with. */
interface AnswerParts {
  readonly predictorAt: (place: CursorPlace) => (context: CursorContext) => readonly Candidate[]
  /** Words that begin as typed, best first; to be asked right after predicting at the same place. */
  readonly rank: (place: CursorPlace, typed: string, voted: readonly Candidate[]) => readonly RankedWord[]
  readonly late: () => boolean
}

/** The line and the words for one cursor. */
export function composeAnswer(
  query: EmbeddedQuery,
  document: OpenDocument,
  parts: AnswerParts,
): EmbeddedAnswer {
  const spot = spotOf(document, query.offset)
  const place = cursorAt(document, query.offset, spot.typed)
  const predict = parts.predictorAt(place)
  const candidates = predict(place.context)
  const offer =
    spot.inside === "code" ? offerInCode : spot.inside === "string" ? offerInString : offerInComment
  const { words, first } = offer(query, document, parts, place, candidates)
  if (query.maxLines === 0 || spot.midWord || first === undefined) return { line: null, words }
  return {
    line: suggest(query, document, place, planFor(query, document, place, parts, predict, first)),
    words,
  }
}

/** Words for the list, and the token that a line would begin with. */
interface Offer {
  readonly words: EmbeddedAnswer["words"]
  readonly first: Candidate | undefined
}

function offerInCode(
  query: EmbeddedQuery,
  document: OpenDocument,
  parts: AnswerParts,
  place: CursorPlace,
  candidates: readonly Candidate[],
): Offer {
  if (place.typed === "") {
    return { words: expectedWords(candidates, query.maxWords, document), first: candidates[0] }
  }
  const ranked = parts.rank(place, place.typed, candidates)
  return { words: listWords(ranked, place.typed, query.maxWords, document), first: ranked[0] }
}

/** Its rest too, if a whole string is voted for. */
function offerInString(
  query: EmbeddedQuery,
  document: OpenDocument,
  parts: AnswerParts,
  place: CursorPlace,
  candidates: readonly Candidate[],
): Offer {
  const { words } = offerInComment(query, document, parts, place)
  return { words, first: completedStrings(candidates, document, place.typed)[0] }
}

function offerInComment(
  query: EmbeddedQuery,
  document: OpenDocument,
  parts: AnswerParts,
  place: CursorPlace,
): Offer {
  const typed = place.typed.slice(place.typed.length - wordBefore(document.placed.text, query.offset))
  const words = typed === "" ? [] : listWords(parts.rank(place, typed, []), typed, query.maxWords, document)
  return { words, first: undefined }
}

function planFor(
  query: EmbeddedQuery,
  document: OpenDocument,
  place: CursorPlace,
  parts: AnswerParts,
  predict: (context: CursorContext) => readonly Candidate[],
  first: Candidate,
): DecodePlan {
  return {
    predict,
    textOf: id => document.textOf(id),
    first,
    apart: place.typed !== "" || place.apart,
    standing: place.standing,
    floor: query.threshold,
    late: parts.late,
  }
}

/** What the cursor touches. */
interface Spot {
  /** Units before the cursor that begin the token being typed. */
  readonly typed: number
  readonly inside: "code" | "string" | "comment"
  /** Whether the token being typed goes on behind the cursor. */
  readonly midWord: boolean
}

function spotOf(document: OpenDocument, offset: number): Spot {
  const { packed, starts, ends, text } = document.placed
  const at = document.tokenAfter(offset - 1)
  if (at < packed.length && starts[at]! < offset) {
    const end = ends[at]!
    const typed = offset - starts[at]!
    if (isWord(packed[at]!)) return { typed, inside: "code", midWord: end > offset }
    const isString = (packed[at]! & PACK_KIND) === TokenKind.string
    if (isString && (end > offset || !isClosed(text, starts[at]!, end))) {
      return { typed, inside: "string", midWord: end > offset && !closes(text, offset, end) }
    }
    return { typed: 0, inside: "code", midWord: false }
  }
  const before = at === 0 ? 0 : ends[at - 1]!
  const inComment = before < offset && /\S/.test(text.slice(Math.max(before, offset - 2000), offset))
  if (inComment) return { typed: wordBefore(text, offset), inside: "comment", midWord: false }
  return { typed: 0, inside: "code", midWord: false }
}

function isClosed(text: string, start: number, end: number): boolean {
  return end > start + 1 && text[end - 1] === text[start]
}

/** Whether only a closing quote stands between the cursor and the string's end. */
function closes(text: string, offset: number, end: number): boolean {
  return end === offset + 1 && /["'`]/.test(text[offset]!)
}

function wordBefore(text: string, offset: number): number {
  return /[\p{L}\p{N}_$]*$/u.exec(text.slice(Math.max(0, offset - 100), offset))![0].length
}

function suggest(
  query: EmbeddedQuery,
  document: OpenDocument,
  place: CursorPlace,
  plan: DecodePlan,
): EmbeddedSuggestion | null {
  const { text } = document.placed
  const line = decodeLine(place.context, plan)
  const part = confidentPart(line, query.threshold)
  const standingQuote = /^["'`]/.test(place.typed) && part.text.endsWith(text[query.offset] ?? "\n")
  const own = part.text.slice(place.typed.length, standingQuote ? -1 : undefined)
  if (own.replace(/\s/g, "").length < LEAST_VISIBLE) return null
  if (part.whole && own.trim() === nextVisibleLine(text, query.offset)) return null
  const further =
    part.whole && place.standing.length === 0 ? furtherLines(query, place, plan, line, part.confidence) : null
  return { text: own + (further?.text ?? ""), confidence: further?.confidence ?? part.confidence }
}

/** The next line with anything on it, trimmed; null at the end of the text. */
function nextVisibleLine(text: string, offset: number): string | null {
  const match = /[\r\n]\s*(\S[^\r\n]*)/.exec(text.slice(offset, offset + 2000))
  return match === null ? null : match[1]!.trim()
}

function furtherLines(
  query: EmbeddedQuery,
  place: CursorPlace,
  plan: DecodePlan,
  line: DecodedLine,
  sure: number,
): EmbeddedSuggestion | null {
  let confidence = sure
  let text = ""
  let above = line.text
  let open = 0
  let best: EmbeddedSuggestion | null = null
  const whole = query.document.text
  const eol = whole.includes("\r\n") ? "\r\n" : "\n"
  let indent = indentAt(whole, query.offset)
  for (let lines = 1; lines < query.maxLines && confidence >= SURE && !plan.late(); lines++) {
    const lineBreak = plan.predict(place.context)[0]
    if (lineBreak === undefined || (lineBreak.token & PACK_KIND) !== TokenKind.lineBreak) break
    if (confidence * lineBreak.probability < SURE) break
    place.context.push(lineBreak.token)
    const next = decodeLine(place.context, { ...plan, first: null, apart: true, floor: SURE })
    const own = next.probabilities.reduce(
      (product, probability) => product * probability,
      lineBreak.probability,
    )
    if (!next.closed || next.text === "" || confidence * own < SURE) break
    indent = indentBetween(above, next.text, indent, whole)
    if (next.text === nextVisibleLine(whole, query.offset)) break
    confidence *= own
    text += eol + indent + next.text
    above = next.text
    open += bracketsLeftOpen(next.text)
    // Whoever accepts a bracket opened in a further line would have to go into it first.
    if (open <= 0) best = { text, confidence }
  }
  return best
}

/** How many more brackets a line opens than it closes; those in strings count too, which is rare and harmless. */
function bracketsLeftOpen(line: string): number {
  return (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0)
}

function indentBetween(above: string, below: string, indent: string, text: string): string {
  const opens = /[([{:]$/.test(above.trimEnd())
  const closes = /^[)\]}]/.test(below)
  if (opens && !closes) return indent + indentUnit(text)
  if (closes && !opens) return indent.slice(0, Math.max(0, indent.length - indentUnit(text).length))
  return indent
}
