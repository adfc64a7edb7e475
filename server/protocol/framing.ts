import type { Writable } from "node:stream"
import { AbstractMessageWriter, type Message, type MessageWriter } from "vscode-languageserver/node"

/** A message body longer than this many bytes is not read. */
export const MAX_BODY_BYTES: number = 64 * 1024 * 1024

const MAX_HEADER_BYTES = 4096
const MARKER = "Content-Length:"
const LENGTH = /content-length:[ \t]*(\d+)[ \t]*(?:\r?\n|$)/gi

/** What a decoder found: a JSON value, or one sentence about bytes that had to be skipped. */
export type Frame =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "garbage"; readonly why: string }

/**
 * Cuts a byte stream into LSP messages. Never throws: what is no message is skipped up to the next `Content-Length`,
 * and one run of garbage gives one frame that says so.
 */
export class FrameDecoder {
  #parts: Buffer[] = []
  #held = 0
  /** Bytes of body still wanted before the next look; 0 while a header is read. */
  #bodyBytes = 0
  #skipping = false

  /** The frames completed by `chunk`, in order. */
  push(chunk: Buffer): readonly Frame[] {
    this.#parts.push(chunk)
    this.#held += chunk.length
    const frames: Frame[] = []
    // Bodies are joined once, when they are whole: joining per chunk would cost the square of their length.
    while (this.#held > 0 && this.#held >= this.#bodyBytes) {
      const bytes = this.#joined()
      const rest = this.#bodyBytes > 0 ? this.#takeBody(bytes, frames) : this.#takeHeader(bytes, frames)
      if (rest === null) break
      this.#parts = [rest]
      this.#held = rest.length
    }
    return frames
  }

  #joined(): Buffer {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    this.#parts = [bytes]
    return bytes
  }

  /** What stands after the header, or null if more bytes are needed. */
  #takeHeader(bytes: Buffer, frames: Frame[]): Buffer | null {
    const start = this.#skipping ? bytes.indexOf(MARKER) : 0
    if (start < 0) return this.#keepTail(bytes)
    const from = bytes.subarray(start)
    const end = headerEnd(from)
    if (end === null) {
      if (from.length <= MAX_HEADER_BYTES) return start === 0 ? null : this.#wait(from)
      return this.#skip(from, 1, "a header without an end", frames)
    }
    const length = lastLength(from.toString("latin1", 0, end))
    if (length === null) return this.#skip(from, end, "a header without a Content-Length", frames)
    if (length > MAX_BODY_BYTES) {
      return this.#skip(
        from,
        end,
        `a message of ${length} bytes (at most ${MAX_BODY_BYTES} are read)`,
        frames,
      )
    }
    this.#skipping = false
    this.#bodyBytes = length
    return from.subarray(end)
  }

  #takeBody(bytes: Buffer, frames: Frame[]): Buffer {
    const length = this.#bodyBytes
    this.#bodyBytes = 0
    const value = parsed(bytes.toString("utf8", 0, length))
    if (value !== undefined) {
      frames.push({ kind: "value", value })
      return bytes.subarray(length)
    }
    // A message cut short swallows the head of the next one, so the search starts inside the body.
    const next = bytes.subarray(0, length).indexOf(MARKER)
    return this.#skip(bytes, next < 0 ? length : next, "a body that is not JSON", frames)
  }

  #skip(bytes: Buffer, count: number, why: string, frames: Frame[]): Buffer {
    if (!this.#skipping) frames.push({ kind: "garbage", why })
    this.#skipping = true
    return bytes.subarray(count)
  }

  /** While skipping, only the last bytes matter: they may be the start of a marker. */
  #keepTail(bytes: Buffer): null {
    return this.#wait(bytes.subarray(Math.max(0, bytes.length - MARKER.length)))
  }

  #wait(bytes: Buffer): null {
    this.#parts = [bytes]
    this.#held = bytes.length
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function headerEnd(bytes: Buffer): number | null {
  const head = bytes.toString("latin1", 0, Math.min(bytes.length, MAX_HEADER_BYTES))
  const end = /\r?\n\r?\n/.exec(head)
  return end === null ? null : end.index + end[0].length
}

function lastLength(header: string): number | null {
  const lengths = [...header.matchAll(LENGTH)]
  return lengths.length === 0 ? null : Number(lengths.at(-1)![1])
}

/** A JSON value as a message, or null if it is none. A response without a result counts as one with `null`. */
export function readMessage(value: unknown): Message | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null
  const fields = value as Record<string, unknown>
  const hasId = isId(fields["id"])
  if (typeof fields["method"] === "string") {
    if (fields["method"] === "$/cancelRequest" && !isId((fields["params"] as { id?: unknown } | null)?.id)) {
      return null
    }
    return hasId || fields["id"] === undefined ? (value as Message) : null
  }
  if (!hasId || "method" in fields) return null
  const settled = fields["result"] !== undefined || Boolean(fields["error"])
  return settled ? (value as Message) : ({ ...fields, result: null } as unknown as Message)
}

/** Whether a value can be the id of a request. */
export function isId(value: unknown): value is number | string {
  return typeof value === "number" || typeof value === "string"
}

/** Writes messages to a stream, each in one piece and in the order given. A broken stream drops them. */
export class FramedWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #output: Writable
  #broken = false

  constructor(output: Writable) {
    super()
    this.#output = output
    // The reader's end decides when the server leaves; a peer that stopped reading (EPIPE) costs only the messages.
    output.on("error", () => {
      this.#broken = true
    })
  }

  /** Settles when the message was handed over, also when nobody reads it. */
  async write(message: Message): Promise<void> {
    if (this.#broken || this.#output.writableEnded) return
    const body = Buffer.from(JSON.stringify(message), "utf8")
    this.#output.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]))
  }

  /** Ends the stream after what was written. */
  end(): void {
    this.#output.end()
  }

  /** Settles when everything written so far has left the process, the stream is broken, or `limitMs` are over. */
  flushed(limitMs: number): Promise<void> {
    if (this.#broken || this.#output.destroyed || this.#output.writableLength === 0) return Promise.resolve()
    return new Promise(resolve => {
      const timer = setTimeout(resolve, limitMs)
      const settle = (): void => {
        clearTimeout(timer)
        resolve()
      }
      this.#output.once("error", settle).once("close", settle)
      this.#output.write("", settle)
    })
  }
}
