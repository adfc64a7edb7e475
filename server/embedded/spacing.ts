/** Where no voting place tells: whether white space stands between two tokens, as most code is written. */
export function usuallySpaced(before: string, after: string): boolean {
  if (/^[)\]},;.:]$|^\?\.$|^\+\+$|^--$/.test(after) && after !== "}") return false
  if (/^[([.!~@]$|^\?\.$|^\.\.\.$|\$\{$/.test(before)) return false
  if (/^[([]$/.test(after)) return !/^[\w$\])]+$/.test(before)
  return !after.startsWith("}") || before === "{"
}

/** What one level of indentation is in a text: a tab, or as many blanks as its least indented line has (2 to 8, else 4). */
export function indentUnit(text: string): string {
  const sample = text.slice(0, 20_000)
  if (/^\t/m.test(sample)) return "\t"
  let least = 9
  for (const [, blanks] of sample.matchAll(/^( {2,8})\S/gm)) least = Math.min(least, blanks!.length)
  return " ".repeat(least === 9 ? 4 : least)
}

/** The white space at the start of the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1
  let end = start
  while (end < offset && (text[end] === " " || text[end] === "\t")) end++
  return text.slice(start, end)
}
