import { afterEach, expect, test } from "vitest"
import type {
  CompletionItem,
  CompletionList,
  InlineCompletionList,
  TextEdit,
} from "vscode-languageserver/node"
import { type EditorBehaviour, FakeEditor } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { spawnServer } from "./server-process.ts"

const open = new Set<ProjectFolder>()

afterEach(() => {
  for (const project of open) project[Symbol.dispose]()
  open.clear()
})

interface Setting {
  readonly project: ProjectFolder
  readonly editor: FakeEditor
}

/** An editor on an indexed project, served in this process or by the program. */
async function edit(fixture: string, behaviour: EditorBehaviour = {}, spawned = false): Promise<Setting> {
  const project = new ProjectFolder(fixture)
  open.add(project)
  const server = spawned ? spawnServer(project.path) : serveInProcess(project.path)
  const editor = new FakeEditor(server, { roots: [project.path], ...behaviour })
  await editor.initialize()
  await editor.indexed()
  return { project, editor }
}

/** Opens a text with a cursor `<|>` and gives its offset. */
function openAt(editor: FakeEditor, uri: string, text: string, languageId = "typescript"): number {
  const offset = text.indexOf("<|>")
  editor.open(uri, text.replace("<|>", ""), languageId)
  return offset
}

/** The text after the first ghost text at an offset was accepted. */
async function acceptInline(editor: FakeEditor, uri: string, offset: number): Promise<string> {
  const list = (await editor.request("textDocument/inlineCompletion", {
    ...editor.at(uri, offset),
    context: { triggerKind: 2 },
  })) as InlineCompletionList
  const [item] = list.items
  if (item?.range === undefined) return "nothing"
  return editor.applied(uri, item.range, String(item.insertText))
}

async function list(editor: FakeEditor, uri: string, offset: number): Promise<readonly CompletionItem[]> {
  const { isIncomplete, items } = (await editor.request(
    "textDocument/completion",
    editor.at(uri, offset),
  )) as CompletionList
  expect(isIncomplete || items.length === 0).toBe(true)
  return items
}

const NEW_FILE = `import { formatPrice } from "./price"
export function giftTotal(items: readonly Item[]): string {
  const total = items.<|>
  return formatPrice(total)
}
`

const WHOLE_LINE = "reduce((sum, item) => sum + item.price, 0)"

test("ghost text completes a line as the project would", async () => {
  const { project, editor } = await edit(SHOP)
  const uri = project.uri("/src/gift.ts")
  const offset = openAt(editor, uri, NEW_FILE)
  expect(await acceptInline(editor, uri, offset)).toBe(NEW_FILE.replace("<|>", WHOLE_LINE))
  await editor.close()
})

test("the program does so too, as far as its time allows", async () => {
  const { project, editor } = await edit(SHOP, {}, true)
  const uri = project.uri("/src/gift.ts")
  const offset = openAt(editor, uri, NEW_FILE)
  const accepted = await acceptInline(editor, uri, offset)
  const inserted = accepted.slice(offset, accepted.length - (NEW_FILE.length - "<|>".length - offset))
  expect([inserted.slice(0, 6), WHOLE_LINE.startsWith(inserted)]).toEqual(["reduce", true])
  await editor.close()
})

test("the list offers the line on top and words of the project below", async () => {
  const { project, editor } = await edit(SHOP)
  const uri = project.uri("/src/gift.ts")
  const offset = openAt(
    editor,
    uri,
    NEW_FILE.replace("items.<|>", "form<|>").replace("  return formatPrice(total)\n", ""),
  )
  const items = await list(editor, uri, offset)
  const accepted = items.map(item =>
    editor.applied(uri, (item.textEdit as TextEdit).range, (item.textEdit as TextEdit).newText),
  )
  const words = accepted.map(text => /const total = (.*)/.exec(text)![1])
  expect(words).toContain("formatPrice")
  expect([...items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1))).toEqual(items)
  await editor.close()
})

test("accepting is exact after an emoji, with CRLF, in every encoding", async () => {
  for (const encodings of [["utf-8"], ["utf-16"], ["utf-32"], ["utf-8", "utf-32", "utf-16"]]) {
    const { project, editor } = await edit(SHOP, {
      capabilities: { general: { positionEncodings: encodings } },
    })
    const uri = project.uri("/src/gift.ts")
    const text = NEW_FILE.replace("  const", "  /* 😀 漢字 */ const").replaceAll("\n", "\r\n")
    const offset = openAt(editor, uri, text)
    expect(editor.encoding).toBe(encodings.at(-1))
    expect(await acceptInline(editor, uri, offset)).toBe(text.replace("<|>", WHOLE_LINE))
    await editor.close()
  }
})

