import type { TextChange } from "../../../base/text-change.ts"
import type { Span } from "../../../syntax/parser.ts"
import type { Lexicon } from "../../../syntax/tokens.ts"
import { standsIn, usedNames } from "../../completion/checks/names.ts"
import type { ChangedCode } from "./code-text.ts"
import { statementsAround } from "./outline.ts"

/**
 * Names that the changed code calls where it was changed, and that nothing declares: not that code, not the rest of the file,
 * and `exists` does not know them. They are told rather than refused: no index knows all that a language and its
 * surroundings offer without being asked, and an edit that is right must not be lost.
 */
export function unknownCalls(
  { code, spanAfter }: Pick<ChangedCode, "code" | "spanAfter">,
  changes: readonly TextChange[],
  lexicon: Lexicon,
  exists: (name: string) => boolean,
): readonly string[] {
  const { start, end } = code.tree
    ? statementsAround(code.tree, spanAfter)
    : { start: 0, end: code.text.length }
  const around = [code.text.slice(0, start), code.text.slice(end)]
  const spans = spansAfter(changes).map(span => ({ start: span.start - start, end: span.end - start }))
  const unknown = new Set<string>()
  const known = new Set<string>()
  for (const { name, end: to, isCalled } of usedNames(code.text.slice(start, end), lexicon)) {
    if (!spans.some(span => to > span.start && to <= span.end)) known.add(name)
    else if (isCalled && !exists(name) && !around.some(part => standsIn(part, name, -1))) unknown.add(name)
  }
  return [...unknown].filter(name => !known.has(name))
}

/** Where the new texts stand after the changes. */
function spansAfter(changes: readonly TextChange[]): readonly Span[] {
  let longer = 0
  return changes.map(({ start, end, text }) => {
    const from = start + longer
    longer += text.length - (end - start)
    return { start: from, end: from + text.length }
  })
}
