import type { ContextRequest } from "./context-request.ts"
import type { LineCosts } from "./line-costs.ts"
import { shortPath } from "./short-path.ts"

/** Beside its path a file's header takes a comment sign and a break. */
const HEADER_MARK = 2

/** Lines of one file: single ones, and stretches of them. */
interface ShownLines {
  readonly lines: Set<number>
  readonly spans: { readonly startLine: number; readonly endLine: number }[]
}

/**
 * Tokens spent and what is shown already.
 * Invariant: never more is spent than the budget, and no line of a file is claimed twice.
 */
export class Ledger {
  readonly #request: ContextRequest
  readonly #costs: LineCosts
  readonly #headed = new Set<string>()
  readonly #headers = new Map<string, number>()
  readonly #shown = new Map<string, ShownLines>()
  #spent = 0

  constructor(request: ContextRequest, costs: LineCosts) {
    this.#request = request
    this.#costs = costs
  }

  get spent(): number {
    return this.#spent
  }

  /** Tokens that are left. */
  get left(): number {
    return this.#request.budget - this.#spent
  }

  /** Tokens of a line of a part, with its break. */
  costOfLine(line: string): number {
    return this.#costs.of(line, this.#request.countTokens)
  }

  /** Tokens of a text of whole lines. */
  costOfText(text: string): number {
    let cost = 0
    for (const line of text.split("\n")) cost += this.costOfLine(line)
    return cost
  }

  /** Tokens of the header of a file, paid or not. */
  headerOf(path: string): number {
    let tokens = this.#headers.get(path)
    if (tokens === undefined) {
      tokens = this.#request.countTokens(shortPath(path, this.#request.roots ?? [])) + HEADER_MARK
      this.#headers.set(path, tokens)
    }
    return tokens
  }

  /** Tokens of the header of a file, 0 once it is paid. */
  costOfHeader(path: string): number {
    return this.#headed.has(path) ? 0 : this.headerOf(path)
  }

  /** Pays for something of a file that costs so many tokens, and the file's header; false, and nothing paid, if it is too much. */
  pay(path: string, tokens: number): boolean {
    const cost = tokens + this.costOfHeader(path)
    if (cost > this.left) return false
    this.#spent += cost
    this.#headed.add(path)
    return true
  }

  /** Whether a line of a file is shown. */
  isShown(path: string, line: number): boolean {
    const shown = this.#shown.get(path)
    if (shown === undefined) return false
    return shown.lines.has(line) || shown.spans.some(span => span.startLine <= line && line < span.endLine)
  }

  /** Notes that lines are shown, `endLine` exclusive. */
  show(path: string, startLine: number, endLine: number): void {
    let shown = this.#shown.get(path)
    if (shown === undefined) {
      shown = { lines: new Set(), spans: [] }
      this.#shown.set(path, shown)
    }
    if (endLine - startLine === 1) shown.lines.add(startLine)
    else shown.spans.push({ startLine, endLine })
  }

  /** Whether any of the lines is shown, `endLine` exclusive. */
  isAnyShown(path: string, startLine: number, endLine: number): boolean {
    for (let line = startLine; line < endLine; line++) if (this.isShown(path, line)) return true
    return false
  }
}
