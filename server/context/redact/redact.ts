import { findSecrets } from "./find-secrets.ts"
import { PieceSecrets } from "./piece-secrets.ts"
import { isPlaceholder, Redactions, splitAtPlaceholders } from "./redactions.ts"
import { type SecretSpan, within } from "./secret-span.ts"

/** A secret that was hidden; `start` and `end` are its UTF-16 offsets in the text that was given. */
interface FoundSecret extends SecretSpan {
  readonly placeholder: string
}

/** A text that may leave the machine. */
interface Redacted {
  readonly text: string
  /** What was hidden, in order. */
  readonly found: readonly FoundSecret[]
  /** What `restore` needs. */
  readonly redactions: Redactions
}

/** A whole stretch of lines of a prompt, without its last line break, and where it comes from. */
interface RedactablePiece {
  readonly text: string
  readonly source: string
}

/** How much around a part is read to judge what it cuts through, UTF-16 code units. */
const SURROUNDINGS = 2_000

/**
 * `text` with a placeholder for each secret. `source` says where it comes from: its secrets are restored only into texts
 * that go back there. Texts of one prompt share `redactions`. `edges` are offsets at which pieces were cut out of longer
 * texts: halves of secrets are hidden there too. What is redacted already stays as it is. Never throws; takes time in
 * proportion to the text: 512 KB in some 13 ms.
 */
export function redact(
  text: string,
  source: string,
  redactions: Redactions = new Redactions(),
  edges: readonly number[] = [0, text.length],
): Redacted {
  const spans = findSecrets(redactions.withoutPlaceholders(text), edges)
  return hidden(text, spans, source, redactions)
}

/**
 * The part of `whole` from `start` to `end`, redacted with what stands around it in sight: for a text that is cut within a
 * line, as at a cursor, where neither half of a secret can be told by itself. Offsets of what is found count from `start`.
 */
export function redactPart(
  whole: string,
  start: number,
  end: number,
  source: string,
  redactions: Redactions = new Redactions(),
): Redacted {
  const spans = secretsAround(whole, start, end, redactions)
  return hidden(whole.slice(start, end), spansWithin(spans, start, end), source, redactions)
}

/** The parts of `whole` from `start` up to a cursor and from there up to `end`, as `redactPart` gives each, at the cost of one look. */
export function redactHalves(
  whole: string,
  { start, cursor, end }: { readonly start: number; readonly cursor: number; readonly end: number },
  source: string,
  redactions: Redactions,
): readonly [before: string, after: string] {
  const spans = secretsAround(whole, start, end, redactions)
  const half = (from: number, to: number): string =>
    hidden(whole.slice(from, to), spansWithin(spans, from, to), source, redactions).text
  return [half(start, cursor), half(cursor, end)]
}

/**
 * The texts of pieces that follow each other in a prompt, each in lines of its own: what any of them or all together show is
 * hidden. The same as `redact` of their lines with an edge at either end of each piece, at the cost of one look; with
 * `secrets` that are kept from prompt to prompt, of a look at what changed.
 */
export function redactPieces(
  pieces: readonly RedactablePiece[],
  redactions: Redactions,
  secrets: PieceSecrets = new PieceSecrets(),
): readonly string[] {
  const found = secrets.find(pieces.map(({ text }) => redactions.withoutPlaceholders(text)))
  return pieces.map(({ text, source }, at) => hidden(text, found[at]!, source, redactions).text)
}

/** `text` with the secrets in it that were seen in `source`; placeholders of other files' secrets stay. */
export function restore(text: string, redactions: Redactions, source: string): string {
  return redactions.restore(text, source)
}

/** The secrets from `start` to `end` and a little around; their offsets are of `whole`. */
function secretsAround(
  whole: string,
  start: number,
  end: number,
  redactions: Redactions,
): readonly SecretSpan[] {
  const from = Math.max(0, start - SURROUNDINGS)
  const around = redactions.withoutPlaceholders(whole.slice(from, end + SURROUNDINGS))
  const edges = [from === 0 ? -1 : 0, end + SURROUNDINGS < whole.length ? around.length : -1]
  const spans = findSecrets(
    around,
    edges.filter(edge => edge >= 0),
  )
  return spans.map(span => ({ ...span, start: span.start + from, end: span.end + from }))
}

/** What of spans lies from `start` to `end`, counted from `start`. */
function spansWithin(spans: readonly SecretSpan[], start: number, end: number): readonly SecretSpan[] {
  return spans.map(span => within(span, start, end)).filter(span => span.end > span.start)
}

function hidden(
  text: string,
  spans: readonly SecretSpan[],
  source: string,
  redactions: Redactions,
): Redacted {
  const found: FoundSecret[] = []
  let clean = ""
  let at = 0
  for (const span of spans.flatMap(each => outsidePlaceholders(text, each))) {
    const placeholder = redactions.hide(span.kind, text.slice(span.start, span.end), source)
    clean += text.slice(at, span.start) + placeholder
    at = span.end
    found.push({ ...span, placeholder })
  }
  return { text: clean + text.slice(at), found, redactions }
}

/** What is left of a span besides placeholders and the white space around them. */
function outsidePlaceholders(text: string, { kind, start, end }: SecretSpan): SecretSpan[] {
  const pieces: SecretSpan[] = []
  let at = start
  for (const part of splitAtPlaceholders(text.slice(start, end))) {
    const first = at + part.length - part.trimStart().length
    const length = part.trim().length
    if (length > 0 && !isPlaceholder(part)) pieces.push({ kind, start: first, end: first + length })
    at += part.length
  }
  return pieces
}
