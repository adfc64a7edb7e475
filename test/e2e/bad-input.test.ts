import { expect, test } from "vitest"
import { FakeEditor, STATUS } from "./fake-editor.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { spawnServer } from "./server-process.ts"

/** Sends bytes between two requests; the server must answer both and warn of what it skipped. */
async function checkSurvives(bytes: string, warnings: readonly string[]): Promise<void> {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path))
  await editor.initialize()
  editor.writeRaw(bytes)
  await editor.request("workspace/executeCommand", STATUS)
  expect(editor.takeWarnings()).toEqual(warnings)
  await editor.close()
}

const frame = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

test("garbage between messages costs one warning", async () => {
  await checkSurvives("GET / HTTP/1.1\r\nHost: x\r\n\r\nhello", ["skipped a header without a Content-Length"])
})

test("half a header is completed by the next one", async () => {
  await checkSurvives("Content-Len", [])
})

test("a huge Content-Length is skipped", async () => {
  await checkSurvives("Content-Length: 99999999999\r\n\r\n", [
    "skipped a message of 99999999999 bytes (at most 67108864 are read)",
  ])
})

test("a body cut short costs itself alone", async () => {
  await checkSurvives('Content-Length: 40\r\n\r\n{"jsonrpc":"2.0"', ["skipped a body that is not JSON"])
})

test("JSON that is no message costs one warning each", async () => {
  await checkSurvives(
    ["null", "[]", "7", "{}"].map(frame).join(""),
    Array(4).fill("skipped JSON that is no message"),
  )
})

test("a cancellation without an id costs one warning", async () => {
  await checkSurvives(frame('{"jsonrpc":"2.0","method":"$/cancelRequest"}'), [
    "skipped JSON that is no message",
  ])
})

test("a message with an id and no method is refused", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path))
  await editor.initialize()
  const { id, reply } = editor.send("pilotlight/nothing", {})
  await expect(reply).rejects.toMatchObject({ code: -32601 })
  editor.writeRaw(frame(`{"jsonrpc":"2.0","id":${id},"method":7}`))
  await editor.request("workspace/executeCommand", STATUS)
  expect(editor.violations).toEqual([
    `an answer to nothing: ${JSON.stringify({ id, error: { code: -32600, message: "this is no request: it has no method" } })}`,
  ])
  editor.violations.length = 0
  expect(editor.takeWarnings()).toEqual(["skipped JSON that is no message"])
  await editor.close()
})

test("malformed parameters are refused or warned of in one sentence", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path))
  await editor.initialize()
  for (const params of [
    null,
    {},
    { textDocument: 7 },
    { textDocument: { uri: "file:///x" }, position: { line: -1 } },
  ]) {
    for (const method of ["textDocument/completion", "textDocument/inlineCompletion"]) {
      const outcome = await editor.request(method, params).catch((error: { code?: number }) => error.code)
      // A document that is not open is no mistake: there is nothing to say about it.
      const empty = method.endsWith("inlineCompletion") ? { items: [] } : { isIncomplete: true, items: [] }
      expect(outcome).toEqual(params !== null && "position" in params ? empty : -32602)
    }
  }
  for (const method of ["didOpen", "didChange", "didClose", "didSave"])
    editor.notify(`textDocument/${method}`, {})
  editor.notify("workspace/didChangeWatchedFiles", { changes: [null, { uri: 7 }] })
  editor.notify("workspace/didChangeWorkspaceFolders", null)
  editor.notify("workspace/didChangeConfiguration", 7)
  editor.notify("notebookDocument/didOpen", { notebookDocument: {}, cellTextDocuments: [] })
  await editor.request("workspace/executeCommand", null)
  expect(editor.takeWarnings()).toEqual([
    "textDocument/didOpen: textDocument.text must be a string",
    "textDocument/didChange: textDocument.uri must be a string",
    "textDocument/didClose: textDocument.uri must be a string",
    "textDocument/didSave: textDocument.uri must be a string",
  ])
  await editor.close()
})

test("an id that is used twice at once is answered once, and the server still leaves", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path))
  await editor.initialize()
  const body = '{"jsonrpc":"2.0","id":"x","method":"workspace/executeCommand","params":{"command":"none"}}'
  editor.writeRaw(frame(body) + frame(body))
  await editor.request("workspace/executeCommand", STATUS)
  expect(editor.violations).toEqual(['an answer to nothing: {"id":"x","result":null}'])
  editor.violations.length = 0
  expect(editor.takeWarnings()).toEqual(["skipped a message whose id is still in use"])
  editor.hangUp()
  expect(await editor.exited).toBe(0)
  editor.check()
})
