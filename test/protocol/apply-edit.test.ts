import { expect, test } from "vitest"
import type { EditOutcome } from "../../server/features/actions/document-edit.ts"
import { EditSender } from "../../server/protocol/apply-edit.ts"
import { type DocumentSnapshot, openSnapshot } from "../../server/workspace/document.ts"
import { FakeClock } from "../model/fake-clock.ts"

const URI = "file:///a.ts"

/** What an editor does when it is asked to make `old` into `new`. */
interface Editor {
  /** What the document says afterwards; left out if nothing comes. */
  readonly text?: string
  /** Whether the text comes only after the answer. */
  readonly late?: boolean
  /** Null if it refuses with an error or never answers. */
  readonly answer: { readonly applied: boolean; readonly failureReason?: string } | null
}

function snapshot(text: string, version: number): DocumentSnapshot {
  return openSnapshot({ uri: URI, path: "/a.ts", language: "typescript", version, text })
}

/** What becomes of changing `let old` to `let new`. */
async function checkOutcome({ text, late = false, answer }: Editor): Promise<EditOutcome> {
  const clock = new FakeClock()
  const listeners = new Set<(uri: string) => void>()
  const first = snapshot("let old\n", 7)
  let document = first
  const arrive = (): void => {
    if (text !== undefined) document = snapshot(text, 8)
    for (const listener of listeners) listener(URI)
  }
  const sender = new EditSender({
    clock,
    encoding: () => "utf-16",
    link: {
      notify: () => {},
      ask: async (_, params) => {
        expect(params).toMatchObject({
          edit: { documentChanges: [{ textDocument: { uri: URI, version: 7 } }] },
        })
        if (!late) arrive()
        return answer && { result: answer }
      },
    },
    documents: {
      document: () => document,
      watch: listener => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  })
  const outcome = sender.apply([{ document: first, changes: [{ start: 4, end: 7, text: "new" }] }], "test")
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  if (late) arrive()
  clock.advance(10_000)
  const settled = await outcome
  expect(listeners.size).toBe(0)
  return settled
}

test.each<[string, Editor]>([
  ["at once", { text: "let new\n", answer: { applied: true } }],
  ["after its answer", { text: "let new\n", late: true, answer: { applied: true } }],
  ["with what the user typed elsewhere", { text: "let new\nmore\n", answer: { applied: true } }],
])("an edit whose text comes %s is applied", async (_, editor) => {
  expect(await checkOutcome(editor)).toEqual({ kind: "applied" })
})

test.each<[string, Editor]>([
  ["says no", { answer: { applied: false, failureReason: "stale" } }],
  ["says yes and does nothing", { answer: { applied: true } }],
  ["does not answer", { answer: null }],
])("an editor that %s has refused it", async (_, editor) => {
  expect(await checkOutcome(editor)).toMatchObject({ kind: "refused" })
})

test.each<[string, Editor]>([
  ["applies it otherwise", { text: "let  new \n", answer: { applied: true } }],
  ["refuses it and changes the text", { text: "let x\n", answer: { applied: false } }],
])("what an editor made that %s is not believed", async (_, editor) => {
  expect(await checkOutcome(editor)).toMatchObject({ kind: "unverified" })
})

test("an edit of a text that changed meanwhile is never sent", async () => {
  const sender = new EditSender({
    clock: new FakeClock(),
    encoding: () => "utf-16",
    link: { notify: () => {}, ask: () => Promise.reject(new Error("sent")) },
    documents: { document: () => snapshot("let other\n", 8), watch: () => () => {} },
  })
  const edit = { document: snapshot("let old\n", 7), changes: [{ start: 0, end: 3, text: "const" }] }
  expect(await sender.apply([edit], "test")).toMatchObject({ kind: "refused" })
})
