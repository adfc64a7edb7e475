import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { createLog } from "../../server/base/log.ts"
import { readRules } from "../../server/workspace/rule-folder.ts"

const folder = mkdtempSync(join(tmpdir(), "pilotlight-rules-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What is said of the rules of a folder, and the messages of those that can be used. */
function checkRules(files: Readonly<Record<string, string>>): { warnings: string[]; messages: string[] } {
  const root = mkdtempSync(join(folder, "case-"))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const warnings: string[] = []
  const log = createLog((_, line) => void warnings.push(line.replace(root, "")), "info")
  const rules = readRules([join(root, "a"), join(root, "b")], { rules: ["base", "own"] }, log)
  return { warnings, messages: rules.map(({ name, message }) => `${name}: ${message}`) }
}

test("a user's rule stands before the program's, and that of a language before that of its base", () => {
  const rule = (message: string): string => `; message: ${message}\n(a) @here\n`
  const { messages, warnings } = checkRules({
    "a/base/rules/x.scm": rule("base"),
    "a/own/rules/x.scm": rule("own"),
    "a/base/rules/y.scm": rule("program's"),
    "b/base/rules/y.scm": rule("user's"),
    "b/own/rules/notes.txt": "no rule",
  })
  expect(messages).toEqual(["x: own", "y: user's"])
  expect(warnings).toEqual([])
})

test("a broken rule is left out with one sentence that names its file", () => {
  const { warnings, messages } = checkRules({
    "a/own/rules/bracket.scm": "; message: m\n((a) @here",
    "a/own/rules/capture.scm": "; message: m\n(a) @there",
    "a/own/rules/fix.scm": '; message: m\n((a) @here (#replace! @here "b"))',
    "a/own/rules/good.scm": '; message: m\n; severity: hint\n((a) @here (#not-eq? @here "b"))',
    "a/own/rules/line.scm": "; message: m\n; color: red\n(a) @here",
    "a/own/rules/name.scm": '; message: m\n((a) @here (#like? @here "b"))',
    "a/own/rules/pattern.scm": '; message: m\n((a) @here (#match? @here "("))',
    "a/own/rules/quote.scm": '; message: m\n((a) @here (#eq? @here "b))',
    "a/own/rules/silent.scm": "(a) @here",
    "a/own/rules/strange.scm": "; message: m\n((a) @here (#eq? @other @here))",
  })
  expect(messages).toEqual(["good: m"])
  expect(warnings.map(line => line.split(/(?<=\.scm)/)[0])).toEqual(
    ["bracket", "capture", "fix", "line", "name", "pattern", "quote", "silent", "strange"].map(
      name => `rule left out: /a/own/rules/${name}.scm`,
    ),
  )
})
