import { expect } from "vitest"
import type { Position, Range } from "vscode-languageserver/node"
import { mulberry32, pickBelow } from "../bench/random.ts"
import { ErrorReply, type FakeEditor } from "./fake-editor.ts"

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
/** Code of the kind that the project holds, so that there is something to suggest. */
const CODE = "const total = items.reduce((sum, item) => sum + item.price, 0)\nreturn formatPrice(total)\n"
/** Documents are cut to this many UTF-16 code units now and then. */
const KEPT_UNITS = 500

/** What the user is told when suggestions are switched. */
const TOGGLED = /^Pilotlight is (?:on|off)/

interface Asked {
  readonly id: number
  cancelled: boolean
}

/** What a storm does besides typing and asking. */
interface StormOptions {
  readonly seed: number
  /** URIs of the documents. */
  readonly uris: readonly string[]
  /** Something that befalls the model underneath; called once in a hundred steps or so. */
  readonly disturb?: (random: (below: number) => number) => void
}

/**
 * Edits, requests of both kinds, cancellations in any order, switching off and on, closed documents and troubles of the
 * model, none of which waits for another. Every answer is held to the text that its question was asked about.
 */
export class Storm {
  readonly #editor: FakeEditor
  readonly #options: StormOptions
  readonly #random: (below: number) => number
  readonly #open = new Set<string>()
  /** The last requests, answered or not. */
  readonly #recent: Asked[] = []
  readonly #pending = new Set<Promise<void>>()
  /** Switchings that the user was not told of yet. */
  #untold = 0
  answered = 0
  /** Answers with at least one item. */
  filled = 0
  /** What was wrong with answers; there must be nothing. */
  readonly faults: string[] = []

  constructor(editor: FakeEditor, options: StormOptions) {
    this.#editor = editor
    this.#options = options
    const random = mulberry32(options.seed)
    this.#random = below => pickBelow(random, below)
  }

  step(): void {
    const { uris, disturb } = this.#options
    const uri = uris[this.#random(uris.length)]!
    if (!this.#open.has(uri)) {
      this.#open.add(uri)
      this.#editor.open(uri, "", "typescript", this.#random(5))
      return
    }
    const choice = this.#random(100)
    if (choice < 45) this.#type(uri)
    else if (choice < 80) this.#ask(uri)
    else if (choice < 90) this.#giveUp()
    else if (choice < 93) this.#toggle(uri)
    else if (choice < 96) this.#editor.replace(uri, this.#editor.text(uri).slice(0, KEPT_UNITS))
    else if (choice < 99) this.#close(uri)
    else disturb?.(this.#random)
  }

  /** Waits until everything asked so far is answered, and fails if an answer was wrong. */
  async calm(): Promise<void> {
    await Promise.all(this.#pending)
    for (; this.#untold > 0; this.#untold--)
      await this.#editor.read<{ message: string }>("window/showMessage", ({ message }) =>
        TOGGLED.test(message),
      )
    expect(this.faults).toEqual([])
  }

  #type(uri: string): void {
    const text = this.#editor.text(uri)
    if (this.#random(3) > 0) {
      const from = this.#random(CODE.length)
      this.#editor.edit(uri, text.length, text.length, CODE.slice(from, from + 1 + this.#random(20)))
      return
    }
    const points = [...text]
    // Mostly at the end, as people type.
    const before = this.#random(3) === 0 ? this.#random(points.length + 1) : points.length
    const start = points.slice(0, before).join("").length
    const removed = points.slice(before, before + this.#random(4)).join("").length
    const [from, to] = [outsideBreak(text, start), outsideBreak(text, start + removed)]
    this.#editor.edit(uri, from, to, PIECES[this.#random(PIECES.length)]!)
  }

  #ask(uri: string): void {
    const isList = this.#random(2) === 0
    const method = isList ? "textDocument/completion" : "textDocument/inlineCompletion"
    const text = this.#editor.text(uri)
    const drawn = this.#random(2) === 0 ? text.length : this.#random(text.length + 1)
    const offset = outsideBreak(text, drawn)
    const params = this.#editor.at(uri, offset)
    const context = isList ? { triggerKind: 1 } : { triggerKind: 1 + this.#random(2) }
    const { id, reply } = this.#editor.send(method, { ...params, context })
    const asked: Asked = { id, cancelled: false }
    this.#recent.push(asked)
    if (this.#recent.length > 10) this.#recent.shift()
    this.#follow(reply, asked, result => this.#checkItems(result, text, params.position))
  }

  /** Notes when a reply comes, and what is wrong with it. */
  #follow(reply: Promise<unknown>, asked: Asked, check: (result: unknown) => void): void {
    const done = reply
      .then(check, (error: unknown) => {
        if (!(error instanceof ErrorReply && error.code === -32800 && asked.cancelled))
          this.faults.push(String(error))
      })
      .finally(() => {
        this.answered++
        this.#pending.delete(done)
      })
    this.#pending.add(done)
  }

  #giveUp(): void {
    const one = this.#recent[this.#random(this.#recent.length)]
    if (one === undefined) return
    one.cancelled = true
    this.#editor.cancel(one.id)
  }

  /** Off, and on again at once: else little would be left to see. */
  #toggle(uri: string): void {
    const what = this.#random(2) === 0 ? "all" : "document"
    const command = { command: "pilotlight.toggle", arguments: [{ what, uri }] }
    for (let times = 2; times > 0; times--) {
      this.#untold++
      const { id, reply } = this.#editor.send("workspace/executeCommand", command)
      this.#follow(reply, { id, cancelled: false }, () => {})
    }
  }

  #close(uri: string): void {
    this.#open.delete(uri)
    this.#editor.closeDocument(uri)
  }

  #checkItems(result: unknown, text: string, cursor: Position): void {
    const items = (result as { items?: readonly AnyItem[] } | null)?.items ?? []
    if (items.length > 0) this.filled++
    const line = text.split(/\r\n|\r|\n/)[cursor.line]!
    for (const item of items) {
      const range = item.range ?? item.textEdit?.range
      if (range !== undefined && !fits(range, cursor, line.length))
        this.faults.push(`${JSON.stringify(range)} for ${JSON.stringify(cursor)} in ${JSON.stringify(line)}`)
    }
  }
}

/** An offset that a position can name: none lies inside a line break. */
function outsideBreak(text: string, offset: number): number {
  return text.slice(Math.max(0, offset - 1), offset + 1) === "\r\n" ? offset + 1 : offset
}

interface AnyItem {
  readonly range?: Range
  readonly textEdit?: { readonly range: Range }
}

/** Whether a range lies in the cursor's line, around the cursor. */
function fits({ start, end }: Range, cursor: Position, lineLength: number): boolean {
  const isInLine = start.line === cursor.line && end.line === cursor.line
  return (
    isInLine &&
    start.character <= cursor.character &&
    end.character >= cursor.character &&
    end.character <= lineLength
  )
}
