import { createRequire } from "node:module"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import type { RuleFinding } from "../../../server/syntax/rules/rule-match.ts"
import { RuleBook } from "../../../server/workspace/rule-book.ts"
import { languages, parserOf } from "../../syntax/parsing.ts"
import { type Example, type RuleCorpus, readCorpora } from "./rule-corpus.ts"

const REPOSITORY = join(import.meta.dirname, "../../..")
const complaints: string[] = []
const log = { ...strictLog(), once: (_: string, line: string) => void complaints.push(line) }
const book = new RuleBook(
  [join(REPOSITORY, "grammars")],
  createNativeParsers(createRequire(import.meta.url), strictLog()),
  log,
)
const corpora = readCorpora(REPOSITORY)

/** What the rules of a language find in a text, and whether it can be parsed. */
function run(language: string, text: string): { findings: readonly RuleFinding[]; isBroken: boolean } {
  const tree = parserOf(language).parse(text, null, 1000)
  const rules = book.forDocument(languages.byName(language)!)
  return { findings: rules.run(tree!, text, () => false)!, isBroken: tree!.hasErrors }
}

function fixedBy(text: string, finding: RuleFinding): string | null {
  if (finding.rewrite === null) return null
  return finding.rewrite.edits.reduceRight(
    (after, { start, end, text: piece }) => after.slice(0, start) + piece + after.slice(end),
    text,
  )
}

function checkExample(language: string, { rule }: RuleCorpus, example: Example): void {
  const { findings, isBroken } = run(language, example.code)
  expect(isBroken, `does not parse: ${example.code}`).toBe(false)
  const own = findings.filter(finding => finding.rule === rule)
  expect(own.length, example.code).toBe(example.isFound ? 1 : 0)
  const fixed = own[0] === undefined ? null : fixedBy(example.code, own[0])
  if (example.fixed !== null) expect(fixed).toBe(example.fixed)
  if (fixed === null) return
  const after = run(language, fixed)
  expect(after.isBroken, `breaks: ${fixed}`).toBe(false)
  expect(after.findings.filter(finding => finding.rule === rule).length, fixed).toBe(0)
}

describe.each(corpora.map(corpus => [`${corpus.language}/${corpus.rule}`, corpus] as const))(
  "%s",
  (_, corpus) => {
    const also = corpus.language === "javascript" ? ["javascript", "typescript", "tsx"] : [corpus.language]

    test("has at least five examples of each kind", () => {
      expect(corpus.examples.filter(example => example.isFound).length).toBeGreaterThanOrEqual(5)
      expect(corpus.examples.filter(example => !example.isFound).length).toBeGreaterThanOrEqual(5)
    })

    test.each(also)("judges every example right, as %s", language => {
      for (const example of corpus.examples) checkExample(language, corpus, example)
    })
  },
)

test("no rule of the repository is broken", () => {
  for (const language of ["javascript", "typescript", "tsx", "python", "go", "rust"]) {
    const set = book.forLanguage(languages.byName(language)!)
    const tree = parserOf(language).parse("", null, 1000)!
    for (const group of set.groups) group.matches(tree.walk().currentNode, { start: 0, end: 1 })
  }
  expect(complaints).toEqual([])
})
