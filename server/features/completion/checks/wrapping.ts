/** What a model may say around code, and what became of one line of it. */
type Unwrapped =
  | { readonly kind: "code"; readonly text: string }
  /** Not part of the code. */
  | { readonly kind: "skipped" }
  /** The code ended before this line, or within it after `text`. */
  | { readonly kind: "ended"; readonly text: string; readonly by: "fence" | "prose" | "marker" }

const FENCE = /^\s*(?:```|~~~)[\w+#.-]*\s*$/
/** Tokens that belong to a model or to our prompt, never to code. */
const MARKER =
  /<\|[\w▁]{2,30}\|>|<｜[^｜\n]{2,30}｜>|<\/?(?:other_code|code_after|code_before|line_start|cursor_here)>|<fim_\w{2,12}>|<file_sep>|<EOT>|\[\/?INST\]|<\/s>$/
const PROSE =
  /^\s*(?:here(?:'s|’s| is| are)\b|sure\b[,.!:]|certainly\b[,.!:]|of course\b[,.!:]|okay\b[,.!:]|absolutely\b[,.!:]|i(?:'ve|'ll|'m| have| will| can(?:'t|not)?|’ll|’ve)\s|the (?:completed|completion|following|missing|code|rest)\b|this (?:code|completes|completion|function|will)\b|note(?: that|:)|explanation\b|as an ai\b|sorry\b|unfortunately\b|you can\b|let me\b|to complete\b)/i
const SENTENCE = /[.:!]\s*$/
/** Languages in which sentences are what a user writes, besides plain text. */
const PROSE_LANGUAGES: ReadonlySet<string> = new Set(["markdown", "html", "vue"])

/**
 * Takes off what a model wraps around code, line by line: fences, sentences before and after, markers of its own or of the
 * prompt. A line that begins as `typed` does is code, whatever it says.
 */
export class Unwrapper {
  readonly #typed: string
  readonly #hasSentences: boolean
  readonly #hasFences: boolean
  #isFenced = false
  #hasBegun = false

  /** `language` is a manifest's name, null for plain text; `typed` the line before the cursor. */
  constructor(language: string | null, typed: string) {
    this.#typed = typed.trim()
    this.#hasSentences = language === null || PROSE_LANGUAGES.has(language)
    this.#hasFences = language === "markdown"
  }

  /** What the next line is; it has no line break. */
  next(line: string): Unwrapped {
    const marker = MARKER.exec(line)
    if (marker !== null) return this.#cutAt(line, marker)
    if (!this.#hasFences && FENCE.test(line)) return this.#fence()
    if (line.trim() === "") return this.#hasBegun ? { kind: "code", text: line } : { kind: "skipped" }
    const isTyped = this.#typed !== "" && line.trimStart().startsWith(this.#typed)
    if (!this.#hasSentences && !isTyped && PROSE.test(line) && SENTENCE.test(line)) {
      return this.#hasBegun ? { kind: "ended", text: "", by: "prose" } : { kind: "skipped" }
    }
    this.#hasBegun = true
    return { kind: "code", text: line }
  }

  /** An opening fence before the code is skipped; any other one ends it. */
  #fence(): Unwrapped {
    if (this.#hasBegun || this.#isFenced) return { kind: "ended", text: "", by: "fence" }
    this.#isFenced = true
    return { kind: "skipped" }
  }

  /** A marker before the code is taken away; a later one ends it. */
  #cutAt(line: string, marker: RegExpExecArray): Unwrapped {
    const before = line.slice(0, marker.index)
    const after = line.slice(marker.index + marker[0].length)
    if (!this.#hasBegun && before.trim() === "") {
      return after.trim() === "" ? { kind: "skipped" } : this.next(after)
    }
    return { kind: "ended", text: before, by: "marker" }
  }
}

/** The code in a whole text that goes on from `typed`, the line before the cursor; null if there is none. */
export function unwrapped(text: string, language: string | null, typed: string): string | null {
  const unwrapper = new Unwrapper(language, typed)
  const [first = "", ...more] = text.split("\n")
  const code: string[] = []
  // With what is typed a first line tells better what it is.
  const isInLine = typed.trim() !== ""
  for (const line of [isInLine ? typed + first : first, ...more]) {
    const next = unwrapper.next(line)
    if (next.kind === "skipped" && line.trim() !== "") continue
    code.push(next.kind === "skipped" ? line : next.text)
    if (next.kind === "ended") break
  }
  const whole = code.join("\n").slice(isInLine ? typed.length : 0)
  return whole.trim() === "" ? null : whole.trimEnd()
}
