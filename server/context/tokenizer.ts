import { Worker } from "node:worker_threads"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import { encodingOf, type TokenEncoding } from "./token-encoding.ts"
import { estimateTokens } from "./token-estimate.ts"
import type { TokenAnswer, TokenQuestion } from "./token-thread.ts"

interface Waiter {
  readonly texts: readonly string[]
  readonly resolve: (counts: readonly number[]) => void
}

/**
 * Counts tokens with the vocabulary of a model, on a thread of its own that starts at the first question and ends when it is
 * idle: for what is shown and reckoned. On the keystroke path `estimateTokens` is used.
 */
export class Tokenizer {
  /** The vocabulary's name, such as `o200k_base`. */
  readonly name: TokenEncoding
  readonly #entry: string
  readonly #log: Log
  readonly #waiters = new Map<number, Waiter>()
  #worker: Worker | null = null
  #nextId = 0

  /** `entry` is the path of the bundled token-thread. */
  constructor(model: string, entry: string, log: Log) {
    this.name = encodingOf(model)
    this.#entry = entry
    this.#log = log
  }

  /** The tokens of each text. Never rejects: where the thread fails, estimates are given, and the log says so once each time. */
  count(texts: readonly string[]): Promise<readonly number[]> {
    const worker = this.#start()
    if (worker === null) return Promise.resolve(texts.map(estimateTokens))
    const question: TokenQuestion = { id: this.#nextId++, encoding: this.name, texts }
    return new Promise(resolve => {
      this.#waiters.set(question.id, { texts, resolve })
      // Only a question that is waited for keeps the process alive.
      worker.ref()
      worker.postMessage(question)
    })
  }

  /** Ends the thread; what is waited for gets estimates. */
  async dispose(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    this.#estimateAll()
    await worker?.terminate()
  }

  #start(): Worker | null {
    if (this.#worker !== null) return this.#worker
    try {
      const worker = new Worker(this.#entry)
      worker.on("message", (answer: TokenAnswer) => this.#settle(answer))
      worker.on("error", error => this.#fail(worker, error))
      worker.on("exit", () => this.#fail(worker, null))
      this.#worker = worker
      return worker
    } catch (error) {
      this.#log.warn(`tokens are estimated, no thread counts them: ${messageOf(error)}`)
      return null
    }
  }

  #settle({ id, counts }: TokenAnswer): void {
    const waiter = this.#waiters.get(id)
    this.#waiters.delete(id)
    if (this.#waiters.size === 0) this.#worker?.unref()
    waiter?.resolve(counts)
  }

  /** A thread that ends for want of questions is no failure. */
  #fail(worker: Worker, error: Error | null): void {
    if (this.#worker !== worker) return
    this.#worker = null
    if (this.#waiters.size > 0) {
      this.#log.warn(`tokens are estimated, the thread ended: ${messageOf(error ?? "no reason given")}`)
    }
    this.#estimateAll()
  }

  #estimateAll(): void {
    for (const { texts, resolve } of this.#waiters.values()) resolve(texts.map(estimateTokens))
    this.#waiters.clear()
  }
}
