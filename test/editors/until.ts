import type { EventEmitter } from "node:events"

/** A generous bound for one wait, ms: only something hung reaches it. */
const DEADLINE_MS = 30_000

/** Something that is to become true, and how to know when it never will. */
interface Condition {
  /** Completes the sentence "waited for …". */
  readonly what: string
  readonly holds: () => Promise<boolean>
  /** Emits `change` whenever `holds` might have a new answer; nothing is asked in between. */
  readonly changes: EventEmitter
  /** True once nothing can change any more. */
  readonly ended: () => boolean
  /** What a reader of the failure wants to see. */
  readonly evidence: () => Promise<string>
}

/** Resolves once the condition holds. Throws Error with the evidence when it can't, or has not within 30 s. */
export async function until(condition: Condition): Promise<void> {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  let wake = (): void => {}
  const listener = (): void => wake()
  condition.changes.on("change", listener)
  deadline.addEventListener("abort", listener)
  try {
    for (;;) {
      const changed = new Promise<void>(resolve => {
        wake = resolve
      })
      const last = condition.ended() || deadline.aborted
      if (await condition.holds()) return
      if (last) throw new Error(`waited in vain for ${condition.what}:\n${await condition.evidence()}`)
      await changed
    }
  } finally {
    condition.changes.off("change", listener)
    deadline.removeEventListener("abort", listener)
  }
}
