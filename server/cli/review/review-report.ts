import { relative, sep } from "node:path"
import type { Finding, Fix } from "../../features/diagnostics/finding.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { ReviewedFile } from "./review-files.ts"

/** How a review can be printed. */
export const FORMATS = ["text", "json", "sarif"] as const

/** One of these. */
export type ReviewFormat = (typeof FORMATS)[number]

/** What a review found, ready to be printed: paths from `folder` on, an absolute path. */
export function printedReview(files: readonly ReviewedFile[], folder: string, format: ReviewFormat): string {
  const all = files.map(({ document, findings }) => ({
    document,
    findings,
    file: nameFrom(folder, document),
  }))
  if (format === "text") return asText(all)
  return `${JSON.stringify(format === "json" ? asJson(all) : asSarif(all))}\n`
}

interface NamedFile {
  readonly document: DocumentSnapshot
  readonly findings: readonly Finding[]
  /** With `/` between its parts. */
  readonly file: string
}

function nameFrom(folder: string, { path, uri }: DocumentSnapshot): string {
  return path === null ? uri : relative(folder, path).split(sep).join("/")
}

function asText(files: readonly NamedFile[]): string {
  const lines = files.flatMap(({ document, findings, file }) =>
    findings.map(({ rule, message, severity, start, end }) => {
      const { startLine, startColumn } = regionOf(document, start, end)
      return `${file}:${startLine}:${startColumn}: ${severity}: ${message} (${rule})\n`
    }),
  )
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`
  return `${lines.join("")}${count(lines.length, "finding")} in ${count(files.length, "file")}\n`
}

function asJson(files: readonly NamedFile[]): object {
  const findings = files.flatMap(({ document, findings: found, file }) =>
    found.map(({ rule, message, severity, byModel, start, end, fixes }) => ({
      file,
      ...regionOf(document, start, end),
      rule,
      severity,
      message,
      byModel,
      fixes: fixes.map(({ title, edits }) => ({
        title,
        edits: edits.map(edit => ({ ...regionOf(document, edit.start, edit.end), text: edit.text })),
      })),
    })),
  )
  return { files: files.map(({ file }) => file), findings }
}

/** OASIS SARIF 2.1.0, the names as there. */
function asSarif(files: readonly NamedFile[]): object {
  const rules = [...new Set(files.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort()
  const results = files.flatMap(({ document, findings, file }) =>
    findings.map(({ rule, message, severity, start, end, fixes }) => {
      const artifactLocation = { uri: file.split("/").map(encodeURIComponent).join("/") }
      const region = regionOf(document, start, end)
      return {
        ruleId: rule,
        ruleIndex: rules.indexOf(rule),
        level: severity === "warning" ? "warning" : "note",
        message: { text: message },
        locations: [{ physicalLocation: { artifactLocation, region } }],
        ...(fixes.length === 0 ? {} : { fixes: fixes.map(fix => sarifFix(fix, document, artifactLocation)) }),
      }
    }),
  )
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "pilotlight", rules: rules.map(id => ({ id })) } },
        columnKind: "unicodeCodePoints",
        results,
      },
    ],
  }
}

function sarifFix({ title, edits }: Fix, document: DocumentSnapshot, artifactLocation: object): object {
  const replacements = edits.map(({ start, end, text }) => ({
    deletedRegion: regionOf(document, start, end),
    insertedContent: { text },
  }))
  return { description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] }
}

/** A stretch by lines and columns, counted from 1; a column is a character, the end exclusive. */
function regionOf(
  { text, lines }: DocumentSnapshot,
  start: number,
  end: number,
): Readonly<Record<"startLine" | "startColumn" | "endLine" | "endColumn", number>> {
  const place = (offset: number): readonly [number, number] => {
    const line = lines.lineAt(offset)
    return [line + 1, [...text.slice(lines.startOf(line), offset)].length + 1]
  }
  const [[startLine, startColumn], [endLine, endColumn]] = [place(start), place(end)]
  return { startLine, startColumn, endLine, endColumn }
}
