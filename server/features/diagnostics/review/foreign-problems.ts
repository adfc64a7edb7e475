import type { TextChange } from "../../../base/text-change.ts"
import type { Finding } from "../finding.ts"
import { moved } from "./moved.ts"
import type { Stretch } from "./place-claim.ts"

/** Something that another server reported in a document. Offsets are UTF-16 code units. */
export interface ForeignProblem extends Stretch {
  readonly message: string
}

/** Most problems remembered of one document; the oldest go first. */
const MOST = 200
/** Words in common that make two messages one, and the length in letters from which a word counts. */
const COMMON_WORDS = 2
const WORDS = /[\p{L}_$][\p{L}\p{N}_$]{3,}/gu

/** What other servers report in one document, as far as an editor tells of it when it asks for actions. */
export class ForeignProblems {
  #problems: readonly ForeignProblem[] = []

  /** Takes in all that stands in a stretch, in place of what stood there before. */
  note({ start, end }: Stretch, problems: readonly ForeignProblem[]): void {
    // Some editors tell of more than what touches the stretch.
    const isTold = (each: ForeignProblem): boolean =>
      problems.some(told => told.start === each.start && told.end === each.end)
    const others = this.#problems.filter(each => (each.start > end || start > each.end) && !isTold(each))
    this.#problems = [...others, ...problems].slice(-MOST)
  }

  /** Carries what is known over a change; what was reported of the changed text is known no more. */
  changed(change: TextChange): void {
    if (this.#problems.length > 0) this.#problems = this.#problems.flatMap(each => moved(each, change) ?? [])
  }

  /** Whether another server says the same: of the very same text, or of some of it in words that are partly the same. */
  has({ start, end, message }: Pick<Finding, "start" | "end" | "message">): boolean {
    const words = new Set(message.toLowerCase().match(WORDS))
    return this.#problems.some(each => {
      if (each.start >= end || start >= each.end) return false
      if (each.start === start && each.end === end) return true
      const same = new Set((each.message.toLowerCase().match(WORDS) ?? []).filter(word => words.has(word)))
      return same.size >= COMMON_WORDS
    })
  }
}
