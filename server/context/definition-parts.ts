import type { ContextPart, PartDetail } from "./context-part.ts"
import type { ShownDefinition } from "./fit-definitions.ts"
import { whyShown } from "./why.ts"

/** One part for each outermost declaration with what is shown of it, in document order. `tokens` are those of the text alone. */
export function definitionParts(shown: readonly ShownDefinition[]): readonly ContextPart[] {
  const groups = new Map<string, ShownDefinition[]>()
  for (const each of shown) {
    const key = `${each.symbol.path}\n${each.group}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [each])
    else group.push(each)
  }
  return Array.from(groups.values(), partOf)
}

function partOf(group: readonly ShownDefinition[]): ContextPart {
  const inOrder = [...group].sort((a, b) => a.startLine - b.startLine)
  const best = group.reduce((one, other) => (valueOfShown(other) > valueOfShown(one) ? other : one))
  const lines = inOrder.flatMap(({ startLine, endLine }) =>
    Array.from({ length: endLine - startLine }, (_, at) => startLine + at),
  )
  return {
    kind: "definition",
    path: best.symbol.path,
    startLine: inOrder[0]!.startLine,
    endLine: lines.at(-1)! + 1,
    lines,
    text: inOrder.map(each => each.text).join("\n"),
    tokens: group.reduce((sum, { tokens }) => sum + tokens, 0),
    why: best.offer === null ? "holds something shown" : whyShown(best.offer.candidate),
    detail: DETAILS.find(detail => group.some(each => each.detail === detail)) ?? "name",
    score: valueOfShown(best),
  }
}

const DETAILS: readonly PartDetail[] = ["body", "signature", "name"]

function valueOfShown({ offer }: ShownDefinition): number {
  return offer === null ? 0 : offer.value
}
