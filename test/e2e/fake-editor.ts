import type { Readable, Writable } from "node:stream"
import { expect } from "vitest"
import type { InitializeResult, Position, Range } from "vscode-languageserver/node"
import { LspStream, type WireMessage } from "./lsp-stream.ts"

/** A server under test, seen from the editor's side. */
export interface ServerProcess {
  /** What the editor writes to. */
  readonly input: Writable
  /** What the editor reads from. */
  readonly output: Readable
  /** Settles with the exit code when the server is gone; null for a signal. */
  readonly exited: Promise<number | null>
}

/** How an editor behaves. */
export interface EditorBehaviour {
  readonly clientInfo?: { readonly name: string; readonly version?: string }
  readonly capabilities?: Record<string, unknown>
  readonly initializationOptions?: unknown
  readonly roots?: readonly string[]
  /**
   * Answers to the server's own questions by method; `never` leaves a question open for good, a function makes the answer
   * from the parameters. Default: null.
   */
  readonly answers?: Readonly<Record<string, unknown>>
}

/** A request that was answered with an error. */
export class ErrorReply extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

interface Pending {
  readonly method: string
  readonly reply: Promise<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

interface OpenText {
  version: number
  text: string
}

/** A request in flight. */
interface Sent {
  readonly id: number
  readonly reply: Promise<unknown>
}

/** An answer that never comes. */
export const NEVER: unique symbol = Symbol("never")

/** Asks for the status without having it shown. */
export const STATUS = { command: "pilotlight.status", arguments: [{ show: false }] } as const

const BREAK = /\r\n|\r|\n/
const BREAK_ANYWHERE = new RegExp(BREAK, "g")

const CAPABILITIES = {
  general: { positionEncodings: ["utf-8", "utf-16"] },
  window: { workDoneProgress: true },
}

/**
 * An editor that holds the server to the protocol: `close` fails if an id was answered twice or never, a version went
 * backwards, a message was left unread, or anything but LSP was written.
 */
export class FakeEditor {
  readonly violations: string[] = []
  readonly #server: ServerProcess
  readonly #behaviour: EditorBehaviour
  readonly #stream: LspStream
  readonly #pending = new Map<number, Pending>()
  readonly #texts = new Map<string, OpenText>()
  readonly #shownVersions = new Map<string, number>()
  /** Notifications not yet read by the test, and who waits for more. */
  #unread: WireMessage[] = []
  readonly #readers = new Set<() => void>()
  #nextId = 0
  encoding = "utf-16"

  constructor(server: ServerProcess, behaviour: EditorBehaviour = {}) {
    this.#server = server
    this.#behaviour = behaviour
    this.#stream = new LspStream(
      server,
      message => this.#receive(message),
      why => this.violations.push(why),
    )
    void server.exited.then(code => {
      for (const { method, reject } of this.#pending.values()) {
        reject(new Error(`the server left (${code}) without an answer to ${method}`))
      }
    })
  }

  /** Settles with the exit code when the server is gone. */
  get exited(): Promise<number | null> {
    return this.#server.exited
  }

