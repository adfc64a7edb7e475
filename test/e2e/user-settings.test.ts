import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"
import { FakeEditor, STATUS } from "./fake-editor.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { spawnServer } from "./server-process.ts"

/** Serves a project to an editor, for a user with this settings file, until it is indexed. */
async function startFor(settings: string, project: ProjectFolder, home: ProjectFolder): Promise<FakeEditor> {
  mkdirSync(join(home.path, "pilotlight"))
  writeFileSync(join(home.path, "pilotlight/settings.json"), settings)
  const server = spawnServer(project.path, { XDG_CONFIG_HOME: home.path })
  const editor = new FakeEditor(server, { roots: [project.path] })
  await editor.initialize()
  await editor.indexed()
  return editor
}

/** Asks for the status until it says so. */
async function statusWith(editor: FakeEditor, part: RegExp): Promise<string> {
  for (;;) {
    const status = String(await editor.request("workspace/executeCommand", STATUS))
    if (part.test(status)) return status
  }
}

test("settings that can't be read stop nothing, and are told once", async () => {
  using project = new ProjectFolder(SHOP)
  using home = new ProjectFolder("")
  const editor = await startFor('{"memory": ', project, home)
  await statusWith(editor, /knows 3 files/)
  expect(editor.takeWarnings()).toEqual([
    `${join(home.path, "pilotlight/settings.json")} is not a JSON object`,
  ])
  await editor.close()
})

test("a memory budget that is used up is told by the status, and a digest is made by itself", async () => {
  using project = new ProjectFolder(SHOP)
  using home = new ProjectFolder("")
  const editor = await startFor('{"memory": {"budgetMB": 0}}', project, home)
  expect(await statusWith(editor, /epoch 1/)).toMatch(
    /^Pilotlight knows 3 files and \d+ symbols of this project\. The project's digest is in epoch 1 \(\d+ tokens\)\. Completions learn nothing from 3 files: the memory budget is 0 MB\.$/,
  )
  await editor.close()
})

test("settings in the workspace or from the editor decide nothing of this", async () => {
  using project = new ProjectFolder(SHOP)
  using home = new ProjectFolder("")
  project.write("/settings.json", '{"memory": {"budgetMB": 0}}')
  project.write("/.pilotlight/settings.json", '{"memory": {"budgetMB": 0}}')
  const editor = await startFor("{}", project, home)
  editor.notify("workspace/didChangeConfiguration", { settings: { pilotlight: { memory: { budgetMB: 0 } } } })
  expect(await statusWith(editor, /epoch 1/)).not.toContain("memory budget")
  await editor.close()
})

test("a mistake in the model's settings is one message that names file, key and what is meant, and stops nothing", async () => {
  using project = new ProjectFolder(SHOP)
  using home = new ProjectFolder("")
  const editor = await startFor('{"model": {"provider": "opnai"}}', project, home)
  const { message } = await editor.read<{ message: string }>("window/showMessage")
  expect(message).toContain(
    `${join(home.path, "pilotlight/settings.json")}: model.provider is "opnai"; it must be`,
  )
  expect(message).toContain("did you mean openai?")
  await statusWith(editor, /knows 3 files/)
  await editor.close()
})

test("a model that is set while the server runs is used, a mistake is told, and what was corrected is heard", async () => {
  const model = await ScriptedModel.start()
  using project = new ProjectFolder(SHOP)
  using home = new ProjectFolder("")
  const editor = await startFor("{}", project, home)
  const write = (section: object): void =>
    home.write("/pilotlight/settings.json", JSON.stringify({ model: section }))
  expect(await statusWith(editor, /knows 3 files/)).not.toContain("Model:")
  write({ provider: "responses", baseUrl: 7 })
  const { message } = await editor.read<{ message: string }>("window/showMessage")
  expect(message).toContain("model.baseUrl is 7")
  write({ provider: "responses", baseUrl: model.baseUrl, live: { model: "m-live" } })
  await statusWith(editor, /Model: /)
  write({})
  await statusWith(editor, /^(?!.*Model: )/)
  await editor.close()
  await model.stop()
})
