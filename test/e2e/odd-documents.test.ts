import { expect, test } from "vitest"
import type { CompletionList, InlineCompletionList, Position, TextEdit } from "vscode-languageserver/node"
import { FakeEditor } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"

interface OddText {
  /** With the cursor at `<|>`. */
  readonly text: string
  readonly file?: string
  readonly languageId?: string
  /** Asked at, instead of at the cursor. */
  readonly position?: Position
}

interface Outcome {
  /** The cursor's line after accepting each item of the list, and each ghost text. */
  readonly lines: readonly string[]
  readonly ghosts: readonly string[]
}

/** Asks for both at a place of an odd document: each answer must fit it. */
async function checkOdd(odd: OddText): Promise<Outcome> {
  const { text, file = "/src/odd.ts", languageId = "typescript", position } = odd
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(serveInProcess(project.path), {
    roots: [project.path],
    initializationOptions: { completion: { list: true } },
  })
  await editor.initialize()
  await editor.indexed()
  const uri = project.uri(file)
  const offset = text.indexOf("<|>")
  editor.open(uri, text.replace("<|>", ""), languageId)
  const before = text.slice(0, offset).split(BREAK)
  const cursor = { line: before.length - 1, character: before.at(-1)!.length }
  const params = { textDocument: { uri }, position: position ?? cursor }
  const ghost = (await editor.request("textDocument/inlineCompletion", params)) as InlineCompletionList
  const list = (await editor.request("textDocument/completion", params)) as CompletionList
  const there = editor.text(uri).split(BREAK)
  const lines = list.items.map(({ textEdit }) => accepted(there, textEdit as TextEdit))
  const ghosts = ghost.items.map(({ range, insertText }) =>
    accepted(there, { range: range!, newText: String(insertText) }),
  )
  await editor.close()
  return { lines, ghosts }
}

const BREAK = /\r\n|\r|\n/

/** A line after an edit of a range within it. */
function accepted(lines: readonly string[], { range: { start, end }, newText }: TextEdit): string {
  const line = lines[start.line]!
  expect([end.line, end.character <= line.length]).toEqual([start.line, true])
  return line.slice(0, start.character) + newText + line.slice(end.character)
}

test("a position past the end of the text or of its line is taken for the end", async () => {
  const text = "import { formatPrice } from './price'\nform"
  for (const position of [
    { line: 1, character: 999 },
    { line: 999, character: 0 },
    { line: 999, character: 999 },
  ]) {
    expect((await checkOdd({ text, position })).lines).toContain("formatPrice")
  }
})

test("emoji, CJK and tabs before the cursor, with mixed line ends", async () => {
  const text = "const a = 1\r\nconst b = 2\n\t/* 😀漢字 */\tform<|>\r\nconst c = 3\r"
  expect((await checkOdd({ text })).lines).toContain("\t/* 😀漢字 */\tformatPrice")
})

test("a document of 50,000 lines", async () => {
  const before = "  const value = compute(1, 2, 3)\n".repeat(50_000)
  expect((await checkOdd({ text: `${before}  form<|>\n` })).lines).toContain("  formatPrice")
})

test("a line of 2 MB gets nothing, and the next one is completed", async () => {
  const long = `const data = "${"x".repeat(2_000_000)}"`
  expect(await checkOdd({ text: `${long}<|>\n` })).toEqual({ lines: [], ghosts: [] })
  expect((await checkOdd({ text: `${long}\nform<|>\n` })).lines).toContain("formatPrice")
})

test("a language without a grammar completes from its words", async () => {
  const text = "(define flabbergast 7)\n(define y (+ flab<|>\n"
  const { lines } = await checkOdd({ text, file: "/x.unheardof", languageId: "unheardof" })
  expect(lines).toContain("(define y (+ flabbergast")
})

test("a version that goes back, or comes twice, spoils nothing", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(serveInProcess(project.path), { roots: [project.path] })
  await editor.initialize()
  await editor.indexed()
  const uri = project.uri("/src/odd.ts")
  editor.open(uri, "", "typescript", 9)
  for (const [at, version] of [9, 3, 3, -1].entries()) {
    const position = { line: 0, character: at }
    editor.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: position, end: position }, text: "form"[at]! }],
    })
  }
  const params = { textDocument: { uri }, position: { line: 0, character: 4 } }
  const { items } = (await editor.request("textDocument/completion", params)) as CompletionList
  expect(items.map(({ label }) => label)).toContain("formatPrice")
  await editor.close()
})

test("a document that closes while it is completed is answered with nothing", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(serveInProcess(project.path), { roots: [project.path] })
  await editor.initialize()
  const uri = project.uri("/src/odd.ts")
  editor.open(uri, "form")
  const params = editor.at(uri, 4)
  const list = editor.request("textDocument/completion", params)
  const ghost = editor.request("textDocument/inlineCompletion", params)
  editor.closeDocument(uri)
  expect(await list).toEqual({ isIncomplete: true, items: [] })
  expect(await ghost).toBeNull()
  await editor.close()
})
