import { splitAtPlaceholders } from "../../../context/redact/redactions.ts"
import type { ShownFile } from "./landing.ts"
import { breaksMore, type Declared, declaredIn } from "./outline.ts"

/** Why the text `after` must not replace the present one of `file`, as a sentence for the user; null if it may. */
export function objectionTo(file: ShownFile, after: string): string | null {
  const placeholder = freshPlaceholder(file.asked, after)
  if (placeholder !== null)
    return `The model would write ${placeholder} into ${file.path}, which stands for a secret of another place; nothing was changed.`
  const worse = breaksMore(file.now, after, file.parser)
  if (worse === null)
    return `${file.path} is too large to check what the model wants to change in it; nothing was changed.`
  if (worse) return `The model's answer does not parse in ${file.path}; ask again.`
  const twice = declaredTwice(declaredIn(file.now, file.parser), declaredIn(after, file.parser))
  return twice === null ? null : `The model would declare ${twice} a second time in ${file.path}; ask again.`
}

/** A placeholder that stands in `after` more often than in `before`, or null. */
function freshPlaceholder(before: string, after: string): string | null {
  const old = placeholdersOf(before)
  return placeholdersOf(after).find((each, _, all) => countOf(each, all) > countOf(each, old)) ?? null
}

function placeholdersOf(text: string): readonly string[] {
  return splitAtPlaceholders(text).filter((_, at) => at % 2 === 1)
}

function countOf<T>(value: T, all: readonly T[]): number {
  return all.filter(each => each === value).length
}

/** What was declared, and now is declared once more in the same place by the same words. */
function declaredTwice(before: readonly Declared[], after: readonly Declared[]): string | null {
  const key = (each: Declared): string => `${each.path}\n${each.signature}`
  const old = counted(before.map(key))
  const fresh = counted(after.map(key))
  const found = after.find(each => (fresh.get(key(each)) ?? 0) > Math.max(1, old.get(key(each)) ?? 0))
  return found?.name ?? null
}

function counted(all: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}
