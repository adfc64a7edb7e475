import { Worker } from "node:worker_threads"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import { sortBlock, type TokenBlock } from "./token-block.ts"

/** Turns stretches of packed tokens into blocks, away from the caller's thread where it can. */
export interface Sorter {
  /** The block of `tokens`, which must not change any more. Rejects after `dispose`, or where memory is short. */
  sort(tokens: Int32Array): Promise<TokenBlock>
  dispose(): Promise<void>
}

/** A sorter on the calling thread, for tests and short-lived programs. */
export function createInProcessSorter(): Sorter {
  return {
    sort: async tokens => sortBlock(tokens),
    dispose: async () => {},
  }
}

/** What the sort thread is sent; `tokens` stands on shared memory. */
export interface SortJob {
  readonly id: number
  readonly tokens: Int32Array
}

/** What it answers; every column stands on shared memory. */
export interface SortResult {
  readonly id: number
  readonly block: TokenBlock
}

interface Waiter {
  readonly tokens: Int32Array
  readonly resolve: (block: TokenBlock) => void
  readonly reject: (reason: Error) => void
}

/** A thread without a job for so many ms is let go, to give its memory back. */
const IDLE_MS = 5000

/**
 * A sorter on one worker thread, started when there is a job. `entry` is the path of the bundled sort-thread. A thread that
 * has had nothing to do for `idleMs` is let go.
 */
export function createThreadSorter(entry: string, log: Log, idleMs: number = IDLE_MS): Sorter {
  return new ThreadSorter(entry, log, idleMs)
}

class ThreadSorter implements Sorter {
  readonly #entry: string
  readonly #log: Log
  readonly #idleMs: number
  readonly #waiters = new Map<number, Waiter>()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #nextId = 0
  #disposed = false

  constructor(entry: string, log: Log, idleMs: number) {
    this.#entry = entry
    this.#log = log
    this.#idleMs = idleMs
  }

  sort(tokens: Int32Array): Promise<TokenBlock> {
    if (this.#disposed) return Promise.reject(new Error("the sorter is disposed"))
    clearTimeout(this.#idle)
    const worker = this.#start()
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const job: SortJob = { id, tokens: shared(tokens) }
      this.#waiters.set(id, { tokens, resolve, reject })
      // Only a job that is waited for keeps the process alive.
      worker?.ref()
      worker?.postMessage(job)
      if (worker === null) this.#sortHere(id)
    })
  }

  async dispose(): Promise<void> {
    this.#disposed = true
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = null
    for (const waiter of this.#waiters.values()) waiter.reject(new Error("the sorter is disposed"))
    this.#waiters.clear()
    await worker?.terminate()
  }

  #start(): Worker | null {
    if (this.#worker !== null) return this.#worker
    try {
      const worker = new Worker(this.#entry)
      worker.on("message", (result: SortResult) => this.#settle(result))
      worker.on("error", error => this.#fail(worker, error))
      worker.on("exit", code => this.#fail(worker, new Error(`it ended with code ${code}`)))
      worker.unref()
      this.#worker = worker
      return worker
    } catch (error) {
      this.#log.warn(`no sort thread: ${messageOf(error)}`)
      return null
    }
  }

  #settle(result: SortResult): void {
    const waiter = this.#waiters.get(result.id)
    this.#waiters.delete(result.id)
    if (this.#waiters.size === 0) this.#rest()
    waiter?.resolve(result.block)
  }

  #rest(): void {
    this.#worker?.unref()
    this.#idle = setTimeout(() => {
      const worker = this.#worker
      this.#worker = null
      void worker?.terminate()
    }, this.#idleMs)
    this.#idle.unref()
  }

  /** A dead thread costs nothing but time: its jobs are done here. */
  #fail(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#log.error("the sort thread died", error)
    this.#worker = null
    for (const id of [...this.#waiters.keys()]) this.#sortHere(id)
  }

  #sortHere(id: number): void {
    const waiter = this.#waiters.get(id)
    if (waiter === undefined) return
    this.#waiters.delete(id)
    try {
      waiter.resolve(sortBlock(waiter.tokens))
    } catch (error) {
      waiter.reject(new Error("no room to sort", { cause: error }))
    }
  }
}

/** The same integers on shared memory: itself if it already is. */
function shared(tokens: Int32Array): Int32Array {
  if (tokens.buffer instanceof SharedArrayBuffer) return tokens
  const copy = new Int32Array(new SharedArrayBuffer(tokens.byteLength))
  copy.set(tokens)
  return copy
}
