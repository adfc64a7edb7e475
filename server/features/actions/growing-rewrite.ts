/** Most lines of old code that a rewrite is laid against; more would make people wait. */
const MOST_LINES = 1500
/** Ways to go on after the lines that came, tried per line. */
const MOST_TAILS = 5

/**
 * Old code that is rewritten line by line while its new lines come: for each number of them, what could stand there
 * meanwhile, the new lines followed by what is left of the old ones.
 */
export class GrowingRewrite {
  readonly #old: readonly string[]
  readonly #lines: string[] = []
  /** For the lines so far: what it costs to turn the first so many old lines into them. */
  readonly #costs: number[][] = []

  constructor(old: readonly string[]) {
    this.#old = old.slice(0, MOST_LINES)
    this.#costs.push(Array.from({ length: this.#old.length + 1 }, (_, at) => at))
  }

  /** New lines there are. */
  get length(): number {
    return this.#lines.length
  }

  /** Takes one more new line, without its break. */
  push(line: string): void {
    const above = this.#costs.at(-1)!
    const row = [this.#lines.length + 1]
    this.#old.forEach((old, at) => {
      const same = old.trim() === line.trim()
      row.push(Math.min(above[at]! + (same ? 0 : 1), above[at + 1]! + 1, row[at]! + 1))
    })
    this.#lines.push(line)
    this.#costs.push(row)
  }

  /** The new lines taken back, to begin anew. */
  clear(): void {
    this.#lines.length = 0
    this.#costs.length = 1
  }

  /** What could stand there after the first `count` new lines, likeliest first: lines without their breaks. */
  after(count: number): readonly (readonly string[])[] {
    const lines = this.#lines.slice(0, count)
    const costs = this.#costs[count]!
    const least = Math.min(...costs)
    const ends = costs
      .map((cost, consumed) => ({ cost, consumed }))
      .filter(({ cost }) => cost <= least + 2)
      .sort((a, b) => a.cost - b.cost || b.consumed - a.consumed)
      .slice(0, MOST_TAILS)
    const tails = ends.map(({ consumed }) => [...lines, ...this.#old.slice(consumed)])
    return [...tails, [...lines, ...closersOf(lines)]]
  }
}

const CLOSER: { readonly [open: string]: string } = { "(": ")", "[": "]", "{": "}" }

/** Lines that close what is still open, each as far in as what it closes. */
function closersOf(lines: readonly string[]): readonly string[] {
  const open: { readonly closer: string; readonly indent: string }[] = []
  for (const line of lines) {
    const indent = /^\s*/.exec(line)![0]
    for (const mark of line.replace(TEXTS, "")) {
      const closer = CLOSER[mark]
      if (closer !== undefined) open.push({ closer, indent })
      else if (open.at(-1)?.closer === mark) open.pop()
    }
  }
  return open.reverse().map(({ closer, indent }) => indent + closer)
}

/** Texts and comments within one line, as most languages write them. */
const TEXTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|#\s.*/g
