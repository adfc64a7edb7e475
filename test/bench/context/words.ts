const WORD = /[A-Za-z_$][\w$]*/g

/** Words of the language that say nothing of what a text is about. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `const let var function return if else for while import from export default class interface type extends implements
   new this true false null undefined await async of in as string number boolean void any never unknown private public
   static readonly`.split(/\s+/),
)

/** The identifiers of a text as they stand, stop words left out. */
export function wordsIn(text: string): string[] {
  return (text.match(WORD) ?? []).filter(word => !STOP_WORDS.has(word))
}

/** Whether `word` stands in `text` with no letter, digit, `_` or `$` beside it. */
export function holdsWord(text: string, word: string): boolean {
  const escaped = word.replaceAll("$", "\\$")
  return new RegExp(`(^|[^\\w$])${escaped}(?![\\w$])`).test(text)
}
