import { afterEach, expect, test } from "vitest"
import type { CompletionList, InlineCompletionList, TextEdit } from "vscode-languageserver/node"
import { settingsFor } from "../model/model-fixture.ts"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"
import { type EditorBehaviour, FakeEditor } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder } from "./project-folder.ts"

const PROJECT = `
  //- /src/a.ts
  export function alpha(beta: number): number {
    return beta
  }
`
/** Nothing here resembles anything, so the engine is silent. */
const DOCUMENT = `import { alpha } from "./a"
export function gamma(delta: number): number {
  const epsilon = <|>
}
`
const LINE = "alpha(delta) + delta"
const ANSWER = ["  const epsilon = al", "pha(delta) + delta\n", "  return epsilon\n", "}\n"]

/** Long enough for any machine; nothing waits for it. */
const PATIENT = { completion: { inlineHoldMs: 30_000, listHoldMs: 30_000 } }

const ends: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

interface Scene {
  readonly editor: FakeEditor
  readonly model: ScriptedModel
  readonly uri: string
  readonly offset: number
}

/** An editor on an indexed project, with a model that answers what the test has it answer. */
async function stage(behaviour: EditorBehaviour = {}, baseUrl: string | null = null): Promise<Scene> {
  const model = await ScriptedModel.start()
  const project = new ProjectFolder(PROJECT)
  const options = { model: settingsFor("openai", baseUrl ?? model.baseUrl) }
  const editor = new FakeEditor(serveInProcess(project.path, "/nonexistent", options), {
    roots: [project.path],
    initializationOptions: PATIENT,
    ...behaviour,
  })
  ends.push(async () => {
    await editor.close()
    await model.stop()
    project[Symbol.dispose]()
  })
  await editor.initialize()
  await editor.indexed()
  const uri = project.uri("/src/b.ts")
  editor.open(uri, DOCUMENT.replace("<|>", ""))
  return { editor, model, uri, offset: DOCUMENT.indexOf("<|>") }
}

/** What the texts of ghost text would be after accepting. */
async function ghosts({ editor, uri, offset }: Scene): Promise<readonly string[] | null> {
  const answer = await editor.request("textDocument/inlineCompletion", editor.at(uri, offset))
  return ghostTexts(editor, uri, answer)
}

/** The scene after this was typed. */
function typing(scene: Scene, text: string): Scene {
  const { editor, uri, offset } = scene
  editor.edit(uri, offset, offset, text)
  return { ...scene, offset: offset + text.length }
}

function ghostTexts(editor: FakeEditor, uri: string, answer: unknown): readonly string[] | null {
  if (answer === null) return null
  return (answer as InlineCompletionList).items.map(item =>
    editor.applied(uri, item.range!, String(item.insertText)),
  )
}

async function list({ editor, uri, offset }: Scene): Promise<CompletionList> {
  return (await editor.request("textDocument/completion", editor.at(uri, offset))) as CompletionList
}

function run(editor: FakeEditor, command: string, ...args: unknown[]): Promise<unknown> {
  return editor.request("workspace/executeCommand", { command: `pilotlight.${command}`, arguments: args })
}

const ACCEPTED = DOCUMENT.replace("<|>", LINE)

test("where the engine is silent, ghost text waits for the model's first part", async () => {
  const scene = await stage()
  const shown = ghosts(scene)
  const ask = await scene.model.asked()
  ask.answer(...ANSWER)
  expect((await shown)?.[0]).toBe(ACCEPTED)
})

test("the first part is shown while the model goes on, and typed along without another ask", async () => {
  const scene = await stage()
  const { editor, model, uri, offset } = scene
  const shown = ghosts(scene)
  const ask = await model.asked()
  ask.say(...ANSWER)
  expect((await shown)?.[0]).toBe(ACCEPTED)
  editor.edit(uri, offset, offset, "alp")
  const along = await editor.request("textDocument/inlineCompletion", editor.at(uri, offset + 3))
  expect(ghostTexts(editor, uri, along)?.[0]).toBe(ACCEPTED)
  ask.complete()
})

test("a list does not wait longer than it may, and what the model says is in the next one", async () => {
  const scene = await stage({ initializationOptions: { completion: { listHoldMs: 0 } } })
  const first = await list(scene)
  expect([first.isIncomplete, first.items.filter(item => item.detail === "AI")]).toEqual([true, []])
  const ask = await scene.model.asked()
  ask.answer(...ANSWER)
  let top: TextEdit | null = null
  while (top === null) {
    const [item] = (await list(scene)).items.filter(({ detail }) => detail === "AI")
    top = (item?.textEdit as TextEdit | undefined) ?? null
  }
  expect(scene.editor.applied(scene.uri, top.range, top.newText)).toBe(ACCEPTED)
})

test("a model that says nothing holds up no answer for longer than it may, nor any later one", async () => {
  const scene = await stage({ initializationOptions: { completion: { inlineHoldMs: 20, listHoldMs: 20 } } })
  expect(await ghosts(scene)).toEqual([])
  await scene.model.asked()
  const typed = typing(scene, "al")
  expect((await ghosts(typed))?.[0]).toContain("const epsilon = alpha")
  expect((await list(typed)).items.map(({ label }) => label)).toContain("alpha")
  expect(await run(scene.editor, "why", { show: false })).toMatchObject({
    records: [
      { silence: "late", shown: [] },
      { silence: null, shown: ["pha"] },
    ],
  })
})

