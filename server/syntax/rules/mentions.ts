import type { SyntaxNode } from "../parser.ts"

const WORD = /[\p{L}\p{N}_$]/u

/**
 * The other leaves in `scope`, up to the offset `before`, with the text of `name`, in order. Strings and comments only hold
 * a name if they are nothing else.
 */
export function mentionsOf(
  name: SyntaxNode,
  scope: SyntaxNode,
  text: string,
  before: number = scope.endIndex,
): readonly SyntaxNode[] {
  const word = text.slice(name.startIndex, name.endIndex)
  const mentions: SyntaxNode[] = []
  if (word === "") return mentions
  for (let at = text.indexOf(word, scope.startIndex); at !== -1; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length
    if (end > before) break
    if (at === name.startIndex || isWithinWord(text, at, end)) continue
    const leaf = scope.descendantForIndex(at, end - 1)
    if (leaf.startIndex === at && leaf.endIndex === end && leaf.isNamed) mentions.push(leaf)
  }
  return mentions
}

function isWithinWord(text: string, start: number, end: number): boolean {
  return WORD.test(text.charAt(start - 1)) || WORD.test(text.charAt(end))
}
