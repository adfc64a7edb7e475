import type { TextChange } from "../base/text-change.ts"
import type { Declaration } from "./declaration.ts"
import type { PlacedStatement } from "./facts.ts"
import type { Span } from "./parser.ts"

/**
 * The statements of a text after `change` was made in it, as far as can be said without parsing: what stands beside the
 * change is exact, and a statement around it keeps the declarations whose names the change left alone.
 */
export function movedStatements(
  statements: readonly PlacedStatement[],
  change: TextChange,
): readonly PlacedStatement[] {
  const shift = change.text.length - (change.end - change.start)
  return statements.map(statement => {
    const { start, end, facts } = statement
    if (end <= change.start) return statement
    if (start >= change.end) return { start: start + shift, end: end + shift, facts }
    const span = { start: movedOffset(start, change), end: movedOffset(end, change) }
    return reshaped(statement, span, {
      keeps: offset => offset < change.start || offset >= change.end,
      moved: offset => movedOffset(offset, change),
    })
  })
}

/** Offsets in ascending order after `change` was made in their text, without those whose place is gone. */
export function movedOffsets(offsets: readonly number[], change: TextChange): readonly number[] {
  const kept = offsets.filter(offset => offset <= change.start || offset >= change.end)
  return kept.map(offset => movedOffset(offset, change))
}

/** `statements` with all they say of names in `span` replaced by `fresh`; those that reach beyond it are cut. */
export function splicedStatements(
  statements: readonly PlacedStatement[],
  span: Span,
  fresh: readonly PlacedStatement[],
): readonly PlacedStatement[] {
  const before = statements.filter(({ start }) => start < span.start)
  const after = statements.filter(({ end }) => end > span.end)
  return [
    ...before.map(statement => cut(statement, { start: 0, end: span.start })),
    ...fresh,
    ...after.map(statement => cut(statement, { start: span.end, end: statement.end })),
  ]
}

/** Where `offset` is after `change`; what was replaced is where the change begins. */
function movedOffset(offset: number, { start, end, text }: TextChange): number {
  if (offset >= end) return offset + text.length - (end - start)
  return Math.min(offset, start)
}

/** The statement with what it says of names in `span` alone. */
function cut(statement: PlacedStatement, { start, end }: Span): PlacedStatement {
  if (statement.start >= start && statement.end <= end) return statement
  const span = { start: Math.max(start, statement.start), end: Math.min(end, statement.end) }
  return reshaped(statement, span, {
    keeps: offset => offset >= start && offset < end,
    moved: offset => offset,
  })
}

/** What becomes of a statement's offsets; both count in the text. */
interface Reshaping {
  /** Whether the declaration with its name here, or the import that begins here, stays. */
  readonly keeps: (offset: number) => boolean
  readonly moved: (offset: number) => number
}

function reshaped(statement: PlacedStatement, span: Span, { keeps, moved }: Reshaping): PlacedStatement {
  const { start, facts } = statement
  const placed = (offset: number): number => moved(start + offset) - span.start
  const indexes = new Map<number, number>()
  const declarations: Declaration[] = []
  facts.declarations.forEach((each, index) => {
    if (!keeps(start + each.nameStart)) return
    indexes.set(index, declarations.length)
    declarations.push({
      ...each,
      start: placed(each.start),
      end: placed(each.end),
      nameStart: placed(each.nameStart),
      container: indexes.get(each.container) ?? -1,
    })
  })
  const imports = facts.imports
    .filter(each => keeps(start + each.start))
    .map(each => ({ ...each, start: placed(each.start), end: placed(each.end) }))
  return { ...span, facts: { declarations, imports, exports: facts.exports } }
}
