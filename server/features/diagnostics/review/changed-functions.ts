import { createHash } from "node:crypto"
import { changeBetween } from "../../../base/text-change.ts"
import type { SyntaxTree } from "../../../syntax/parser.ts"
import type { DocumentSnapshot } from "../../../workspace/document.ts"
import type { SymbolHit, SymbolIndex } from "../../../workspace/file-facts.ts"
import type { Stretch } from "./place-claim.ts"
import { REVIEW_PROMPT_VERSION } from "./review-prompt.ts"

const CALLABLE: ReadonlySet<SymbolHit["kind"]> = new Set(["function", "method", "constructor"])

/** Names of a function whose declarations count, the first in it; a name with more declarations than this is nobody's. */
const MOST_NAMES = 200
const MOST_DECLARATIONS = 3

/** The outermost functions and methods among the symbols of a document, as whole lines, in order, none twice. */
export function functionsOf(
  { text, lines }: DocumentSnapshot,
  symbols: readonly SymbolHit[],
): readonly Stretch[] {
  const functions: Stretch[] = []
  for (const { kind, start, end } of symbols) {
    // Symbols can be an edit behind; they come in the order in which they begin.
    if (!CALLABLE.has(kind) || end > text.length || start < (functions.at(-1)?.end ?? 0)) continue
    let last = lines.startOf(lines.lineAt(Math.max(start, end - 1)) + 1)
    while (last > end && /[\r\n]/.test(text.charAt(last - 1))) last--
    functions.push({ start: lines.startOf(lines.lineAt(start)), end: last })
  }
  return functions
}

/** Whether there is a syntax error in a function. */
export function isBroken({ start, end }: Stretch, { text }: DocumentSnapshot, tree: SyntaxTree): boolean {
  const indent = /^\s*/.exec(text.slice(start, end))![0].length
  return tree.walk().currentNode.descendantForIndex(start + indent, end - 1).hasError
}

/** Those whose text does not stand in an earlier text of the document: edited or written since, and not merely moved. */
export function changedFunctions(
  functions: readonly Stretch[],
  text: string,
  base: string,
): readonly Stretch[] {
  const change = changeBetween(base, text)
  if (change === null) return []
  const end = change.start + change.text.length
  return functions.filter(
    each => each.start <= end && change.start <= each.end && !base.includes(text.slice(each.start, each.end)),
  )
}

/** A key of a function's text and of the declarations of the names in it: while it stays, so does what was found. */
export function reviewKey(code: string, language: string | null, symbols: Pick<SymbolIndex, "rare">): string {
  const names = [...new Set(code.match(NAMES))].slice(0, MOST_NAMES)
  const uses = names.flatMap(name => {
    const declared = symbols.rare(name, MOST_DECLARATIONS) ?? []
    return declared.map(({ container, signature }) => `${container ?? ""} ${signature}`)
  })
  const content = [`${REVIEW_PROMPT_VERSION} ${language}`, code, ...uses.sort()]
  return createHash("sha256").update(content.join("\0")).digest("base64url")
}

/** Words that may be names, of two units at least. */
const NAMES = /[\p{L}_$][\p{L}\p{N}_$]+/gu
