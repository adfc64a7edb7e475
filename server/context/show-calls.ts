import type { SymbolHit } from "../workspace/file-facts.ts"
import type { ContextPart } from "./context-part.ts"
import { showExcerpt } from "./excerpt.ts"
import type { FileText } from "./file-texts.ts"
import type { Ledger } from "./ledger.ts"
import { isFunction } from "./show-outline.ts"
import type { Survey } from "./survey.ts"
import { isTest, testPair } from "./test-pair.ts"

/** Files looked through for calls. */
const MAX_FILES = 8
const MAX_CALLS_PER_FILE = 2
/** Lines shown around a call, and of a test from where it names something. */
const AROUND = 1
const TEST_LINES = 14
/** Fewer lines of a test than this say nothing. */
const LEAST_TEST_LINES = 3
/** Declarations of one name that are looked at. */
const MAX_RIVALS = 8
const CALL_SCORE = 0.4
const TEST_SCORE = 0.35
/** Names of the document that its test may stand for. */
const MAX_TESTED = 12

/** Where the function at the cursor is called in other files, for at most so many tokens. */
export function showCalls(survey: Survey, ledger: Ledger, most: number): readonly ContextPart[] {
  const called = functionAt(survey)
  if (called === null || most <= 0) return []
  const end = ledger.spent + most
  const parts: ContextPart[] = []
  for (const path of callersOf(survey, called.name)) {
    const file = survey.textOf(path)
    if (file === null) continue
    for (const line of linesCalling(file, called.name)) {
      const place = {
        path,
        startLine: Math.max(0, line - AROUND),
        endLine: Math.min(file.lines.count, line + AROUND + 1),
        leastLines: AROUND + 1,
      }
      const excerpt = { kind: "call-site", ...place, why: `calls ${called.name}`, score: CALL_SCORE } as const
      const part = showExcerpt(excerpt, file, ledger, end - ledger.spent)
      if (part !== null) parts.push(part)
    }
  }
  return parts
}

/** The innermost function around the code that is asked about, else the first one in it; null for none. */
function functionAt(survey: Survey): SymbolHit | null {
  const { symbols } = survey.outlineOf(survey.path)
  const { offset, end } = survey
  const functions = symbols.filter(isFunction)
  const around = functions.findLast(each => each.start <= offset && end <= each.end)
  return around ?? functions.find(each => each.start >= offset && each.start < end) ?? null
}

/** Files that may call something of the document: its importers, then others if nobody else declares the name. */
function callersOf({ view, path }: Survey, name: string): readonly string[] {
  const importers = view.imports.importersOf(path).filter(each => view.index.holds(each, name))
  const declared = view.index.rare(name, MAX_RIVALS)
  const isOwn = declared?.every(each => each.path === path) ?? false
  const others = isOwn && importers.length < MAX_FILES ? view.index.filesWith(name, MAX_FILES + 1) : []
  const files = new Set([...importers, ...others].filter(each => each !== path && !isTest(each)))
  return [...files].slice(0, MAX_FILES)
}

function linesCalling({ text, lines }: FileText, name: string): readonly number[] {
  const found = new Set<number>()
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (found.size === MAX_CALLS_PER_FILE) break
    const isWhole = !NAME_END.test(text.slice(Math.max(0, at - 1), at))
    if (isWhole && CALL.test(text.slice(at + name.length, at + name.length + 2))) found.add(lines.lineAt(at))
  }
  return [...found]
}

const NAME_END = /[\p{ID_Continue}$]$/u
const CALL = /^(\(|\s\(|<)/

/** The test of the document where it names what is at the cursor, for at most so many tokens. */
export function showTest(survey: Survey, ledger: Ledger, most: number): ContextPart | null {
  const { view, path } = survey
  const test = most <= 0 || isTest(path) ? null : testPair(path, each => view.index.has(each))
  const file = test === null ? null : survey.textOf(test)
  if (test === null || file === null) return null
  const at = firstUse(file, testedNames(survey))
  if (at === -1) return null
  const startLine = file.lines.lineAt(at)
  const endLine = Math.min(file.lines.count, startLine + TEST_LINES)
  const place = { path: test, startLine, endLine, leastLines: LEAST_TEST_LINES }
  const excerpt = { kind: "test", ...place, why: "test of this document", score: TEST_SCORE } as const
  return showExcerpt(excerpt, file, ledger, most)
}

/** The function at the cursor, then what the document declares. */
function testedNames(survey: Survey): readonly string[] {
  const here = functionAt(survey)
  const { symbols } = survey.outlineOf(survey.path)
  const declared = symbols.filter(({ exported, container }) => exported && container === null)
  return [...(here === null ? [] : [here]), ...declared.slice(0, MAX_TESTED)].map(({ name }) => name)
}

/** Offset of the last use of the first of the names that stands in a text at all: the first ones are imports. -1 for none. */
function firstUse({ text }: FileText, names: readonly string[]): number {
  for (const name of names) {
    const first = text.indexOf(name)
    if (first === -1) continue
    const second = text.indexOf(name, first + name.length)
    return second === -1 ? first : second
  }
  return -1
}
