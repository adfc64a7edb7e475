/** Predictions whose answer is known, as flat columns: for each, its votes and which of them are right. */
export interface VoteExamples {
  readonly count: number
  /** Index of the first vote of each example, and one past the last vote at the end. */
  readonly firsts: readonly number[]
  /** 1 for a vote that names the wanted token. */
  readonly right: Uint8Array
  /** `groups` feature indices for each vote. */
  readonly features: Uint8Array
  readonly groups: number
}

/** Collects examples; columns grow as needed. */
export class VoteExampleList implements VoteExamples {
  readonly groups: number
  readonly firsts: number[] = [0]
  right: Uint8Array = new Uint8Array(1 << 16)
  features: Uint8Array
  /** Predictions in which no vote was right; nothing can be learned from them. */
  hopeless = 0

  constructor(groups: number) {
    this.groups = groups
    this.features = new Uint8Array((1 << 16) * groups)
  }

  get count(): number {
    return this.firsts.length - 1
  }

  /** Adds one prediction: `isRight` for each of its votes, their features in `features` from index 0 on. */
  add(isRight: readonly boolean[], features: Uint8Array): void {
    if (!isRight.includes(true)) {
      this.hopeless++
      return
    }
    const first = this.firsts.at(-1)!
    const past = first + isRight.length
    while (past > this.right.length) {
      this.right = grown(this.right)
      this.features = grown(this.features)
    }
    for (const [vote, right] of isRight.entries()) this.right[first + vote] = right ? 1 : 0
    this.features.set(features.subarray(0, isRight.length * this.groups), first * this.groups)
    this.firsts.push(past)
  }
}

function grown(column: Uint8Array): Uint8Array {
  const larger = new Uint8Array(column.length * 2)
  larger.set(column)
  return larger
}
