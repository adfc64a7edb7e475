import { expect, test } from "vitest"
import type { InlineCompletionList } from "vscode-languageserver/node"
import { FakeEditor } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"

/** The cursor's line after accepting ghost text while the editor's list has `item` selected for what is from `start` on. */
async function checkSelected(
  line: string,
  start: number,
  item: unknown,
  expected: readonly string[],
): Promise<void> {
  using project = new ProjectFolder(SHOP)
  const server = serveInProcess(project.path)
  const editor = new FakeEditor(server, {
    roots: [project.path],
    clientInfo: { name: "Visual Studio Code" },
  })
  await editor.initialize()
  await editor.indexed()
  const uri = project.uri("/src/gift.ts")
  const head =
    'import { formatPrice } from "./price"\nexport function giftTotal(items: readonly Item[]): string {\n'
  const offset = head.length + line.indexOf("<|>")
  editor.open(uri, `${head}${line.replace("<|>", "")}\n  return formatPrice(total)\n}\n`)
  const { textDocument, position } = editor.at(uri, offset)
  const range = { start: { ...position, character: start }, end: position }
  const context = { triggerKind: 2, selectedCompletionInfo: { range, text: item } }
  const answer = await editor.request("textDocument/inlineCompletion", { textDocument, position, context })
  const { items } = answer as InlineCompletionList
  const lines = items.map(
    ({ range, insertText }) => editor.applied(uri, range!, String(insertText)).split("\n")[2],
  )
  expect(lines).toEqual(expected)
  await editor.close()
}

test("ghost text goes on from the item that is selected in the editor's list", async () => {
  const whole = "  const total = items.reduce((sum, item) => sum + item.price, 0)"
  await checkSelected("  const total = items.<|>", 22, "reduce", [whole])
  await checkSelected("  const total = items.re<|>", 22, "reduce", [whole])
  await checkSelected("  const total = it<|>", 16, "items", [whole])
})

test("what is no item around the cursor is not heard", async () => {
  const whole = "  const total = items.reduce((sum, item) => sum + item.price, 0)"
  await checkSelected("  const total = items.<|>", 22, 7, [whole])
  await checkSelected("  const total = items.<|>", 22, "two\nlines", [whole])
  await checkSelected("  const total = items.<|>", 40, "reduce", [whole])
})
