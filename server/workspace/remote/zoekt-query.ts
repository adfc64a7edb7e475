/** What is asked of Zoekt. */
export type ZoektQuestion =
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "use"; readonly word: string }
  | { readonly kind: "file"; readonly part: string }

/** The longest name or part of a path that is sent, in UTF-16 code units: a longer one names nothing. */
const MOST_ASKED = 200

/** What may go out: one name or part of a path, on one line. */
export function mayBeAsked(text: string): boolean {
  return text.trim() !== "" && text.length <= MOST_ASKED && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)
}

/** A question in Zoekt's query language; `except` are names of repositories that must not answer. */
export function zoektQuery(question: ZoektQuestion, except: readonly string[]): string {
  const others = except.map(name => `-repo:${quoted(`^${escaped(name)}$`)}`)
  return [...termsOf(question), ...others].join(" ")
}

function termsOf(question: ZoektQuestion): readonly string[] {
  switch (question.kind) {
    case "symbol":
      return [`sym:${quoted(`^${escaped(question.name)}$`)}`, "case:yes"]
    case "use":
      return [`content:${quoted(wholeWord(question.word))}`, "case:yes", "type:filematch"]
    case "file":
      return [`file:${quoted(escaped(question.part))}`, "case:no", "type:filename"]
  }
}

/**
 * Where a word stands by itself in a line, in UTF-16 code units; null if it does nowhere. A letter of any language may
 * be part of a longer name, and a `$` where it is part of this one.
 */
export function placeOfWord(line: string, word: string): number | null {
  const part = `[\\p{ID_Continue}${word.includes("$") ? "$" : ""}]`
  const isPart = new RegExp(part, "u")
  const [first = "", last = ""] = [[...word][0], [...word].at(-1)]
  const before = isPart.test(first) ? `(?<!${part})` : ""
  const after = isPart.test(last) ? `(?!${part})` : ""
  return new RegExp(before + escaped(word) + after, "u").exec(line)?.index ?? null
}

/** Boundaries only where Go's can hold, beside ASCII letters: a line may still hold but a longer word. */
function wholeWord(word: string): string {
  const before = /^\w/.test(word) ? "\\b" : ""
  const after = /\w$/.test(word) ? "\\b" : ""
  return before + escaped(word) + after
}

/** A Go regular expression that matches exactly this text. */
function escaped(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&")
}

/** A value in double quotes, in which a backslash keeps the next character as it is. */
function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, "\\$&")}"`
}
