import { parentPort } from "node:worker_threads"
import type { SortJob, SortResult } from "./sorter.ts"
import { sortBlock, type TokenBlock } from "./token-block.ts"

// Entry of the thread that sorts: one job in, one block out, in order.
parentPort?.on("message", (job: SortJob) => {
  const result: SortResult = { id: job.id, block: onSharedMemory(sortBlock(job.tokens)) }
  parentPort?.postMessage(result)
})

/** Columns on shared memory are passed without copying. */
function onSharedMemory(block: TokenBlock): TokenBlock {
  return {
    tokens: block.tokens,
    concrete: sharedInts(block.concrete),
    shape: sharedInts(block.shape),
    back: sharedBytes(block.back),
    breaks: sharedBytes(block.breaks),
  }
}

function sharedInts(column: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(column.byteLength))
  copy.set(column)
  return copy
}

function sharedBytes(column: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(column.byteLength))
  copy.set(column)
  return copy
}
