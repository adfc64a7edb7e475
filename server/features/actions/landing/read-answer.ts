import { type Block, MAX_ANSWER, type Read } from "./answer.ts"
import { withoutProse } from "./prose.ts"

/** A fence of Markdown: what it is indented by, its marks, and the language behind them. */
const FENCE = /^(\s*)(`{3,}|~{3,})\s*([\w+#.-]*)\s*$/
const SEARCH = /^\s*<{5,9} ?SEARCH\s*$/
const DIVIDER = /^\s*={5,9}\s*$/
const REPLACE = /^\s*>{5,9} ?REPLACE\s*$/
const FILE = /^\s*(?:\*\*|#+ )?FILE:\s*(.+?)\s*$/
/** What surrounds a path in prose and Markdown. */
const AROUND_PATH = /^[`"'*\s]+|[`"'*\s]+$/g

/** The lines of a text without their ends. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}

/** Says what is wrong with an answer before it is read, or null. */
export function unreadable(answer: string): string | null {
  if (answer.trim() === "") return "The model answered nothing; ask again."
  if (answer.length <= MAX_ANSWER) return null
  return `The model answered ${answer.length} characters, more than any edit needs; ask for a smaller change.`
}

/**
 * The codes that a `rewrite` answer may mean: each fenced block, or all but the prose around it if nothing is fenced.
 * An answer that stops within a fence is refused: nobody knows what is missing.
 */
export function readRewrites(
  answer: string,
): Read<{ fenced: boolean; codes: readonly (readonly string[])[] }> {
  const lines = linesOf(answer)
  const codes: string[][] = []
  for (let at = 0; at < lines.length; at++) {
    const open = FENCE.exec(lines[at]!)
    if (open === null) continue
    const end = lines.findIndex((line, index) => index > at && closes(line, open[2]!))
    if (end === -1) return halfAnswer("its code block has no end")
    codes.push(trimmedBlank(withoutIndent(lines.slice(at + 1, end), open[1]!)))
    at = end
  }
  if (codes.length > 0) return { kind: "read", value: { fenced: true, codes: codes.map(withoutHabit) } }
  const code = trimmedBlank(withoutProse(lines))
  if (code.length === 0) return { kind: "refused", reason: "The model answered without code; ask again." }
  return { kind: "read", value: { fenced: false, codes: [withoutHabit(code)] } }
}

/** Lines without the white space at their ends, if most of them end in some: that is how the model writes, and no part of the code. */
function withoutHabit(lines: readonly string[]): readonly string[] {
  const filled = lines.filter(line => line.trim() !== "")
  const trailing = filled.filter(line => line.trimEnd() !== line)
  return trailing.length * 2 > filled.length ? lines.map(line => line.trimEnd()) : lines
}

/** Whether a line ends what a fence opened. */
function closes(line: string, fence: string): boolean {
  const [, , marks, language] = FENCE.exec(line) ?? []
  return marks !== undefined && language === "" && marks.startsWith(fence)
}

/** Lines that a fence within a list indents with it. */
function withoutIndent(lines: readonly string[], indent: string): string[] {
  const all = lines.every(line => line.startsWith(indent) || line.trim() === "")
  return lines.map(line => (all ? line.slice(indent.length) : line))
}

/** The blocks of a `blocks` answer, at least one; what stands between them is prose. */
export function readBlocks(answer: string): Read<readonly Block[]> {
  const blocks: Block[] = []
  let path: string | null = null
  const lines = linesOf(answer)
  for (let at = 0; at < lines.length; at++) {
    path = FILE.exec(lines[at]!)?.[1]?.replace(AROUND_PATH, "") ?? path
    if (!SEARCH.test(lines[at]!)) continue
    const end = lines.findIndex((line, index) => index > at && REPLACE.test(line))
    if (end === -1) return halfAnswer("its last block has no end")
    const block = blockIn(lines.slice(at + 1, end), path)
    if (block === null) return halfAnswer("one of its blocks is not of two parts")
    blocks.push(block)
    at = end
  }
  if (blocks.length > 0) return { kind: "read", value: blocks }
  return { kind: "refused", reason: "The model answered without an edit; ask again, or say it differently." }
}

/** The block between its first and its last mark; null if it does not have exactly two parts. */
function blockIn(lines: readonly string[], path: string | null): Block | null {
  const divider = lines.findIndex(line => DIVIDER.test(line))
  const search = lines.slice(0, Math.max(0, divider))
  const replace = lines.slice(divider + 1)
  if (divider === -1 || replace.some(line => DIVIDER.test(line) || SEARCH.test(line))) return null
  if (search.some(line => SEARCH.test(line))) return null
  while (search.length > 0 && isBlank(search[0]!)) dropEdge(search, replace, 0)
  while (search.length > 0 && isBlank(search.at(-1)!)) dropEdge(search, replace, -1)
  const both = withoutHabit([...search, ...replace])
  return { path, search: both.slice(0, search.length), replace: both.slice(search.length) }
}

/** Drops the blank first (0) or last (-1) line of a search, with the one it becomes. */
function dropEdge(search: string[], replace: string[], edge: 0 | -1): void {
  search.splice(edge, 1)
  const line = replace.at(edge)
  if (line !== undefined && isBlank(line)) replace.splice(edge, 1)
}

function trimmedBlank(lines: readonly string[]): string[] {
  const first = lines.findIndex(line => !isBlank(line))
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(line => !isBlank(line)) + 1)
}

function isBlank(line: string): boolean {
  return line.trim() === ""
}

function halfAnswer(why: string): { kind: "refused"; reason: string } {
  return { kind: "refused", reason: `The model's answer is not whole: ${why}; ask again.` }
}

/** A comment that stands for code: "… rest unchanged". */
const ELISION =
  /^\s*(?:\/\/|#|\/\*|--|<!--|;|\*)?\s*(?:\.{3}|…)?\s*\(?(?:the )?(?:(?:rest|remainder) of|(?:existing|remaining|other|previous|original) (?:code|methods?|functions?|implementation|logic|body|lines?|cases|fields)|(?:code )?(?:unchanged|omitted)|same as before)\b/i
const DOTTED = /^\s*(?:\/\/|#|\/\*|--|<!--|;)\s*(?:\.{3}|…)/

/** The first of `lines` that stands for code left out, without its indentation, unless it is `known`; null if there is none. */
export function elisionIn(lines: readonly string[], known: (line: string) => boolean): string | null {
  const isComment = (line: string): boolean => /^\s*(?:\/\/|#|\/\*|--|<!--|;|\*|\.{3}|…)/.test(line)
  const found = lines.find(
    line => isComment(line) && (ELISION.test(line) || DOTTED.test(line)) && !known(line.trim()),
  )
  return found?.trim() ?? null
}
