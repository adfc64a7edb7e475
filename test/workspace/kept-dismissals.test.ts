import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { createLog, strictLog } from "../../server/base/log.ts"
import { Dismissals } from "../../server/features/diagnostics/dismissals.ts"
import type { Finding } from "../../server/features/diagnostics/finding.ts"
import { openSnapshot } from "../../server/workspace/document.ts"
import { KeptDismissals } from "../../server/workspace/kept-dismissals.ts"

const folder = mkdtempSync(join(tmpdir(), "pilotlight-dismissed-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function checkDismissed(before: string, after: string, roots = ["/project"]): boolean {
  const place = mkdtempSync(join(folder, "case-"))
  const documentOf = (text: string): ReturnType<typeof openSnapshot> =>
    openSnapshot({
      uri: "file:///project/a.ts",
      path: "/project/a.ts",
      language: "typescript",
      version: 1,
      text,
    })
  const findingIn = (text: string): Finding => {
    const start = text.indexOf("x = x")
    const rest = {
      rule: "self-assignment",
      message: "",
      severity: "warning",
      tags: [],
      fixes: [],
      byModel: false,
    } as const
    return { ...rest, start, end: start + 5 }
  }
  new Dismissals(new KeptDismissals(place, ["/project"], strictLog())).add(
    documentOf(before),
    findingIn(before),
  )
  const later = new Dismissals(new KeptDismissals(place, roots, strictLog()))
  return later.has(documentOf(after), findingIn(after))
}

test("what was dismissed stays so in the next run, wherever its line goes", () => {
  expect(checkDismissed("x = x\n", "x = x\n")).toBe(true)
  expect(checkDismissed("x = x\n", "let x = 1\n{\n  x = x\n}\n")).toBe(true)
})

test("what was dismissed comes back once its line is another, and is of no concern to other projects", () => {
  expect(checkDismissed("x = x\n", "if (y) x = x\n")).toBe(false)
  expect(checkDismissed("x = x\n", "x = x\n", ["/other"])).toBe(false)
})

test("a folder that can't be written to costs one line of the log and forgets nothing before the end", () => {
  const file = join(folder, "file")
  writeFileSync(file, "")
  const lines: string[] = []
  const kept = new KeptDismissals(
    join(file, "below"),
    [],
    createLog((_, line) => void lines.push(line), "info"),
  )
  kept.add("one")
  kept.add("two")
  expect([kept.has("one"), kept.has("two"), kept.has("three")]).toEqual([true, true, false])
  expect(lines.length).toBe(1)
})
