import { indentOf } from "../base/indent.ts"

/** Lines of a file looked at; the head of a file tells enough. */
const MAX_LINES = 400
/** A habit is told only if this share of what was counted keeps to it. */
const CLEAR = 0.8
/** Fewer cases than this tell nothing. */
const FEWEST_CASES = 8

/**
 * How a project's code is written, one short sentence per habit that is clear from these samples: indentation, quotes,
 * semicolons, names of files. `paths` are those of the samples; nothing is said of what the samples don't agree on.
 */
export function conventionsOf(
  samples: readonly { readonly path: string; readonly text: string }[],
): readonly string[] {
  const lines = samples.flatMap(({ text }) => text.split("\n", MAX_LINES))
  const scripts = samples.filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path))
  const scriptLines = scripts.flatMap(({ text }) => text.split("\n", MAX_LINES))
  const habits = [
    indentation(lines),
    quotes(scriptLines),
    semicolons(scriptLines),
    fileNames(samples.map(({ path }) => path)),
  ]
  return habits.filter(habit => habit !== null)
}

/** The choice that most cases make, or null if none is clear. */
function clearChoice(cases: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const each of cases) counts.set(each, (counts.get(each) ?? 0) + 1)
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  if (best === undefined || cases.length < FEWEST_CASES) return null
  return best[1] >= CLEAR * cases.length ? best[0] : null
}

/** Told by the steps between a line and the deeper one after it. */
function indentation(lines: readonly string[]): string | null {
  const steps: string[] = []
  let before = ""
  for (const line of lines) {
    if (line.trim() === "") continue
    const indent = indentOf(line)
    if (indent.length > before.length && indent.startsWith(before)) steps.push(indent.slice(before.length))
    before = indent
  }
  const step = clearChoice(steps)
  if (step === null) return null
  return step === "\t" ? "Indentation: tabs." : `Indentation: ${step.length} spaces.`
}

function quotes(lines: readonly string[]): string | null {
  const found = lines.flatMap(
    line => /(?:from|require\(|[=(,:]) *(["'])(?:(?!["'`\\]).)*\1/.exec(line)?.[1] ?? [],
  )
  const quote = clearChoice(found)
  if (quote === null) return null
  return quote === '"' ? "Strings: double quotes." : "Strings: single quotes."
}

/** Told by the lines that end a statement whose next line starts another. */
function semicolons(lines: readonly string[]): string | null {
  const statements = lines.filter(line => /^\s*(?:const|let|return|import|throw)\b.*[\w)"'\]];?$/.test(line))
  const end = clearChoice(statements.map(line => (line.endsWith(";") ? ";" : "")))
  if (end === null) return null
  return end === ";" ? "Statements end with semicolons." : "No semicolons."
}

function fileNames(paths: readonly string[]): string | null {
  const stems = paths.map(path => path.slice(path.lastIndexOf("/") + 1).replace(/\..*$/, ""))
  const told = stems.flatMap(stem => shapeOf(stem) ?? [])
  const shape = clearChoice(told)
  return shape === null ? null : `Files are named in ${shape}.`
}

/** How the words of a name are joined, or null for one word in small letters, which fits all. */
function shapeOf(stem: string): string | null {
  if (/^[a-z0-9]+(-[a-z0-9]+)+$/.test(stem)) return "kebab-case"
  if (/^[a-z0-9]+(_[a-z0-9]+)+$/.test(stem)) return "snake_case"
  if (/^[A-Z][a-z0-9]+([A-Z][a-z0-9]*)*$/.test(stem)) return "PascalCase"
  return /^[a-z][a-z0-9]*([A-Z][a-z0-9]*)+$/.test(stem) ? "camelCase" : null
}
