import fc from "fast-check"
import { expect, test } from "vitest"
import { createLog } from "../../server/base/log.ts"
import type { Host } from "../../server/features/host.ts"
import { ClientSession } from "../../server/protocol/client-session.ts"
import { type Encoding, positionAt } from "../../server/protocol/convert.ts"
import { Dispatcher } from "../../server/protocol/dispatcher.ts"
import { readIntroduction } from "../../server/protocol/initialize.ts"
import type { MethodContext } from "../../server/protocol/method-context.ts"
import { registerTextSync } from "../../server/protocol/text-sync.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { openSnapshot } from "../../server/workspace/document.ts"
import type { SymbolIndex } from "../../server/workspace/file-facts.ts"
import { OpenDocuments } from "../../server/workspace/open-documents.ts"

const URI = "untitled:1"

/** A session whose project is empty and never indexed: only its documents count here. */
async function listen(
  encoding: Encoding,
): Promise<{ dispatcher: Dispatcher; session: ClientSession; logged: string[] }> {
  const project = {
    roots: [],
    workspace: { prefer: () => {} },
    engine: { close: () => {} },
    context: { sourceFor: () => ({ changed: () => {}, closed: () => {} }), keeper: { epoch: null } },
    used: () => {},
    indexed: new Promise(() => {}),
  }
  const documents = (): OpenDocuments =>
    new OpenDocuments({
      base: {} as SymbolIndex,
      languages: new Languages([]),
      parsers: { parserFor: () => null },
    })
  const host = {
    project: () => project,
    documents,
    release: () => {},
    findings: () => ({ closed: () => {} }),
  } as unknown as Host
  const logged: string[] = []
  const log = createLog((_, line) => logged.push(line), "info")
  const link = { notify: () => {}, ask: async () => null }
  const session = new ClientSession(
    { version: "", cwd: "/x", home: "/y", pageFolder: null, processId: 1, openHost: () => host },
    link,
    log,
  )
  session.introduce(readIntroduction({ capabilities: { general: { positionEncodings: [encoding] } } }))
  const dispatcher = new Dispatcher(log)
  registerTextSync({ dispatcher, session, log } as MethodContext)
  dispatcher.onRequest("initialize", () => null)
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) }
  await dispatcher.request("initialize", {}, token)
  return { dispatcher, session, logged }
}

const piece = fc.constantFrom("a", "é", "漢", "😀", "\n", "\r\n", "\r", "x = 1", "")
const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(""))
const edit = fc.record({ at: fc.nat(), length: fc.nat(5), text, whole: fc.boolean() })

/** The nearest offset at or before `offset` that a position can name in every encoding. */
function nameable(source: string, offset: number): number {
  const low = source.charCodeAt(offset) >= 0xdc00 && source.charCodeAt(offset) <= 0xdfff
  const insideBreak = source[offset] === "\n" && source[offset - 1] === "\r"
  return low || insideBreak ? offset - 1 : offset
}

test("the server's text is the editor's after any edits, in every encoding", async () => {
  for (const encoding of ["utf-8", "utf-16", "utf-32"] as const) {
    const { dispatcher, session, logged } = await listen(encoding)
    const edits = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 6 })
    fc.assert(
      fc.property(text, edits, (opened, messages) => {
        let now = opened
        let version = 0
        dispatcher.notify("textDocument/didOpen", {
          textDocument: { uri: URI, languageId: "typescript", version, text: now },
        })
        for (const message of messages) {
          const contentChanges = message.map(({ at, length, text: inserted, whole }) => {
            if (whole) {
              now = inserted
              return { text: inserted }
            }
            const start = nameable(now, at % (now.length + 1))
            const end = Math.max(start, nameable(now, Math.min(start + length, now.length)))
            const document = openSnapshot({ uri: URI, path: null, language: null, version, text: now })
            const range = {
              start: positionAt(document, start, encoding),
              end: positionAt(document, end, encoding),
            }
            now = now.slice(0, start) + inserted + now.slice(end)
            return { range, text: inserted }
          })
          version += 3
          dispatcher.notify("textDocument/didChange", { textDocument: { uri: URI, version }, contentChanges })
          expect(logged).toEqual([])
          expect(session.document(URI)).toMatchObject({ text: now, version })
        }
        dispatcher.notify("textDocument/didClose", { textDocument: { uri: URI } })
        expect(session.document(URI)).toBeNull()
      }),
      { numRuns: 200 },
    )
    expect(logged).toEqual([])
    session.close()
  }
})

test("a document that is opened twice is the second one; changes to a closed one are warned of", async () => {
  const { dispatcher, session, logged } = await listen("utf-16")
  for (const opened of ["first", "second"]) {
    dispatcher.notify("textDocument/didOpen", {
      textDocument: { uri: URI, languageId: "", version: 0, text: opened },
    })
  }
  expect(session.document(URI)?.text).toBe("second")
  dispatcher.notify("textDocument/didClose", { textDocument: { uri: URI } })
  dispatcher.notify("textDocument/didClose", { textDocument: { uri: URI } })
  dispatcher.notify("textDocument/didChange", {
    textDocument: { uri: URI, version: 1 },
    contentChanges: [{ text: "x" }],
  })
  expect([session.document(URI), logged]).toEqual([null, [`changes to a document that is not open: ${URI}`]])
})
