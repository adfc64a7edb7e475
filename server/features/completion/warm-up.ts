import { yieldToLoop } from "../../base/time-slice.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import { type CompletionSources, complete } from "./complete.ts"

/** Answers before the first one that counts: enough for the code of the engine to be compiled and its document read. */
const ANSWERS = 12

/**
 * Completes at places spread over a document and throws the answers away, one per turn of the event loop, so that the
 * first answer a user waits for is as fast as the later ones. `current` is asked each time; null ends it.
 */
export async function warmUp(
  current: () => { readonly document: DocumentSnapshot; readonly sources: CompletionSources } | null,
  signal: AbortSignal,
): Promise<void> {
  for (let turn = 1; turn <= ANSWERS; turn++) {
    await yieldToLoop()
    const now = signal.aborted ? null : current()
    if (now === null) return
    const { text, lines } = now.document
    const line = Math.floor((lines.count * turn) / (ANSWERS + 1))
    const indent = /^\s*/.exec(text.slice(lines.startOf(line), lines.startOf(line + 1)))![0]
    const offset = lines.startOf(line) + indent.length
    const query = {
      document: now.document,
      offset,
      surface: "ghost",
      eagerness: "eager",
      maxWords: 10,
    } as const
    complete(query, now.sources, signal)
  }
}
