import { parentPort } from "node:worker_threads"
import type { TokenEncoding } from "./token-encoding.ts"
import { loadCounter, type TokenCounter } from "./token-vocabulary.ts"

/** What the token thread is asked. */
export interface TokenQuestion {
  readonly id: number
  readonly encoding: TokenEncoding
  readonly texts: readonly string[]
}

/** What it answers: a count for each text. */
export interface TokenAnswer {
  readonly id: number
  readonly counts: readonly number[]
}

/** Without a question for so long the thread ends, and gives its vocabularies' memory back. */
const IDLE_MS = 30_000

// Entry of the thread that counts tokens: answers in the order of questions.
const counters = new Map<TokenEncoding, Promise<TokenCounter>>()
let idle: NodeJS.Timeout | undefined

parentPort?.on("message", async ({ id, encoding, texts }: TokenQuestion) => {
  clearTimeout(idle)
  const loading = counters.get(encoding) ?? loadCounter(encoding)
  counters.set(encoding, loading)
  const count = await loading
  const answer: TokenAnswer = { id, counts: texts.map(count) }
  parentPort?.postMessage(answer)
  clearTimeout(idle)
  idle = setTimeout(() => parentPort?.close(), IDLE_MS)
})
