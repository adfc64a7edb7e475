import { afterEach, expect, test } from "vitest"
import type { PublishDiagnosticsParams } from "vscode-languageserver/node"
import { FakeEditor } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder } from "./project-folder.ts"

const open = new Set<ProjectFolder>()

afterEach(() => {
  for (const project of open) project[Symbol.dispose]()
  open.clear()
})

/** An editor on a project of one file that was opened with `text`. */
async function editorOn(text: string): Promise<{ editor: FakeEditor; uri: string }> {
  const project = new ProjectFolder("//- /a.ts\n")
  open.add(project)
  const editor = new FakeEditor(serveInProcess(project.path), { roots: [project.path] })
  await editor.initialize()
  const uri = `file://${project.path}/a.ts`
  editor.open(uri, text)
  return { editor, uri }
}

function told(editor: FakeEditor): Promise<PublishDiagnosticsParams> {
  return editor.read<PublishDiagnosticsParams>("textDocument/publishDiagnostics")
}

test("a mistake is told of at its place, and cleared when it is mended", async () => {
  const { editor, uri } = await editorOn("const a = 1\nif (b === NaN) f(a)\n")
  const first = await told(editor)
  expect(first).toMatchObject({
    uri,
    version: 0,
    diagnostics: [
      {
        range: { start: { line: 1, character: 4 }, end: { line: 1, character: 13 } },
        severity: 2,
        code: "nan-comparison",
        source: "pilotlight",
        message: "Nothing equals NaN, not even itself.",
      },
    ],
  })
  editor.replace(uri, "const a = 1\nif (Number.isNaN(b)) f(a)\n")
  expect(await told(editor)).toMatchObject({ version: 1, diagnostics: [] })
  await editor.close()
})

test("a finding that is dismissed is told of no more, and another of the same rule is", async () => {
  const { editor, uri } = await editorOn("x = x\ny = y\n")
  const { diagnostics } = await told(editor)
  expect(diagnostics.length).toBe(2)
  const [{ range, code }] = diagnostics as [PublishDiagnosticsParams["diagnostics"][0]]
  const args = [{ uri, range, rule: code }]
  expect(
    await editor.request("workspace/executeCommand", { command: "pilotlight.dismiss", arguments: args }),
  ).toBeNull()
  const after = await told(editor)
  expect(after.diagnostics.map(({ range: { start } }) => start.line)).toEqual([1])
  await editor.close()
})

test.each(["pilotlight.fix", "pilotlight.dismiss"])(
  "%s with arguments that name nothing is refused with a sentence",
  async command => {
    const { editor, uri } = await editorOn("x = x\n")
    await told(editor)
    const range = { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } }
    for (const args of [
      [],
      [{}],
      [{ uri: 1 }],
      [{ uri, range, rule: "other" }],
      [{ uri, range: null, rule: "x" }],
    ]) {
      const answer = editor.request("workspace/executeCommand", { command, arguments: args })
      await expect(answer).rejects.toThrow(/uri|range|rule/)
    }
    await editor.close()
  },
)
