import { existsSync, readFileSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { FakeEditor } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"

/** An editor that opens documents for a server, or says that it could not. */
async function startIn(project: ProjectFolder, pages: string | null, opens: boolean): Promise<FakeEditor> {
  const editor = new FakeEditor(serveInProcess(project.path, "/nonexistent", {}, pages), {
    roots: [project.path],
    capabilities: { window: { showDocument: { support: true } } },
    answers: { "window/showDocument": { success: opens } },
  })
  await editor.initialize()
  return editor
}

/** The path of the page that is shown when somebody asks why, after one completion in a file. */
async function pageOf(editor: FakeEditor, uri: string): Promise<string> {
  editor.open(uri, "form")
  await editor.request("textDocument/inlineCompletion", editor.at(uri, 4))
  await editor.request("workspace/executeCommand", { command: "pilotlight.why", arguments: [{ uri }] })
  const shown = await editor.read<{ uri: string; takeFocus: boolean }>("window/showDocument")
  expect(shown.takeFocus).toBe(false)
  return fileURLToPath(shown.uri)
}

test("why is shown as a page of each document, and what is older than a day goes", async () => {
  using project = new ProjectFolder(SHOP)
  using cache = new ProjectFolder("")
  cache.write("/pages/why-0-7.md", "# Why")
  cache.write("/pages/notes.txt", "not a page")
  const old = join(cache.path, "pages/why-0-7.md")
  for (const path of [old, join(cache.path, "pages/notes.txt")]) utimesSync(path, 1, 1)
  const editor = await startIn(project, join(cache.path, "pages"), true)
  const [one, other] = [
    await pageOf(editor, project.uri("/src/a.ts")),
    await pageOf(editor, project.uri("/src/b.ts")),
  ]
  expect(readFileSync(one, "utf8")).toMatch(/^# Why\n\n`file:.*\/src\/a\.ts`\n[\s\S]*line 1, column 5/)
  expect(readFileSync(other, "utf8")).toContain("/src/b.ts")
  expect([existsSync(old), existsSync(join(cache.path, "pages/notes.txt"))]).toEqual([false, true])
  await editor.close()
})

test("why is told in a sentence where the editor can't open the page, or it can't be written", async () => {
  using project = new ProjectFolder(SHOP)
  using cache = new ProjectFolder("")
  const refusing = await startIn(project, join(cache.path, "pages"), false)
  await pageOf(refusing, project.uri("/src/a.ts"))
  const { message } = await refusing.read<{ message: string }>("window/showMessage")
  expect(message).toMatch(/^At line 1, column 5 /)
  await refusing.close()
  cache.write("/taken", "a file where the folder should be")
  const editor = await startIn(project, join(cache.path, "taken"), true)
  const uri = project.uri("/src/a.ts")
  await editor.request("workspace/executeCommand", { command: "pilotlight.why", arguments: [{ uri }] })
  await editor.read<{ message: string }>("window/showMessage", told => told.message.startsWith("Nothing was"))
  expect(editor.takeWarnings()).toEqual([expect.stringContaining("can't be written")])
  await editor.close()
})
