import type { SilenceReason } from "./gates.ts"
import type { SentPart, WhyRecord } from "./why-record.ts"

/** What each reason means to the user. */
const REASONS: Partial<Record<SilenceReason, string>> = {
  "document-too-large": "the document is too large",
  "line-too-long": "the line is too long: it looks like data",
  "inside-word": "the cursor is inside a word",
  off: "suggestions are switched off",
  "after-undo": "you just took something back",
  "after-delete": "you just deleted something",
  "in-comment": "your settings want none in comments",
  "in-string": "your settings want none in strings",
  "after-closer": "what is before the cursor is finished",
  denied: "nothing of this file may be sent to a model",
  "rate-limited": "the model's provider allows no more requests for now",
  offline: "the model can't be reached",
  rejected: "you did not want it before",
  checked: "what was found did not pass the checks",
  late: "the model had not answered in time",
  unsure: "the engine was not sure enough",
  "nothing-new": "what was found stands there already",
}

/** A reason as the rest of a sentence. */
function reasonText(reason: SilenceReason): string {
  return REASONS[reason] ?? reason
}

/** One sentence on what became of a request. */
export function whySentence(record: WhyRecord): string {
  const place = `line ${record.line + 1}, column ${record.column + 1}`
  const [first] = record.shown
  if (first !== undefined) {
    const from = record.attempts.at(-1)
    return `At ${place} "${first}" was suggested${from === undefined ? "" : ` (${from.source}: ${from.outcome})`}.`
  }
  return `At ${place} nothing was suggested: ${record.silence === null ? "nothing was found" : reasonText(record.silence)}.`
}

/** What happened to requests for completions, as Markdown, the latest first. */
export function whyPage(uri: string, records: readonly WhyRecord[]): string {
  const intro =
    records.length === 0
      ? "Nothing was asked for in this document so far."
      : "What became of the last requests in this document, the latest first. Times are in ms after the request came in."
  return [`# Why`, code(uri), intro, ...[...records].reverse().map(section)].join("\n\n").concat("\n")
}

function section(record: WhyRecord): string {
  const { at, surface, invoked, version, gates, checks, attempts, context, shown } = record
  const time = new Date(at).toISOString().slice(11, 23)
  const asked = `Asked for as ${surface === "ghost" ? "ghost text" : "a list"}${invoked ? " by a key" : ""}, at version ${version}.`
  const parts = [
    `## ${time} UTC, line ${record.line + 1}, column ${record.column + 1}`,
    `${whySentence(record)} ${asked}`,
    shown.length < 2 ? "" : `Shown, best first: ${shown.map(code).join(", ")}`,
    gates.length === 0 ? "" : `Gates that were closed: ${gates.map(reasonText).join("; ")}`,
    checks.length === 0 ? "" : `Checks that changed or dropped something: ${checks.join(", ")}`,
    record.isUnverified ? "The syntax could not be checked: there is no grammar, or it took too long." : "",
    timings(record),
    attempts.length === 0
      ? ""
      : table(
          ["source", "outcome"],
          attempts.map(({ source, outcome }) => [source, outcome]),
        ),
    context.length === 0 ? "" : table(["told to the model", "from", "tokens", "because"], told(context)),
  ]
  return parts.filter(part => part !== "").join("\n\n")
}

/** A row for all pieces of one kind and reason: of a digest there are hundreds. */
function told(context: readonly SentPart[]): readonly (readonly string[])[] {
  const groups = new Map<string, SentPart[]>()
  for (const part of context) {
    const key = `${part.kind}\n${part.why}`
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()].map(parts => {
    const { kind, path, why } = parts[0]!
    const tokens = parts.reduce((sum, part) => sum + part.tokens, 0)
    const files = new Set(parts.map(part => part.path)).size
    return [kind, files === 1 ? (path ?? "") : `${files} files`, String(tokens), why]
  })
}

function timings({ timings: { typed, asked, firstDelta, shown } }: WhyRecord): string {
  const steps = [
    ["typed", typed],
    ["model asked", asked],
    ["first piece of its answer", firstDelta],
    ["shown", shown],
  ] as const
  const known = steps.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${ms.toFixed(1)}`]))
  return known.length === 0 ? "" : `Times: ${known.join(", ")}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")
}

/** Nothing in a cell may end it. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|")
}

/** As code, however many backticks it holds. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = "`".repeat(longest + 1)
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : ""
  return `${fence}${pad}${text.replace(/\s+/g, " ")}${pad}${fence}`
}
