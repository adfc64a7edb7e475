import type { TokenEncoding } from "./token-encoding.ts"

/** How many tokens a text is. Special tokens, such as `<|endoftext|>`, count as the text that they are. */
export type TokenCounter = (text: string) => number

/** Distinct words whose tokens are remembered. */
const REMEMBERED = 20_000
/** Longest run of one kind of character that is counted whole, UTF-16 code units: merging takes the square of it. */
const LONGEST_RUN = 256
const LONG_RUNS = new RegExp(
  ["[\\p{L}\\p{M}]", "[^\\s\\p{L}\\p{N}]", "\\s"].map(kind => `${kind}{${LONGEST_RUN},}`).join("|"),
  "gu",
)

/**
 * Counts as the real tokenizer does, but for runs of more than 256 letters, marks or spaces, which are counted in pieces:
 * a megabyte of one letter takes a second. Loads the vocabulary, which takes some 200 ms and 60 MB: never on the main thread.
 */
export async function loadCounter(encoding: TokenEncoding): Promise<TokenCounter> {
  const { countTokens, setMergeCacheSize } =
    encoding === "o200k_base"
      ? await import("gpt-tokenizer/encoding/o200k_base")
      : await import("gpt-tokenizer/encoding/cl100k_base")
  setMergeCacheSize(REMEMBERED)
  const asText = { disallowedSpecial: new Set<string>() }
  return text => {
    let sum = 0
    for (const piece of pieces(text)) sum += countTokens(piece, asText)
    return sum
  }
}

/** A text in pieces of which none has a run longer than `LONGEST_RUN`. */
function* pieces(text: string): Generator<string> {
  let at = 0
  for (const run of text.matchAll(LONG_RUNS)) {
    const last = run.index + run[0].length
    for (let from = run.index; from + LONGEST_RUN < last; from = at) {
      const cut = from + LONGEST_RUN
      // Never between the halves of one character.
      const end = /[\uDC00-\uDFFF]/.test(text.charAt(cut)) ? cut + 1 : cut
      yield text.slice(at, end)
      at = end
    }
  }
  yield text.slice(at)
}
