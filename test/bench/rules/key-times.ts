import { applyChange, type TextChange } from "../../../server/base/text-change.ts"
import { DocumentTree } from "../../../server/syntax/document-tree.ts"
import type { Parser } from "../../../server/syntax/parser.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { mulberry32 } from "../random.ts"
import type { RuleReader } from "./rules.ts"

/** Lines of the document that is typed in. */
const LINES = 5000
const KEYS = 600
const PARSE_MS = 10_000
const TYPED = "abcdefghij .;({"

/** What one key each costs, in ms. */
interface KeyTimes {
  /** Parsing and rules together. */
  readonly ms: readonly number[]
  /** The same in time of the processor, which other work on the machine bears less on. */
  readonly cpuMs: readonly number[]
  /** Parsing alone. */
  readonly parseMs: readonly number[]
  /** Lines of the document. */
  readonly lines: number
}

/** What keys anywhere in a long document cost; it is made of whole files of the corpus. */
export function keyTimes(files: readonly SourceFile[], reader: RuleReader): KeyTimes {
  let text = longText(files, isSound(reader.parser("typescript")))
  const parseMs: number[] = []
  const tree = new DocumentTree(reader.parser("typescript"), reader.parser("typescript"), text)
  const rules = reader.documentRules("typescript")
  const look = (): void => {
    const start = performance.now()
    const now = tree.current(PARSE_MS)
    parseMs.push(performance.now() - start)
    if (now !== null) rules.run(now, text, () => false)
  }
  look()
  parseMs.length = 0
  const random = mulberry32(1)
  const ms: number[] = []
  const cpuMs: number[] = []
  for (let key = 0; key < KEYS; key++) {
    const at = Math.floor(random() * text.length)
    const typed: TextChange = { start: at, end: at, text: TYPED.charAt(key % TYPED.length) }
    for (const change of [typed, { start: at, end: at + 1, text: "" }]) {
      text = applyChange(text, change)
      const start = performance.now()
      const before = process.cpuUsage()
      tree.edit(change, text)
      look()
      ms.push(performance.now() - start)
      const { user, system } = process.cpuUsage(before)
      cpuMs.push((user + system) / 1000)
    }
  }
  return { ms, cpuMs, parseMs, lines: text.split("\n").length }
}

/** Tells a text without a syntax error, as the grammar sees it. */
function isSound(parser: Parser): (text: string) => boolean {
  return text => {
    const tree = parser.parse(text, null, PARSE_MS)
    const isRight = tree !== null && !tree.hasErrors
    tree?.release()
    return isRight
  }
}

function longText(files: readonly SourceFile[], isRight: (text: string) => boolean): string {
  const parts: string[] = []
  let lines = 0
  for (const { text } of files) {
    const more = text.split("\n").length
    // Only whole files without an error, so that the document has none.
    if (lines + more > LINES || !isRight(text)) continue
    parts.push(text)
    lines += more
  }
  return parts.join("\n")
}
