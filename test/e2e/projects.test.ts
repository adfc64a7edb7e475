import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { CompletionList } from "vscode-languageserver/node"
import { FakeEditor, STATUS } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { spawnServer } from "./server-process.ts"

/** Labels offered at the end of a new document of this text. */
async function labels(editor: FakeEditor, uri: string, text: string): Promise<readonly string[]> {
  editor.open(uri, text)
  const list = (await editor.request(
    "textDocument/completion",
    editor.at(uri, text.length),
  )) as CompletionList
  editor.closeDocument(uri)
  return list.items.map(item => item.label)
}

test("two roots, one inside the other, are one project", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(serveInProcess(project.path), {
    roots: [project.path, join(project.path, "src")],
  })
  await editor.initialize()
  await editor.indexed()
  expect(await editor.request("workspace/executeCommand", STATUS)).toMatch(/knows 3 files/)
  await editor.close()
})

test("without any root the folder the server was started in is the project", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(serveInProcess(project.path))
  await editor.initialize()
  await editor.indexed()
  expect(await labels(editor, "untitled:1", "formatP")).toContain("formatPrice")
  await editor.close()
})

test("a home folder is not indexed whole, but the project of each file opened in it", async () => {
  using home = new ProjectFolder(
    "//- /secret/diary.ts\nexport const diaryEntry = 1\n//- /shop/package.json\n{}\n",
  )
  home.write("/shop/src/price.ts", "export function formatPrice(): void {}\n")
  const editor = new FakeEditor(serveInProcess(home.path, home.path), { roots: [home.path] })
  await editor.initialize()
  await editor.indexed()
  const said = await editor.read<{ message: string }>("window/logMessage")
  expect(said.message).toBe(
    "the whole disk or home folder is not indexed, only the folders of the files you open",
  )
  const uri = home.uri("/shop/src/new.ts")
  editor.open(uri, "")
  await editor.indexed()
  expect(await labels(editor, "untitled:1", "formatP")).toContain("formatPrice")
  expect(await labels(editor, "untitled:1", "diaryE")).not.toContain("diaryEntry")
  await editor.close()
})

test("folders that are added are indexed, documents stay open", async () => {
  using project = new ProjectFolder(SHOP)
  using other = new ProjectFolder("//- /zoo.ts\nexport function feedElephant(): void {}\n")
  const editor = new FakeEditor(serveInProcess(project.path), { roots: [project.path] })
  await editor.initialize()
  await editor.indexed()
  const uri = project.uri("/src/new.ts")
  editor.open(uri, "const localGiraffe = 1\nlocalG")
  editor.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: [{ uri: `file://${other.path}`, name: "other" }], removed: [] },
  })
  await editor.indexed()
  const list = (await editor.request("textDocument/completion", editor.at(uri, 29))) as CompletionList
  expect(list.items.map(item => item.label)).toContain("localGiraffe")
  expect(await labels(editor, "untitled:1", "feedE")).toContain("feedElephant")
  await editor.close()
})

test("an empty project and a root that is gone are served", async () => {
  using project = new ProjectFolder("//- /x.ts\n")
  const gone = join(project.path, "gone")
  mkdirSync(gone)
  rmSync(gone, { recursive: true })
  const editor = new FakeEditor(serveInProcess(project.path), { roots: [gone] })
  await editor.initialize()
  await editor.indexed()
  expect(await labels(editor, "untitled:1", "const elephant = 1\neleph")).toContain("elephant")
  editor.takeWarnings()
  await editor.close()
})

test("a file changed on disk is learnt when the client tells of it", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path), {
    roots: [project.path],
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
  })
  await editor.initialize()
  const { registrations } = await editor.read<{ registrations: readonly { method: string }[] }>(
    "client/registerCapability",
  )
  expect(registrations.map(({ method }) => method)).toEqual(["workspace/didChangeWatchedFiles"])
  await editor.indexed()
  writeFileSync(join(project.path, "src/zoo.ts"), "export function feedElephant(): void {}\n")
  editor.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: project.uri("/src/zoo.ts"), type: 1 }],
  })
  for (;;) {
    const status = await editor.request("workspace/executeCommand", STATUS)
    if (String(status).includes("knows 4 files")) break
  }
  expect(await labels(editor, "untitled:1", "feedE")).toContain("feedElephant")
  await editor.close()
})
