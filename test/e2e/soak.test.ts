import { afterAll, expect, test } from "vitest"
import { mulberry32, pickBelow } from "../bench/random.ts"
import { type ErrorReply, FakeEditor, type Sent } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { spawnServer } from "./server-process.ts"

const STEPS = 2000
const SEED = 20261120
const PIECES = [
  "a",
  "items.",
  "reduce(",
  ")",
  "\n",
  "\r\n",
  " ",
  "😀",
  "漢",
  "const total = ",
  "`${",
  "}",
  "/*",
  "é",
]

const project = new ProjectFolder(SHOP)
afterAll(() => project[Symbol.dispose]())

/** A storm of edits, requests, cancellations and closed documents, none of which waits for another. */
class Storm {
  readonly #editor: FakeEditor
  readonly #random: (below: number) => number
  readonly #uris = [0, 1, 2].map(n => (n === 0 ? "untitled:0" : project.uri(`/src/storm-${n}.ts`)))
  readonly #open = new Set<string>()
  readonly sent: { readonly request: Sent; cancelled: boolean }[] = []

  constructor(editor: FakeEditor, seed: number) {
    this.#editor = editor
    const random = mulberry32(seed)
    this.#random = below => pickBelow(random, below)
  }

  step(): void {
    const uri = this.#uris[this.#random(this.#uris.length)]!
    if (!this.#open.has(uri)) {
      this.#open.add(uri)
      this.#editor.open(uri, "", "typescript", this.#random(5))
      return
    }
    const choice = this.#random(20)
    if (choice < 9) this.#type(uri)
    else if (choice < 16) this.#ask(uri)
    else if (choice < 18) this.#giveUp()
    else if (choice < 19) this.#editor.replace(uri, this.#editor.text(uri).slice(0, 500))
    else {
      this.#open.delete(uri)
      this.#editor.closeDocument(uri)
    }
  }

  #type(uri: string): void {
    const text = this.#editor.text(uri)
    const points = [...text]
    const before = this.#random(points.length + 1)
    const start = points.slice(0, before).join("").length
    const removed = points.slice(before, before + this.#random(4)).join("").length
    this.#editor.edit(uri, start, start + removed, PIECES[this.#random(PIECES.length)]!)
  }

  #ask(uri: string): void {
    const method = this.#random(2) === 0 ? "textDocument/completion" : "textDocument/inlineCompletion"
    const offset = this.#random(this.#editor.text(uri).length + 1)
    this.sent.push({ request: this.#editor.send(method, this.#editor.at(uri, offset)), cancelled: false })
  }

  #giveUp(): void {
    const last = this.sent.at(-1 - this.#random(3))
    if (last === undefined) return
    last.cancelled = true
    this.#editor.cancel(last.request.id)
  }
}

for (const [place, serve] of [
  ["in process", () => serveInProcess(project.path)],
  ["by the program", () => spawnServer(project.path)],
] as const) {
  test(`a storm of ${STEPS} steps is answered without a fault, served ${place}`, async () => {
    const editor = new FakeEditor(serve(), { roots: [project.path] })
    await editor.initialize()
    const storm = new Storm(editor, SEED)
    for (let step = 0; step < STEPS; step++) {
      storm.step()
      // Now and then the server gets to answer, at moments that the seed decides.
      if (step % 17 === 0) await Promise.allSettled([storm.sent.at(-1)?.request.reply])
    }
    const outcomes = await Promise.allSettled(storm.sent.map(({ request }) => request.reply))
    outcomes.forEach((outcome, at) => {
      if (outcome.status === "fulfilled") return
      expect([(outcome.reason as ErrorReply).code, storm.sent[at]!.cancelled]).toEqual([-32800, true])
    })
    expect(outcomes.length).toBeGreaterThan(STEPS / 5)
    await editor.indexed()
    await editor.close()
  })
}
