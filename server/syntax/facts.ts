import { LineIndex } from "../base/line-index.ts"
import type { Span, SyntaxCursor, SyntaxTree } from "./parser.ts"
import { readStatement, type StatementFacts } from "./statement-walk.ts"
import { type ImportFact, SYMBOL_KINDS, SYMBOL_STRIDE, SymbolColumn, type SymbolKind } from "./symbols.ts"
import type { WalkPlan } from "./walk-plan.ts"

/** What one file declares and imports. */
export interface SyntaxFacts {
  /** Name of each symbol row. */
  readonly names: readonly string[]
  /** Rows of `SYMBOL_STRIDE` integers in document order; the name column is an index into `names`. */
  readonly symbols: Int32Array
  /** One-line signature of each symbol row, at most 160 units. */
  readonly signatures: readonly string[]
  readonly imports: readonly ImportFact[]
}

/** The facts of a whole text. `lines` is the line index of the text, where the caller has it. */
export function extractFacts(
  text: string,
  tree: SyntaxTree,
  lines: LineIndex = LineIndex.of(text),
): SyntaxFacts {
  return joinStatements(readStatements(text, tree), lines)
}

/** The facts of a statement of the top level, and where it stands. */
export interface PlacedStatement {
  readonly start: number
  readonly end: number
  readonly facts: StatementFacts
}

/** The statements of the top level that say something. */
export function readStatements(text: string, tree: SyntaxTree): readonly PlacedStatement[] {
  const reader = new StatementReader(text, tree, null)
  reader.readUntil(Number.POSITIVE_INFINITY)
  return reader.statements
}

/** Reads the statements of the top level that say something, as far as time allows. Good until the tree is edited or released. */
export class StatementReader {
  readonly #text: string
  readonly #plan: WalkPlan
  readonly #span: Span | null
  readonly #cursor: SyntaxCursor
  readonly #statements: PlacedStatement[] = []
  #hasMore: boolean

  /** With a span, only statements that touch it are read. */
  constructor(text: string, tree: SyntaxTree, span: Span | null) {
    this.#text = text
    this.#plan = tree.plan
    this.#span = span
    this.#cursor = tree.walk()
    this.#hasMore = this.#cursor.gotoFirstChild()
    if (span === null) return
    while (this.#hasMore && this.#cursor.endIndex < span.start) this.#hasMore = this.#cursor.gotoNextSibling()
  }

  /** What was read so far. */
  get statements(): readonly PlacedStatement[] {
    return this.#statements
  }

  /** Reads on until `deadline`, in milliseconds of `performance.now`, one statement at least; true when all are read. */
  readUntil(deadline: number): boolean {
    while (this.#hasMore) {
      this.#hasMore = this.#read() && this.#cursor.gotoNextSibling()
      if (performance.now() >= deadline) break
    }
    return !this.#hasMore
  }

  /** Reads the statement under the cursor; false if it is beyond the span. */
  #read(): boolean {
    const cursor = this.#cursor
    if (this.#span !== null && cursor.startIndex > this.#span.end) return false
    const facts = readStatement(this.#text, cursor, this.#plan)
    if (facts !== null) this.#statements.push({ start: cursor.startIndex, end: cursor.endIndex, facts })
    return true
  }
}

/** The facts of the statements of one text, which `lines` belongs to. */
export function joinStatements(statements: readonly PlacedStatement[], lines: LineIndex): SyntaxFacts {
  const names: string[] = []
  const signatures: string[] = []
  const imports: ImportFact[] = []
  const rows: number[] = []
  const owners: (string | null)[] = []
  for (const { start, facts } of statements) {
    const first = names.length
    for (const each of facts.declarations) {
      const nameStart = start + each.nameStart
      const container = each.container === -1 ? -1 : first + each.container
      const kind = KIND_INDEX.get(each.kind)!
      rows.push(
        names.length,
        kind,
        start + each.start,
        start + each.end,
        nameStart,
        container,
        each.exported ? 1 : 0,
        lines.lineAt(nameStart),
      )
      names.push(each.name)
      signatures.push(each.signature)
      owners.push(each.owner)
    }
    for (const each of facts.imports)
      imports.push({ ...each, start: start + each.start, end: start + each.end })
  }
  const symbols = new Int32Array(rows)
  markExports(symbols, names, statements)
  findOwners(symbols, names, owners)
  return { names, symbols, signatures, imports }
}

const KIND_INDEX: ReadonlyMap<SymbolKind, number> = new Map(SYMBOL_KINDS.map((kind, index) => [kind, index]))

/** Exports what the file lists, then hides what stands in something that is not exported. */
function markExports(
  symbols: Int32Array,
  names: readonly string[],
  statements: readonly PlacedStatement[],
): void {
  const listed = new Set(statements.flatMap(({ facts }) => facts.exports))
  for (let at = 0; at < symbols.length; at += SYMBOL_STRIDE) {
    const container = symbols[at + SymbolColumn.container]!
    if (container === -1) {
      if (listed.has(names[symbols[at + SymbolColumn.name]!]!)) symbols[at + SymbolColumn.exported] = 1
    } else if (symbols[container * SYMBOL_STRIDE + SymbolColumn.exported] === 0) {
      symbols[at + SymbolColumn.exported] = 0
    }
  }
}

/** Gives declarations that name their owner (a Go receiver) the first symbol of that name as their container. */
function findOwners(symbols: Int32Array, names: readonly string[], owners: readonly (string | null)[]): void {
  if (owners.every(owner => owner === null)) return
  const rowOf = new Map<string, number>()
  for (let row = names.length - 1; row >= 0; row--) {
    if (symbols[row * SYMBOL_STRIDE + SymbolColumn.container] === -1 && owners[row] === null) {
      rowOf.set(names[row]!, row)
    }
  }
  owners.forEach((owner, row) => {
    const container = owner === null ? undefined : rowOf.get(owner)
    if (container !== undefined) symbols[row * SYMBOL_STRIDE + SymbolColumn.container] = container
  })
}