  /** Shakes hands. */
  async initialize(): Promise<InitializeResult> {
    const { clientInfo, capabilities, initializationOptions, roots } = this.#behaviour
    const folders = roots?.map(root => ({ uri: `file://${root}`, name: root })) ?? null
    const result = (await this.request("initialize", {
      processId: null,
      rootUri: folders?.[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities: { ...CAPABILITIES, ...capabilities },
      ...(clientInfo === undefined ? {} : { clientInfo }),
      ...(initializationOptions === undefined ? {} : { initializationOptions }),
    })) as InitializeResult
    this.encoding = result.capabilities.positionEncoding ?? "utf-16"
    this.notify("initialized", {})
    return result
  }

  /** Sends a request without waiting. */
  send(method: string, params: unknown): Sent {
    const id = this.#nextId++
    const { promise: reply, resolve, reject } = promiseWithResolvers<unknown>()
    this.#pending.set(id, { method, reply, resolve, reject })
    reply.catch(() => {})
    this.#stream.write({ id, method, params })
    return { id, reply }
  }

  /** Sends a request; rejects with `ErrorReply` if that is the answer. */
  request(method: string, params: unknown): Promise<unknown> {
    return this.send(method, params).reply
  }

  notify(method: string, params: unknown): void {
    this.#stream.write({ method, params })
  }

  cancel(id: number): void {
    this.notify("$/cancelRequest", { id })
  }

  /** Writes bytes as they are. */
  writeRaw(bytes: string | Buffer): void {
    this.#server.input.write(bytes)
  }

  /** Ends the editor's side of the connection. */
  hangUp(): void {
    this.#server.input.end()
  }

  open(uri: string, text: string, languageId = "typescript", version = 0): void {
    this.#texts.set(uri, { version, text })
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } })
  }

  text(uri: string): string {
    return this.#texts.get(uri)!.text
  }

  /** Replaces part of an open text; the version jumps as it does in real editors. */
  edit(uri: string, start: number, end: number, inserted: string): void {
    const open = this.#texts.get(uri)!
    const range: Range = { start: this.position(open.text, start), end: this.position(open.text, end) }
    open.version += 1 + (inserted.length % 3)
    open.text = open.text.slice(0, start) + inserted + open.text.slice(end)
    this.notify("textDocument/didChange", {
      textDocument: { uri, version: open.version },
      contentChanges: [{ range, text: inserted }],
    })
  }

  /** Sends the whole text, as some editors do. */
  replace(uri: string, text: string): void {
    const open = this.#texts.get(uri)!
    open.version++
    open.text = text
    this.notify("textDocument/didChange", {
      textDocument: { uri, version: open.version },
      contentChanges: [{ text }],
    })
  }

  closeDocument(uri: string): void {
    this.#texts.delete(uri)
    this.notify("textDocument/didClose", { textDocument: { uri } })
  }

  /** The parameters of a request at an offset of an open text. */
  at(uri: string, offset: number): { textDocument: { uri: string }; position: Position } {
    return { textDocument: { uri }, position: this.position(this.text(uri), offset) }
  }

  position(text: string, offset: number): Position {
    const lines = text.slice(0, offset).split(BREAK)
    return { line: lines.length - 1, character: this.#width(lines.at(-1)!) }
  }

  offset(text: string, position: Position): number {
    const breaks = [...text.matchAll(BREAK_ANYWHERE)]
    const before = breaks[position.line - 1]
    const start = before === undefined ? 0 : before.index + before[0].length
    const end = breaks[position.line]?.index ?? text.length
    if (position.line <= breaks.length) {
      for (let offset = start; offset <= end; offset++) {
        if (this.#width(text.slice(start, offset)) === position.character) return offset
      }
    }
    throw new Error(`no place ${position.line}:${position.character} in ${JSON.stringify(text)}`)
  }

  #width(text: string): number {
    if (this.encoding === "utf-16") return text.length
    return this.encoding === "utf-8" ? Buffer.byteLength(text) : [...text].length
  }

  /** The text after an edit of the server's own making. */
  applied(uri: string, range: Range, newText: string): string {
    const text = this.text(uri)
    return text.slice(0, this.offset(text, range.start)) + newText + text.slice(this.offset(text, range.end))
  }

  /** The next unread notification (or question) of a method that fits; waits for it, or fails when the server leaves. */
  async read<T>(method: string, fits: (params: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const at = this.#unread.findIndex(message => message.method === method && fits(message.params as T))
      if (at >= 0) return this.#unread.splice(at, 1)[0]!.params as T
      await Promise.race([
        new Promise<void>(resolve => this.#readers.add(resolve)),
        this.exited.then(code => {
          throw new Error(`the server left (${code}) before it sent ${method}`)
        }),
      ])
    }
  }

  /** Waits until the first pass over the project is over. */
  async indexed(): Promise<void> {
    await this.read<{ value: { kind: string } }>("$/progress", ({ value }) => value.kind === "end")
  }

  /** Leaves as the protocol wants it, and checks that nothing is owed. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#pending.values()].map(({ reply }) => reply))
    expect(await this.request("shutdown", null)).toBeNull()
    this.notify("exit", undefined)
    expect(await this.exited).toBe(0)
    this.check()
  }

  /** Fails if the server broke a rule so far. */
  check(): void {
    const owed = [...this.#pending.values()].map(({ method }) => `never answered: ${method}`)
    const unread = this.#unread
      .filter(message => !isChatter(message))
      .map(message => `unread: ${JSON.stringify(message)}`)
    expect([...this.violations, ...this.#stream.leftovers(), ...owed, ...unread]).toEqual([])
  }

  /** The parameters of everything unread of one method, which then is read. */
  take(method: string): readonly unknown[] {
    const taken = this.#unread.filter(message => message.method === method)
    this.#unread = this.#unread.filter(message => message.method !== method)
    return taken.map(({ params }) => params)
  }

  /** Log lines at warning level or above that nobody has read. */
  takeWarnings(): readonly string[] {
    const warnings = this.#unread.filter(
      message => message.method === "window/logMessage" && !isChatter(message),
    )
    this.#unread = this.#unread.filter(message => !warnings.includes(message))
    return warnings.map(message => (message.params as { message: string }).message)
  }

  #receive(message: WireMessage): void {
    if (message.method === undefined) {
      this.#receiveReply(message)
      return
    }
    if (message.id !== undefined) this.#answer(message)
    else if (message.method === "textDocument/publishDiagnostics") this.#checkVersion(message.params)
    this.#unread.push(message)
    for (const wake of this.#readers) wake()
    this.#readers.clear()
  }

  #receiveReply({ id, result, error }: WireMessage): void {
    const pending = this.#pending.get(id as number)
    if (pending === undefined) {
      this.violations.push(`an answer to nothing: ${JSON.stringify({ id, result, error })}`)
      return
    }
    this.#pending.delete(id as number)
    if (error === undefined) pending.resolve(result)
    else pending.reject(new ErrorReply(error.code, error.message))
  }

  #answer({ id, method, params }: WireMessage): void {
    const given = this.#behaviour.answers?.[method!] ?? null
    const answer: unknown = typeof given === "function" ? given(params, this) : given
    if (answer !== NEVER) this.#stream.write({ id, result: answer })
  }

  #checkVersion(params: unknown): void {
    const { uri, version } = params as { uri: string; version?: number }
    const before = this.#shownVersions.get(uri) ?? -1
    if (version === undefined) return
    if (version < before) this.violations.push(`version ${version} of ${uri} after ${before}`)
    this.#shownVersions.set(uri, version)
  }
}

function promiseWithResolvers<T>(): {
  promise: Promise<T>
  resolve: (value: T) => void
  reject: (error: Error) => void
} {
  let resolve!: (value: T) => void
  let reject!: (error: Error) => void
  const promise = new Promise<T>((onResult, onError) => {
    resolve = onResult
    reject = onError
  })
  return { promise, resolve, reject }
}

/** What an editor may pass over: progress, findings, quiet log lines, and questions, which were answered as they came. */
function isChatter({ id, method, params }: WireMessage): boolean {
  if (id !== undefined || method === "$/progress" || method === "textDocument/publishDiagnostics") return true
  return method === "window/logMessage" && (params as { type: number }).type > 2
}
