import { TimeSlice } from "../../../base/time-slice.ts"
import { splitAtPlaceholders } from "../../../context/redact/redactions.ts"
import { StatementReader } from "../../../syntax/facts.ts"
import type { ChangedCode, CodeText } from "./code-text.ts"
import type { OpenFile } from "./open-files.ts"
import { breakagesIn, type Declared, declarationsOf, declaredIn, statementsAround } from "./outline.ts"
import type { Target } from "./target.ts"

/** Longest stretch of reading, ms. */
const SLICE_MS = 4

/**
 * Why a change of the present text of `file` must not be made, as a sentence for the user; null if it may. `rewritten` is what
 * has to be declared afterwards as before, if anything.
 */
export async function objectionTo(
  { path, asked, now }: OpenFile,
  { code, spanBefore, spanAfter }: ChangedCode,
  rewritten: Target | null,
): Promise<string | null> {
  const placeholder = freshPlaceholder(asked.text, code.text)
  if (placeholder !== null)
    return `The model would write ${placeholder} into ${path}, which stands for a secret of another place; nothing was changed.`
  if (breakagesIn(code, spanAfter) > breakagesIn(now, spanBefore))
    return `The model's answer does not parse in ${path}; ask again.`
  const [old, fresh] = [declaredIn(now, spanBefore), declaredIn(code, spanAfter)]
  const added = moreThan(counted(old), fresh)
  const twice =
    added.find(each => counted(fresh).get(keyOf(each))! > 1) ??
    (await standsElsewhere(added, code, spanAfter))
  if (twice !== null) return `The model would declare ${twice.name} a second time in ${path}; ask again.`
  if (added.some(nestsItself)) return "The model answered with more than it was asked for; ask again."
  if (rewritten?.name == null || isKept(rewritten.name, old, fresh)) return null
  return `The model answered with something other than ${rewritten.name}; ask again.`
}

/** A placeholder that stands in `after` more often than in `before`, or null. */
export function freshPlaceholder(before: string, after: string): string | null {
  const old = placeholdersOf(before)
  return placeholdersOf(after).find((each, _, all) => countOf(each, all) > countOf(each, old)) ?? null
}

function placeholdersOf(text: string): readonly string[] {
  return splitAtPlaceholders(text).filter((_, at) => at % 2 === 1)
}

function countOf<T>(value: T, all: readonly T[]): number {
  return all.filter(each => each === value).length
}

/** What says whether two declarations are of the same thing. */
function keyOf({ path, signature }: Declared): string {
  return [...path, signature].join("\n")
}

function counted(all: readonly Declared[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1)
  return counts
}

/** The declarations of which there are more than there were. */
function moreThan(old: ReadonlyMap<string, number>, fresh: readonly Declared[]): readonly Declared[] {
  const counts = counted(fresh)
  return fresh.filter(each => counts.get(keyOf(each))! > (old.get(keyOf(each)) ?? 0))
}

/** The first of the declarations that stands in the text a second time, outside the statements around a span; null if none does. */
async function standsElsewhere(
  added: readonly Declared[],
  code: CodeText,
  span: ChangedCode["spanAfter"],
): Promise<Declared | null> {
  if (added.length === 0 || code.tree === null) return null
  const { start, end } = statementsAround(code.tree, span)
  const rest = [code.text.slice(0, start), code.text.slice(end)]
  const likely = added.filter(({ name }) => rest.some(part => part.includes(name)))
  if (likely.length === 0) return null
  const reader = new StatementReader(code.text, code.tree, null)
  const slice = new TimeSlice(SLICE_MS)
  while (!reader.readUntil(performance.now() + SLICE_MS)) await slice.pause()
  const counts = counted(reader.statements.flatMap(declarationsOf))
  return likely.find(each => counts.get(keyOf(each))! > 1) ?? null
}

/** Whether something is declared within another thing of the name of what holds that: a whole class put into itself. */
function nestsItself({ path }: Declared): boolean {
  return path.some((name, at) => at + 2 < path.length && path[at + 1] === name)
}

/** Whether every declaration of a name is still there, in its place. */
function isKept(name: string, old: readonly Declared[], fresh: readonly Declared[]): boolean {
  const paths = (all: readonly Declared[]): readonly string[] =>
    all.filter(each => each.name === name).map(each => each.path.join("\n"))
  const [before, after] = [paths(old), paths(fresh)]
  return before.every(path => countOf(path, after) >= countOf(path, before))
}
