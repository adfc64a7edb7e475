import { homedir } from "node:os"
import { LineIndex } from "../base/line-index.ts"
import { MAX_DOCUMENT_UNITS } from "../features/completion/gates.ts"
import { readSource } from "../workspace/read-source.ts"
import { type CliIo, ExitCode } from "./io.ts"
import {
  completeAt,
  existingFile,
  openText,
  rootFor,
  type TimedCompletion,
  untilIndexed,
  withProject,
} from "./opened-project.ts"
import { type CommandSpec, failure, readArguments, usageError } from "./options.ts"

const SPEC: CommandSpec = {
  name: "complete",
  usage: "FILE:LINE:COL [--json] [--now]",
  about: `Prints what would be suggested at a place in a file: the rest of the line where the engine is sure of it, where
it comes from, how sure it is, how long it took, and the words that fit.
LINE and COL count from 1. COL counts characters, as editors show them: an emoji is one, a tab is one; the
column after the last character is the end of the line. The project is the folder above FILE with .git,
package.json or the like in it.`,
  flags: {
    json: { help: "print one JSON object" },
    now: { help: "answer at once, from the file alone, without indexing the project first" },
  },
  operands: ["FILE:LINE:COL"],
  required: 1,
  examples: [
    ["pilotlight complete src/app.ts:12:9", "what would be suggested there"],
    ["pilotlight complete src/app.ts:12:9 --json", "for a script"],
  ],
}

/** Words less likely than this (0 to 1) are left out of the text; JSON has them all. */
const LEAST_WORD = 0.005
const MAX_BYTES = 4 * MAX_DOCUMENT_UNITS

/** A place in a file as a person writes it: line and column count from 1. */
interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** `pilotlight complete`: what would be suggested at a place, once. */
export async function runComplete(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const place = parsePlace(read.operands[0]!)
  if (place === null) return usageError(SPEC.name, `'${read.operands[0]}' is not FILE:LINE:COL`, io)
  const path = existingFile(place.file, io)
  if (path === null) return failure(SPEC.name, `there is no file ${place.file}`, io)
  const source = readSource(path, MAX_BYTES)
  if (source.kind === "skip") return failure(SPEC.name, `${place.file} can't be read: ${source.reason}`, io)
  const offset = offsetOf(source.text, place)
  if (typeof offset === "string") return failure(SPEC.name, `${place.file} ${offset}`, io)
  return withProject(rootFor(path, homedir()), "error", io, async opened => {
    if (!read.flags.has("now")) await untilIndexed(opened, io)
    const completion = completeAt(opened, openText(opened, path, source.text), offset)
    io.stdout(read.flags.has("json") ? asJson(place, completion) : asText(completion))
    return ExitCode.ok
  })
}

function parsePlace(text: string): Place | null {
  const match = /^(.+):([1-9]\d*):([1-9]\d*)$/.exec(text)
  return match && { file: match[1]!, line: Number(match[2]), column: Number(match[3]) }
}

/** The UTF-16 offset of a place, or the end of a sentence that says why there is none. */
function offsetOf(text: string, { line, column }: Place): number | string {
  const lines = LineIndex.of(text)
  if (line > lines.count) return `has only ${lines.count} lines`
  const start = lines.startOf(line - 1)
  const characters = [...text.slice(start, lines.startOf(line)).replace(/[\r\n]+$/, "")]
  if (column > characters.length + 1) return `has only ${characters.length} characters in line ${line}`
  return start + characters.slice(0, column - 1).join("").length
}

function asJson(place: Place, completion: TimedCompletion): string {
  const { suggestions, words, silence, milliseconds } = completion
  return `${JSON.stringify({ ...place, suggestions, words, silence, milliseconds })}\n`
}

function asText({ suggestions, words, silence, milliseconds }: TimedCompletion): string {
  const took = `${milliseconds.toFixed(1)} ms`
  const shown = suggestions.map(
    ({ text, source, confidence }) => `${text}\n  ${source}, ${percent(confidence)} sure, ${took}\n`,
  )
  const silent = `no suggestion: ${silence} (${took})\n`
  const likely = words.filter(({ confidence }) => confidence >= LEAST_WORD)
  const listed = likely.map(({ text, source, confidence }) => `  ${text}  ${source} ${percent(confidence)}\n`)
  return (shown.join("") || silent) + (listed.length > 0 ? `words:\n${listed.join("")}` : "")
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