test("a word is replaced as its language cuts it, also where a name holds hyphens", async () => {
  const { project, editor } = await edit(
    "//- /a.css\n.x { background-color: red; }\n.y { background-color: blue; }\n",
  )
  const uri = project.uri("/b.css")
  const items = await list(editor, uri, openAt(editor, uri, ".z { background-co<|>", "css"))
  const texts = items.map(({ textEdit }) => {
    const { range, newText } = textEdit as TextEdit
    return editor.applied(uri, range, newText)
  })
  expect(texts).toContain(".z { background-color")
  expect(texts.filter(text => text.includes("background-background"))).toEqual([])
  await editor.close()
})

test("what was typed a moment ago is known, before it is saved", async () => {
  const { project, editor } = await edit(SHOP)
  const uri = project.uri("/src/gift.ts")
  editor.open(uri, "")
  for (const piece of [
    "export function wrapGift(paper: string): string {\n",
    "  return paper\n}\n",
    "wrapG",
  ]) {
    editor.edit(uri, editor.text(uri).length, editor.text(uri).length, piece)
  }
  const items = await list(editor, uri, editor.text(uri).length)
  expect(items.map(item => item.label)).toContain("wrapGift")
  await editor.close()
})

test("documents without a file complete from the project too", async () => {
  const { editor } = await edit(SHOP)
  for (const uri of ["untitled:Untitled-1", "git:/src/cart.ts?ref=1", "untitled:x y"]) {
    const offset = openAt(editor, uri, NEW_FILE)
    expect(await acceptInline(editor, uri, offset)).toContain("items.reduce((sum, item)")
    editor.closeDocument(uri)
  }
  await editor.close()
})

test("a document that is not open, or closes meanwhile, gets nothing", async () => {
  const { project, editor } = await edit(SHOP)
  const uri = project.uri("/src/gift.ts")
  const offset = openAt(editor, uri, NEW_FILE)
  const params = editor.at(uri, offset)
  const asked = editor.request("textDocument/completion", params)
  editor.closeDocument(uri)
  expect(await asked).toEqual({ isIncomplete: true, items: [] })
  expect(await editor.request("textDocument/inlineCompletion", params)).toEqual({ items: [] })
  expect(await editor.request("textDocument/completion", params)).toEqual({ isIncomplete: true, items: [] })
  await editor.close()
})

test("a newer request supersedes the older with an ordinary empty answer; a cancelled one is told so", async () => {
  const { project, editor } = await edit(SHOP)
  const uri = project.uri("/src/gift.ts")
  const offset = openAt(editor, uri, NEW_FILE)
  const burst = [0, 1, 2].map(() => editor.send("textDocument/inlineCompletion", editor.at(uri, offset)))
  const lists = [0, 1].map(() => editor.send("textDocument/completion", editor.at(uri, offset)))
  const cancelled = editor.send("textDocument/inlineCompletion", editor.at(uri, offset))
  editor.cancel(cancelled.id)
  const [first, second, third] = await Promise.all(burst.map(({ reply }) => reply))
  expect([first, second, third]).toEqual([null, null, null])
  const [older, newer] = (await Promise.all(lists.map(({ reply }) => reply))) as CompletionList[]
  expect(older).toEqual({ isIncomplete: true, items: [] })
  expect(newer!.items.length).toBeGreaterThan(0)
  await expect(cancelled.reply).rejects.toMatchObject({ code: -32800 })
  await editor.close()
})

test("lists and ghost text can be switched off, at the start or later", async () => {
  const { project, editor } = await edit(SHOP, {
    initializationOptions: { pilotlight: { completion: { list: false } } },
  })
  const uri = project.uri("/src/gift.ts")
  const offset = openAt(editor, uri, NEW_FILE)
  expect(await list(editor, uri, offset)).toEqual([])
  expect(await acceptInline(editor, uri, offset)).not.toBe("nothing")
  editor.notify("workspace/didChangeConfiguration", {
    settings: { completion: { inline: false, list: true } },
  })
  expect(await acceptInline(editor, uri, offset)).toBe("nothing")
  expect((await list(editor, uri, offset)).length).toBeGreaterThan(0)
  await editor.close()
})

test("settings are asked for where the client can answer, and a wrong one is named", async () => {
  const { editor } = await edit(SHOP, {
    capabilities: { workspace: { configuration: true } },
    answers: { "workspace/configuration": [{ eagerness: "much" }] },
  })
  await editor.read<{ items: unknown }>("workspace/configuration", ({ items }) => {
    expect(items).toEqual([{ section: "pilotlight" }])
    return true
  })
  const warned = await editor.read<{ message: string }>("window/logMessage", ({ message }) =>
    message.includes("eagerness"),
  )
  expect(warned.message).toBe('setting eagerness must be one of quiet, normal, eager, not "much"')
  await editor.close()
})
