import { columnsOf, indentOf, TAB } from "../../../base/indent.ts"

/** Turns lines indented one way into lines indented another way. */
type Reindent = (lines: readonly string[]) => readonly string[]

/** One step of indentation: a tab, or so many spaces. */
export interface Step {
  readonly text: string
  readonly columns: number
}

/** What is known of the places that lines come from and go to. */
interface Places {
  /** Lines as the model has them, which stand for lines of the file. */
  readonly sample: readonly string[]
  /** The lines of the file that they stand for. */
  readonly reference: readonly string[]
  /** All lines that the model indents the same way. */
  readonly answered: readonly string[]
  /** The step by which the lines of the file go deeper; null if none does. */
  readonly usual: Step | null
  /** Lines within literals: white space is part of what they say, so these stay as they are. */
  readonly fixed: ReadonlySet<string>
}

/**
 * How the model's lines are to be indented: as they are, moved as a whole, in steps of another size, or with only their
 * first line moved. Where their shape leaves a choice, it is whichever brings most lines of the sample to what stands in the file, and then what puts its first
 * line where the first one is. Where that leaves a choice, lines that begin where they should are right as they are.
 */
export function reindentFor(places: Places): Reindent {
  const { sample, reference, fixed } = places
  const [asIs, ...others] = waysOf(places)
  const [inSteps] = others
  const literals = new Map(Array.from(fixed, line => [line.trim(), line]))
  const known = new Set(reference.filter(line => line.trim() !== "" && !literals.has(line.trim())))
  const base = indentOf(firstFilled(reference))
  const isInPlace = indentOf(firstFilled(sample)) === base
  const isInSteps = stepOf(places.answered, places)?.text === places.usual?.text
  const likelier = isInPlace && (base !== "" || isInSteps) ? asIs : inSteps
  const score = (way: Reindent): number => {
    const lines = way(sample)
    const same = lines.filter(line => known.has(line)).length
    return same + (indentOf(firstFilled(lines)) === base ? 0.5 : 0) + (way === likelier ? 0.25 : 0)
  }
  // Lines that moved to another depth can look as if they had been there before; the shape does not lie.
  const possible = lacksFirst(places)
    ? [firstMoved(base)]
    : isInOtherSteps(places)
      ? [inSteps]
      : [asIs, ...others]
  const best = possible.reduce((one, other) => (score(other) > score(one) ? other : one))
  if (best === asIs) return best
  return lines => best(lines).map(line => literals.get(line.trim()) ?? line)
}

/** As they are, in other steps, and only moved. */
function waysOf(places: Places): readonly [Reindent, Reindent, Reindent] {
  const { sample, reference, usual } = places
  const from = columnsOf(indentOf(firstFilled(sample)))
  const base = indentOf(firstFilled(reference))
  const own = stepOf(places.answered, places) ?? usual ?? DEFAULT_STEP
  const wanted = usual ?? own
  return [lines => lines, moved(from, base, own, wanted), moved(from, base, own, own)]
}

function firstMoved(base: string): Reindent {
  return ([first = "", ...rest]) => [base + first.trimStart(), ...rest]
}

/** What a line ends with that has deeper lines after it. */
const OPENS = /(?:[{([:,\\=]|=>)\s*$/
/** What a line begins with that goes on with the line before. */
const CONTINUES = /^\s*(?:[.?:&|+*/-]|and\b|or\b)/

/** Whether only the first line lacks its indentation: some models go on where the prompt ended. */
function lacksFirst({ sample, reference, answered, usual, fixed }: Places): boolean {
  const literals = new Set(Array.from(fixed, line => line.trim()))
  const codeOf = (lines: readonly string[]): readonly string[] =>
    lines.filter(line => line.trim() !== "" && !literals.has(line.trim()))
  const [first = "", second, ...rest] = codeOf(sample.length > 1 ? sample : answered.slice(sample.length))
  const base = columnsOf(indentOf(firstFilled(reference)))
  const columns = (line: string): number => columnsOf(indentOf(line))
  if (second === undefined || columns(first) >= base || Math.min(...[second, ...rest].map(columns)) < base)
    return false
  const isDeeper = OPENS.test(first) || CONTINUES.test(second)
  return !isDeeper || columns(second) >= base + (usual ?? DEFAULT_STEP).columns
}

/** Whether the lines of the file are in its usual steps, and those of the sample in others. */
function isInOtherSteps(places: Places): boolean {
  const [own, wanted] = [stepOf(places.sample, places), stepOf(places.reference, places)]
  const base = indentOf(firstFilled(places.reference))
  // What begins or ends where it should was written with the file in view.
  if (base !== "" && indentOf(firstFilled(places.sample)) === base) return false
  if (base !== "" && lastIndent(places.sample) === base && lastIndent(places.reference) === base) return false
  return own !== null && wanted?.text === places.usual?.text && own.text !== wanted?.text
}

/** Lines that begin at column `from`, so that they begin with `base`, in steps of another size. */
function moved(from: number, base: string, own: Step, wanted: Step): Reindent {
  return lines =>
    lines.map(line => {
      if (line.trim() === "") return ""
      const beyond = columnsOf(indentOf(line)) - from
      const steps = Math.floor(beyond / own.columns)
      const text = line.trimStart()
      if (steps < 0) return base.slice(0, Math.max(0, base.length + steps * wanted.text.length)) + text
      return base + wanted.text.repeat(steps) + " ".repeat(beyond - steps * own.columns) + text
    })
}

/** How much deeper the first line goes that goes a usual step deeper than the line before; null if none does. */
function stepOf(lines: readonly string[], { fixed }: Places): Step | null {
  const literals = new Set(Array.from(fixed, line => line.trim()))
  const code = lines.filter(line => line.trim() !== "" && !literals.has(line.trim()))
  const columns = code.map(line => columnsOf(indentOf(line)))
  // A single column more is how comments of several lines are written, and more than a tab how arguments are.
  const deeper = columns.findIndex(
    (column, at) => column > (columns[at - 1] ?? column) + 1 && column <= columns[at - 1]! + TAB,
  )
  if (deeper < 1) return null
  if (code[deeper]!.startsWith("\t")) return { text: "\t", columns: TAB }
  const step = columns[deeper]! - columns[deeper - 1]!
  return { text: " ".repeat(step), columns: step }
}

/** The step by which the lines of a file most often go deeper; null if none does. */
export function usualStep(lines: readonly string[]): Step | null {
  const counts = new Map<number, number>()
  let last = 0
  for (const line of lines.filter(each => each.trim() !== "")) {
    const columns = columnsOf(indentOf(line))
    if (columns > last + 1) counts.set(columns - last, (counts.get(columns - last) ?? 0) + 1)
    last = columns
  }
  const [columns] = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0])[0] ?? []
  if (columns === undefined) return null
  const tabs = lines.filter(line => line.startsWith("\t")).length
  const isTabs = tabs * 2 > lines.filter(line => /^[ \t]/.test(line)).length
  return isTabs ? { text: "\t", columns: TAB } : { text: " ".repeat(columns), columns }
}

const DEFAULT_STEP: Step = { text: "    ", columns: TAB }

function firstFilled(lines: readonly string[]): string {
  return lines.find(line => line.trim() !== "") ?? ""
}

function lastIndent(lines: readonly string[]): string {
  return indentOf(lines.findLast(line => line.trim() !== "") ?? "")
}
