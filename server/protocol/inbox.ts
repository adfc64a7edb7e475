import type { Readable } from "node:stream"
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageStrategy,
} from "vscode-languageserver/node"
import { throwIfAborted } from "../base/cancel.ts"
import { yieldToLoop } from "../base/time-slice.ts"
import { type Frame, FrameDecoder, readMessage } from "./framing.ts"

/** A request waits for at most this many messages, so that a client which never pauses is answered too. */
const MAX_TURNS = 50

type HandleMessage = MessageStrategy["handleMessage"]

/** Messages from a stream: skips what is none, and knows how many were read but not yet handled. */
export class Inbox extends AbstractMessageReader implements MessageReader, MessageStrategy {
  readonly #input: Readable
  readonly #onGarbage: (why: string, value: unknown) => void
  readonly #decoder: FrameDecoder = new FrameDecoder()
  #waiting = 0
  /** Keys of the requests and responses that wait: the connection would lose the older of two with one key. */
  readonly #waitingKeys = new Set<string>()

  /** `onGarbage` gets one sentence, and the JSON value if the bytes were one. */
  constructor(input: Readable, onGarbage: (why: string, value: unknown) => void) {
    super()
    this.#input = input
    this.#onGarbage = onGarbage
  }

  /** Delivers each well-formed message to `callback`; the end of the stream is a close. */
  override listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer): void => {
      for (const frame of this.#decoder.push(chunk)) this.#deliver(frame, callback)
    }
    const onEnd = (): void => this.fireClose()
    const onError = (error: Error): void => this.fireError(error)
    const input = this.#input.on("data", onData).on("end", onEnd).on("close", onEnd).on("error", onError)
    return {
      dispose: () =>
        void input.off("data", onData).off("end", onEnd).off("close", onEnd).off("error", onError),
    }
  }

  /** Called by the connection when it takes a message up. */
  handleMessage(...[message, next]: Parameters<HandleMessage>): ReturnType<HandleMessage> {
    if (isQueued(message)) this.#waiting--
    const key = keyOf(message)
    if (key !== null) this.#waitingKeys.delete(key)
    return next(message)
  }

  /**
   * Waits until what was read before is handled: a newer request or a cancellation among it spares the work.
   * Throws `Cancelled` as soon as `signal` is aborted.
   */
  async settled(signal: AbortSignal): Promise<void> {
    for (let turn = 0; this.#waiting > 0 && turn < MAX_TURNS; turn++) {
      await yieldToLoop()
      throwIfAborted(signal)
    }
  }

  /** Resolves once every message read so far is handled. */
  async drained(): Promise<void> {
    while (this.#waiting > 0) await yieldToLoop()
  }

  #deliver(frame: Frame, callback: DataCallback): void {
    if (frame.kind === "garbage") {
      this.#onGarbage(`skipped ${frame.why}`, undefined)
      return
    }
    const message = readMessage(frame.value)
    if (message === null) {
      this.#onGarbage("skipped JSON that is no message", frame.value)
      return
    }
    const key = keyOf(message)
    if (key !== null && this.#waitingKeys.has(key)) {
      this.#onGarbage("skipped a message whose id is still in use", undefined)
      return
    }
    if (key !== null) this.#waitingKeys.add(key)
    if (isQueued(message)) this.#waiting++
    callback(message)
  }
}

/** Cancellations of running requests are handled as they are read and never queued. */
function isQueued(message: Message): boolean {
  return (message as { method?: unknown }).method !== "$/cancelRequest"
}

/** What the connection queues a request or response under; null for notifications. */
function keyOf(message: Message): string | null {
  const { id, method } = message as { id?: unknown; method?: unknown }
  return id === undefined ? null : `${method === undefined ? "response" : "request"} ${String(id)}`
}
