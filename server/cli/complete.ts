import { type CliIo, ExitCode } from "./io.ts"
import { completeOnce, type OneCompletion } from "./one-completion.ts"
import { type CommandSpec, readArguments } from "./options.ts"
import { type PlaceInFile, readPlace } from "./place.ts"

const SPEC: CommandSpec = {
  name: "complete",
  usage: "FILE:LINE:COL [--json] [--now] [--offline]",
  about: `Prints what would be suggested at a place in a file: the rest of the line where the engine is sure of it, or what
the model says that your own settings name, if they do; where it comes from, how sure it is, how long it took, and the
words that fit.
LINE and COL count from 1. COL counts characters, as editors show them: an emoji is one, a tab is one; the
column after the last character is the end of the line. The project is the folder above FILE with .git,
package.json or the like in it.`,
  flags: {
    json: { help: "print one JSON object" },
    now: { help: "answer at once, from the file alone, without indexing the project first" },
    offline: { help: "ask no model, even if one is set" },
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

/** `pilotlight complete`: what would be suggested at a place, once. */
export async function runComplete(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const place = readPlace(SPEC.name, read.operands[0]!, io)
  if (typeof place === "number") return place
  const manner = { offline: read.flags.has("offline"), now: read.flags.has("now") }
  const completion = await completeOnce(place, manner, io)
  io.stdout(read.flags.has("json") ? asJson(place, completion) : asText(completion))
  return ExitCode.ok
}

function asJson({ file, line, column }: PlaceInFile, completion: OneCompletion): string {
  const { suggestions, words, silence, milliseconds } = completion
  return `${JSON.stringify({ file, line, column, suggestions, words, silence, milliseconds })}\n`
}

function asText({ suggestions, words, silence, milliseconds }: OneCompletion): string {
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
