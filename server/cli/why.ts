import { whyPage } from "../features/completion/why-page.ts"
import { type CliIo, ExitCode } from "./io.ts"
import { completeOnce } from "./one-completion.ts"
import { type CommandSpec, readArguments } from "./options.ts"
import { readPlace } from "./place.ts"

const SPEC: CommandSpec = {
  name: "why",
  usage: "FILE:LINE:COL [--json] [--offline]",
  about: `Completes at a place in a file and prints how that went, as Markdown: gates, sources that were tried, what a model was
told, checks, times, and the reason if there is nothing to show. In an editor the command pilotlight.why tells the
same of the last requests. LINE and COL count from 1.`,
  flags: {
    json: { help: "print one JSON object" },
    offline: { help: "ask no model, even if one is set" },
  },
  operands: ["FILE:LINE:COL"],
  required: 1,
  examples: [["pilotlight why src/app.ts:12:9", "what would be suggested there, and why"]],
}

/** `pilotlight why`: one completion, and what happened to it. */
export async function runWhy(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const place = readPlace(SPEC.name, read.operands[0]!, io)
  if (typeof place === "number") return place
  const { uri, record } = await completeOnce(place, { offline: read.flags.has("offline"), now: false }, io)
  io.stdout(read.flags.has("json") ? `${JSON.stringify(record)}\n` : whyPage(uri, [record]))
  return ExitCode.ok
}
