import { rmSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { CompletionList } from "vscode-languageserver/node"
import { FakeEditor } from "./fake-editor.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { runProgram, spawnServer } from "./server-process.ts"

test("a server begins with what an earlier run kept, then finds what changed since", async () => {
  using project = new ProjectFolder(SHOP)
  using cache = new ProjectFolder("")
  const env = { PILOTLIGHT_CACHE: cache.path }
  expect(runProgram(project.path, ["index"], env)).toMatchObject({ code: 0, err: "" })
  rmSync(join(project.path, "src/order.ts"))
  project.write("/src/tax.ts", "export function salesTax(): number {\n  return 1\n}\n")
  const editor = new FakeEditor(spawnServer(project.path, env), { roots: [project.path] })
  await editor.initialize()
  await editor.read<{ message: string }>(
    "window/logMessage",
    ({ message }) => message === "3 files are known from the last time",
  )
  await editor.indexed()
  const text = "cartT\norderT\nsalesT\n"
  const uri = project.uri("/src/new.ts")
  editor.open(uri, text)
  const labels: string[][] = []
  for (const typed of ["cartT", "orderT", "salesT"]) {
    const at = editor.at(uri, text.indexOf(typed) + typed.length)
    const { items } = (await editor.request("textDocument/completion", at)) as CompletionList
    labels.push(items.map(item => item.label).filter(label => /^(cart|order|sales)T\w/.test(label)))
  }
  expect(labels).toEqual([["cartTotal"], [], ["salesTax"]])
  await editor.close()
})
