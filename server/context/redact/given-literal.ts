/** The inside of a literal, without its quotes; UTF-16 offsets. */
interface Literal {
  readonly start: number
  readonly end: number
}

/** How far after a name its value may begin, how long it may be (UTF-16 code units), and how many words may stand between. */
const MOST_BETWEEN = 120
const LONGEST = 256
const MOST_WORDS = 5

const QUOTE = /["'`]/
/** What stands between a name and its value: types, operators, calls, a literal's own marks. */
const SIGN = /[\s:=,({>|?!+&*[\]~.@$#-]/
const WORD = /[\w.:$]{1,80}/y

/**
 * The first literal after a name that ends at `nameEnd`, where only what gives it that literal stands between: as in
 * `name: string = "…"`, `"name": "…"`, `name => '…'`, `define('name', '…')`, `name() ?? new Secret("…")`, `<name value="…">`.
 * Null if there is none. Reads no more than a fixed length.
 */
export function givenLiteral(text: string, nameEnd: number): Literal | null {
  const most = Math.min(text.length, nameEnd + MOST_BETWEEN)
  let words = 0
  let breaks = 0
  for (let at = skipClosing(text, nameEnd); at < most; ) {
    const unit = text[at]!
    if (QUOTE.test(unit)) return literalAt(text, at)
    if (unit === "\n" && ++breaks > 1) return null
    if (SIGN.test(unit)) at++
    else if (++words > MOST_WORDS) return null
    else {
      const word = new RegExp(WORD)
      word.lastIndex = at
      if (!word.test(text)) return null
      at = word.lastIndex
    }
  }
  return null
}

/** Past what closes the name itself: a quote, brackets. */
function skipClosing(text: string, nameEnd: number): number {
  let at = nameEnd
  while (at < nameEnd + 3 && /["'`\])}-]/.test(text[at] ?? "")) at++
  return at
}

function literalAt(text: string, opening: number): Literal | null {
  const quote = text[opening]!
  const isTriple = text.startsWith(quote.repeat(3), opening)
  const start = opening + (isTriple ? 3 : 1)
  let end = start
  while (end < text.length && end < start + LONGEST && text[end] !== quote && text[end] !== "\n") {
    end += text[end] === "\\" ? 2 : 1
  }
  return end > start ? { start, end: Math.min(end, text.length) } : null
}
