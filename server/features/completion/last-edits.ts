import type { TextChange } from "../../base/text-change.ts"
import type { Clock } from "../../model/clock.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"

/** What the last step in a document was: `other` is more than one place at once. */
export interface LastEdit {
  readonly kind: "insert" | "delete" | "undo" | "other"
  /** What was put in; empty unless it is an insertion. */
  readonly inserted: string
  /** When, ms of the clock's `ticks`. */
  readonly at: number
}

interface Step {
  readonly start: number
  readonly removed: string
  readonly inserted: string
}

/** Steps of one document that an undo can be told by, and units of one. */
const MAX_STEPS = 20
const MAX_UNITS = 2000

/** The last steps in each open document: editors do not say what is an undo, but it takes back exactly what was done last. */
export class LastEdits {
  readonly #clock: Clock
  readonly #steps = new Map<string, Step[]>()
  readonly #last = new Map<string, LastEdit>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Notes a step: `changes` were applied to `before`, in order. */
  note(before: DocumentSnapshot, changes: readonly TextChange[]): void {
    const { uri } = before
    const at = this.#clock.ticks()
    const [change] = changes
    if (change === undefined || changes.length > 1 || change.end - change.start > MAX_UNITS) {
      this.#steps.delete(uri)
      this.#last.set(uri, { kind: "other", inserted: "", at })
      return
    }
    const step = {
      start: change.start,
      removed: before.text.slice(change.start, change.end),
      inserted: change.text,
    }
    const kind = this.#kindOf(uri, step)
    this.#last.set(uri, { kind, inserted: kind === "insert" ? change.text : "", at })
  }

  /** The last step in a document; null if there was none since it was opened. */
  last(uri: string): LastEdit | null {
    return this.#last.get(uri) ?? null
  }

  /** Forgets a document. */
  close(uri: string): void {
    this.#steps.delete(uri)
    this.#last.delete(uri)
  }

  #kindOf(uri: string, step: Step): "insert" | "delete" | "undo" {
    const steps = this.#steps.get(uri) ?? []
    this.#steps.set(uri, steps)
    const latest = steps.at(-1)
    if (latest !== undefined && takesBack(step, latest)) {
      steps.pop()
      // Taking back one character is what the backspace key does.
      return step.inserted === "" && step.removed.length === 1 ? "delete" : "undo"
    }
    steps.push(step)
    if (steps.length > MAX_STEPS) steps.shift()
    return step.inserted.length < step.removed.length ? "delete" : "insert"
  }
}

function takesBack(step: Step, earlier: Step): boolean {
  return (
    step.start === earlier.start && step.removed === earlier.inserted && step.inserted === earlier.removed
  )
}
