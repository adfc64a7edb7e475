import { fieldsOf } from "./json-config.ts"
import { matchesStar } from "./path-parts.ts"

/** Conditions that count, whatever the code runs on: what is looked for is the source, and types stand in for it. */
const CONDITIONS: ReadonlySet<string> = new Set(
  "source types typings import require module default node browser development production bun deno react-server worker".split(
    " ",
  ),
)
/** Conditions within conditions; real ones stay far below. */
const MAX_DEPTH = 8

/**
 * Paths that `exports` or `imports` of a package give for a key (`.`, `./name` or `#name`), as written, in their order.
 * Empty if the key is not offered.
 */
export function exportTargets(table: unknown, key: string): readonly string[] {
  const fields = fieldsOf(table)
  const isTable = [...fields.keys()].some(each => /^[.#]/.test(each))
  if (!isTable) return key === "." ? leaves(table, 0) : []
  const exact = fields.get(key)
  if (exact !== undefined && !key.includes("*")) return leaves(exact, 0)
  let best: { prefix: string; suffix: string; value: unknown } | null = null
  for (const [pattern, value] of fields) {
    const [prefix = "", suffix] = pattern.endsWith("/") ? [pattern, ""] : pattern.split("*")
    if (suffix === undefined || !matchesStar(prefix, suffix, key)) continue
    if (prefix.length > (best?.prefix.length ?? -1)) best = { prefix, suffix, value }
  }
  if (best === null) return []
  const star = key.slice(best.prefix.length, key.length - best.suffix.length)
  return leaves(best.value, 0).map(target =>
    target.endsWith("/") ? `${target}${star}` : target.replaceAll("*", () => star),
  )
}

function leaves(value: unknown, depth: number): readonly string[] {
  if (typeof value === "string") return [value]
  if (depth === MAX_DEPTH) return []
  if (Array.isArray(value)) return value.flatMap((each: unknown) => leaves(each, depth + 1))
  return [...fieldsOf(value)].flatMap(([condition, each]) =>
    CONDITIONS.has(condition) || condition.startsWith("types@") ? leaves(each, depth + 1) : [],
  )
}
