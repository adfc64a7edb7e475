import type { SourceFile } from "../corpus/source-files.ts"
import { type FileSyntax, type ImportedName, type ImportStatement, range } from "./file-syntax.ts"
import type { PlacedContext } from "./projects.ts"
import type { DrawnLine, ProjectTruth } from "./truth.ts"
import { holdsWord } from "./words.ts"

/** An import that the masked document shows, and the file it leads to, -1 for out of the project. */
interface VisibleImport extends ImportStatement {
  readonly target: number
}

/** What every contestant is asked: which code of the project helps at the masked line? */
export interface Question {
  readonly project: PlacedContext
  readonly truth: ProjectTruth
  /** Index of the masked document. */
  readonly file: number
  /** The masked line; it is empty in `text`. */
  readonly line: number
  readonly text: string
  readonly lines: readonly string[]
  readonly imports: readonly VisibleImport[]
}

/** The question for a drawn line. With `hidden`, imports that only this line uses are hidden too. */
export function askAbout(
  project: PlacedContext,
  truth: ProjectTruth,
  drawn: DrawnLine,
  hidden: boolean,
): Question {
  const { file, line } = drawn
  const syntax = truth.syntax[file]!
  const gone = hidden ? namesOnlyIn(project.files[file]!, syntax, line) : new Set<ImportedName>()
  const text = mask(project.files[file]!.text, syntax.imports, line, gone)
  const imports = syntax.imports.flatMap((each, at) => {
    const names = each.names.filter(name => !gone.has(name))
    const isGone = each.names.length > 0 && names.length === 0
    return isGone ? [] : [{ ...each, names, target: truth.importTargets[file]![at]! }]
  })
  return { project, truth, file, line, text, lines: text.split("\n"), imports }
}

/** The imported names that stand in this line and, imports aside, nowhere else. */
function namesOnlyIn(source: SourceFile, syntax: FileSyntax, line: number): Set<ImportedName> {
  const lines = source.text.split("\n")
  const inImport = new Set(syntax.imports.flatMap(({ first, last }) => range(first, last)))
  const rest = lines.filter((_, at) => at !== line && !inImport.has(at)).join("\n")
  const names = syntax.imports.filter(({ isExport }) => !isExport).flatMap(({ names }) => names)
  return new Set(names.filter(({ as }) => holdsWord(lines[line]!, as) && !holdsWord(rest, as)))
}

/** The text with its line emptied and these imported names taken out: statements without a name left, else only the names. */
function mask(
  text: string,
  imports: readonly ImportStatement[],
  line: number,
  gone: ReadonlySet<ImportedName>,
): string {
  let masked = text
  for (const statement of imports) {
    const lost = statement.names.filter(name => gone.has(name))
    if (lost.length === 0) continue
    if (lost.length === statement.names.length) masked = blank(masked, statement.start, statement.end)
    else for (const { start, end } of lost) masked = blank(masked, start, endWithComma(text, end))
  }
  // Spaces kept the offsets; lines that hold nothing else any more should not tell that something stood there.
  const lines = masked.split("\n")
  const original = text.split("\n")
  const cleaned = lines.map((each, at) => (each !== original[at] && each.trim() === "" ? "" : each))
  cleaned[line] = ""
  return cleaned.join("\n")
}

function endWithComma(text: string, end: number): number {
  const comma = /^\s*,/.exec(text.slice(end, end + 200))
  return end + (comma?.[0].length ?? 0)
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end)
}
