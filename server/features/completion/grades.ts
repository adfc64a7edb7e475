import type { Surface } from "./gates.ts"
import type { Grade, Suggestion } from "./suggestion.ts"

/** A suggestion before it has a name. */
type Draft = Omit<Suggestion, "id" | "grade">

/** A name or number with what stands before it, or else the marks that come next. */
const WORD = /^\s*(?:[^\s\p{L}\p{N}_]*[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]+)/u

/**
 * The suggestion whole, and as alternatives its first line and, in a list, its first word, where these are less.
 * What replaces text right of the cursor is given whole only.
 */
export function graded(draft: Draft, surface: Surface): readonly (Draft & { readonly grade: Grade })[] {
  const grades: (Draft & { grade: Grade })[] = [{ ...draft, grade: "whole" }]
  if (draft.replaceAfter > 0) return grades
  const add = (text: string, grade: Grade): void => {
    if (text.trim() !== "" && grades.every(each => each.text !== text)) grades.push({ ...draft, text, grade })
  }
  add(lineOf(draft.text), "line")
  if (surface === "list") add(WORD.exec(draft.text)?.[0] ?? "", "word")
  return grades
}

/** The first line; of a suggestion that begins with a line break, the break and the line after it. */
function lineOf(text: string): string {
  const end = text.indexOf("\n", text.length - text.trimStart().length)
  return end < 0 ? text : text.slice(0, end)
}