test("a cancelled request is answered at once, whatever the model does", async () => {
  const { editor, model, uri, offset } = await stage()
  const { id, reply } = editor.send("textDocument/inlineCompletion", editor.at(uri, offset))
  await model.asked()
  editor.cancel(id)
  await expect(reply).rejects.toMatchObject({ code: -32800 })
})

test("who types on gets nothing of the older request, and the newer one is answered", async () => {
  const scene = await stage()
  const { editor, model, uri, offset } = scene
  const older = editor.send("textDocument/inlineCompletion", editor.at(uri, offset))
  const olderList = editor.send("textDocument/completion", editor.at(uri, offset))
  const ask = await model.asked()
  editor.edit(uri, offset, offset, "al")
  const newerList = editor.send("textDocument/completion", editor.at(uri, offset + 2))
  const newer = editor.send("textDocument/inlineCompletion", editor.at(uri, offset + 2))
  expect(await older.reply).toBeNull()
  expect(await olderList.reply).toEqual({ isIncomplete: true, items: [] })
  ask.answer(...ANSWER)
  expect(ghostTexts(editor, uri, await newer.reply)?.[0]).toContain("const epsilon = alpha")
  expect((await newerList.reply) as CompletionList).toMatchObject({ isIncomplete: true })
})

test("without a connection there is one message, and completions go on", async () => {
  const scene = await stage({}, "http://127.0.0.1:1/v1")
  for (let i = 0; i < 3; i++) await ghosts(scene)
  const { message } = await scene.editor.read<{ message: string }>("window/showMessage")
  expect(message).toMatch(/^Pilotlight: The model can't be reached, suggestions come from the project alone/)
  expect((await list(typing(scene, "al"))).items.map(({ label }) => label)).toContain("alpha")
  const status = await run(scene.editor, "status")
  expect(status).toMatch(/ Model: /)
  // Hardly an editor shows what a command gives back.
  expect(await scene.editor.read("window/showMessage")).toMatchObject({ message: status })
})

test("a connection that drops between asks is made anew beneath", async () => {
  const scene = await stage()
  const { editor, model, uri, offset } = scene
  const before = ghosts(scene)
  const first = await model.asked()
  first.answer(...ANSWER)
  await before
  model.dropAll()
  editor.edit(uri, offset, offset, "delta * ")
  const after = ghosts({ ...scene, offset: offset + "delta * ".length })
  const second = await model.asked()
  second.answer("  const epsilon = delta * alpha(delta)\n")
  expect((await after)?.[0]).toBe(DOCUMENT.replace("<|>", "delta * alpha(delta)"))
})

test("partial results come as they are found, and the answer is empty then", async () => {
  const { editor, model, uri, offset } = typing(await stage(), "al")
  const params = { ...editor.at(uri, offset), partialResultToken: "part" }
  const answer = editor.request("textDocument/completion", params)
  const ask = await model.asked()
  ask.answer(...ANSWER)
  expect(await answer).toEqual({ isIncomplete: true, items: [] })
  const isOurs = ({ token, value }: { token: unknown; value: readonly { detail?: string }[] }): boolean =>
    token === "part" && value.some(({ detail }) => detail === "AI")
  await editor.read("$/progress", isOurs)
})

test("once ghost text was asked for, the list offers words alone, unless the user wants both", async () => {
  const scene = await stage()
  const shown = ghosts(scene)
  const ask = await scene.model.asked()
  ask.answer(...ANSWER)
  await shown
  const typed = typing(scene, "al")
  const words = await list(typed)
  expect(words.items.filter(({ detail }) => detail === "AI")).toEqual([])
  expect(words.items.length).toBeGreaterThan(0)
  scene.editor.notify("workspace/didChangeConfiguration", { settings: { completion: { list: true } } })
  expect((await list(typed)).items[0]?.detail).toBe("AI")
})

test("it says why, in data and where no page can be shown in a message", async () => {
  const scene = await stage()
  const shown = ghosts(scene)
  const ask = await scene.model.asked()
  ask.answer(...ANSWER)
  await shown
  expect(await run(scene.editor, "why", { uri: scene.uri, show: false })).toMatchObject({
    uri: scene.uri,
    records: [{ surface: "ghost", silence: null, timings: { asked: expect.any(Number) } }],
  })
  await run(scene.editor, "why")
  const { message } = await scene.editor.read<{ message: string }>("window/showMessage")
  expect(message).toContain(LINE)
})

test("suggestions are switched off and on while running", async () => {
  const scene = await stage()
  const { editor, uri } = scene
  const read = (): Promise<{ message: string }> => editor.read("window/showMessage")
  expect(await run(editor, "toggle")).toEqual({ on: false })
  expect((await read()).message).toBe("Pilotlight is off in all documents.")
  expect(await ghosts(scene)).toEqual([])
  expect((await list(scene)).items).toEqual([])
  expect(await run(editor, "toggle")).toEqual({ on: true })
  expect((await read()).message).toBe("Pilotlight is on in all documents.")
  expect(await run(editor, "toggle", { what: "language", uri })).toEqual({ on: false })
  expect((await read()).message).toBe("Pilotlight is off in typescript.")
  await expect(run(editor, "toggle", { what: "nothing" })).rejects.toMatchObject({ code: -32602 })
})

test("a language can be left out by the settings, which is told to who asks why", async () => {
  const scene = await stage({ initializationOptions: { completion: { languages: { typescript: false } } } })
  expect(await ghosts(scene)).toEqual([])
  expect(await list(scene)).toEqual({ isIncomplete: false, items: [] })
  expect(await run(scene.editor, "why", { show: false })).toMatchObject({
    records: [{ silence: "off" }, { silence: "off" }],
  })
})
