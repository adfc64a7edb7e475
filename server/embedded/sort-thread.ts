import { parentPort } from "node:worker_threads"
import { SortSpace } from "./context-order.ts"
import type { SortJob, SortResult } from "./sorter.ts"
import { sortBlock } from "./token-block.ts"

// Entry of the thread that sorts: one job in, one block out, in order. Columns on shared memory are passed without copying.
const space = new SortSpace()

function sharedColumn(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))
}

parentPort?.on("message", (job: SortJob) => {
  const result: SortResult = { id: job.id, block: sortBlock(job.tokens, space, sharedColumn) }
  parentPort?.postMessage(result)
})
