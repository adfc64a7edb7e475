import { Memo } from "../base/memo.ts"
import type { ContextPart, PartDetail } from "./context-part.ts"
import type { ShownDefinition } from "./fit-definitions.ts"
import { whyShown } from "./why.ts"

/** One part for each outermost declaration with what is shown of it, in document order. `tokens` are those of the text alone. */
export function definitionParts(shown: readonly ShownDefinition[]): readonly ContextPart[] {
  const inFiles = new Memo<string, Memo<number, ShownDefinition[]>>()
  const groups: ShownDefinition[][] = []
  const begun = (): ShownDefinition[] => {
    const group: ShownDefinition[] = []
    groups.push(group)
    return group
  }
  for (const each of shown) {
    const inFile = inFiles.of(each.symbol.path, () => new Memo())
    inFile.of(each.group, begun).push(each)
  }
  return groups.map(partOf)
}

function partOf(group: readonly ShownDefinition[]): ContextPart {
  const inOrder = group.length === 1 ? group : group.toSorted((a, b) => a.startLine - b.startLine)
  const best = group.reduce((one, other) => (valueOfShown(other) > valueOfShown(one) ? other : one))
  const lines: number[] = []
  for (const { startLine, endLine } of inOrder)
    for (let line = startLine; line < endLine; line++) lines.push(line)
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
