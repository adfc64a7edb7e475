import type { ContextPart } from "../../../server/context/context-part.ts"
import type { ShownLine } from "./contestant.ts"

/** Longest stretch of a declaration that a line must show to count for it, characters without spaces. */
const COMPARED = 40

/** What stands before a declaration without being part of what it is. */
const MODIFIERS = /^(\s*(export|default|declare|abstract|async|public|readonly|static)\b)+/

/**
 * The lines of a part's text, each with the lines of the file that it shows. A line counts as shown only if the part says so
 * and its code is really there: whole, or, of a declaration told in one line, from the keyword on.
 */
export function shownLines({ text, lines }: ContextPart, source: readonly string[]): ShownLine[] {
  const told = text.split("\n").map(line => ({ text: line, code: squeezed(line), shows: [] as number[] }))
  let from = 0
  for (const line of lines) {
    const code = codeOf(source[line] ?? "")
    const at = told.findIndex(
      (each, index) => index >= from && (code === "" ? each.code === "" : each.code.includes(code)),
    )
    if (at === -1) continue
    told[at]!.shows.push(line)
    from = at
  }
  return told.map(({ text: line, shows }) => ({ text: line, shows }))
}

function codeOf(line: string): string {
  return squeezed(line.replace(MODIFIERS, ""))
    .replace(/[{(,;]+$/, "")
    .slice(0, COMPARED)
}

function squeezed(line: string): string {
  return line.replace(/\s+/g, "")
}
