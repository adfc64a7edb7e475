import type { Readable, Writable } from "node:stream"

/** A message as it stands on the wire. */
export interface WireMessage {
  readonly id?: unknown
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

const HEADER = /^Content-Length: (\d+)\r\n\r\n/

/** The editor's end of a connection. Strict: whatever is no well-formed message is told to `onViolation`. */
export class LspStream {
  readonly #output: Writable
  readonly #onMessage: (message: WireMessage) => void
  readonly #onViolation: (why: string) => void
  #held: Buffer = Buffer.alloc(0)

  constructor(
    streams: { readonly input: Writable; readonly output: Readable },
    onMessage: (message: WireMessage) => void,
    onViolation: (why: string) => void,
  ) {
    this.#output = streams.input
    this.#onMessage = onMessage
    this.#onViolation = onViolation
    // The server may be gone while the editor still writes; the test sees that by its exit.
    this.#output.on("error", () => {})
    streams.output.on("data", (chunk: Buffer) => this.#take(chunk))
  }

  write(message: object): void {
    if (this.#output.writableEnded) return
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }))
    this.#output.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]))
  }

  /** What was received and is no whole message, as sentences. */
  leftovers(): readonly string[] {
    return this.#held.length === 0
      ? []
      : [`bytes that are no message: ${this.#held.toString().slice(0, 200)}`]
  }

  #take(chunk: Buffer): void {
    this.#held = Buffer.concat([this.#held, chunk])
    for (;;) {
      const header = HEADER.exec(this.#held.toString("latin1", 0, 64))
      if (header === null) {
        if (this.#held.length >= 64) this.#onViolation(`no LSP: ${this.#held.toString().slice(0, 200)}`)
        return
      }
      const end = header[0].length + Number(header[1])
      if (this.#held.length < end) return
      const body = this.#held.toString("utf8", header[0].length, end)
      this.#held = this.#held.subarray(end)
      this.#read(JSON.parse(body) as WireMessage & { jsonrpc: string })
    }
  }

  #read(message: WireMessage & { readonly jsonrpc: string }): void {
    if (message.jsonrpc !== "2.0") this.#onViolation(`no jsonrpc 2.0: ${JSON.stringify(message)}`)
    this.#onMessage(message)
  }
}
