import { createRequire } from "node:module"
import { expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { parseRule } from "../../../server/syntax/rules/rule-file.ts"
import { RuleSet } from "../../../server/syntax/rules/rule-set.ts"
import { languages, parserOf } from "../parsing.ts"

const grammars = createNativeParsers(createRequire(import.meta.url), strictLog())

test("a rule that the grammar does not take is named, and the others find what they did", () => {
  const rule = (name: string, pattern: string): ReturnType<typeof parseRule> =>
    parseRule(name, `; message: x\n${pattern}\n`, name)
  const broken: string[] = []
  const rules = [
    rule("first", "(identifier) @here"),
    rule("broken", "(no_such_node) @here"),
    rule("last", "(number) @here\n(string) @here"),
  ]
  const set = new RuleSet(rules, languages.byName("typescript")!, grammars, ({ name }) => broken.push(name))
  const text = "f(1, 'a')"
  const node = parserOf("typescript").parse(text, null, 1000)!.walk().currentNode
  const matches = set.groups.flatMap(group => group.matches(node, { start: 0, end: text.length }))
  expect(matches.map(match => match.rule.name)).toEqual(["first", "last", "last"])
  expect(broken).toEqual(["broken"])
})
