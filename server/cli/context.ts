import { homedir } from "node:os"
import { PURPOSES, promptContext } from "../features/context/prompt-context.ts"
import { uriOfPath } from "../workspace/file-uri.ts"
import { type ContextReport, reportAsJson, reportAsText } from "./context-report.ts"
import { type CliIo, ExitCode } from "./io.ts"
import { type OpenedProject, rootFor, untilIndexed, withProject } from "./opened-project.ts"
import { type CommandArguments, type CommandSpec, failure, readArguments, usageError } from "./options.ts"
import { type PlaceInFile, readPlace } from "./place.ts"

const LEAST_BUDGET = 500
const MOST_BUDGET = 128_000
const DEFAULT_BUDGET = 4_000

const SPEC: CommandSpec = {
  name: "context",
  usage: "FILE:LINE:COL [--budget N] [--purpose WHAT] [--model NAME] [--json]",
  about: `Prints what a model would be told about a place in a file, part by part, each with its tokens and why it is there:
the digest of the project, the code that matters here, and the file itself around the cursor. Secrets are
hidden as they would be. Nothing is sent anywhere, save to the code search of your own settings, if there is one:
it is asked for names declared elsewhere, unless the purpose is to complete. LINE and COL count from 1.`,
  flags: {
    budget: {
      help: `most tokens of everything together, ${LEAST_BUDGET} to ${MOST_BUDGET} (default ${DEFAULT_BUDGET})`,
      value: "N",
    },
    purpose: { help: `what it is for: ${PURPOSES.join(", ")} (default complete)`, value: "WHAT" },
    model: { help: "count tokens as this model does", value: "NAME" },
    json: { help: "print one JSON object" },
  },
  operands: ["FILE:LINE:COL"],
  required: 1,
  examples: [
    ["pilotlight context src/app.ts:12:9", "what would be sent to complete there"],
    ["pilotlight context src/app.ts:12:9 --budget 16000 --json", "more of it, for a script"],
  ],
}

type Purpose = (typeof PURPOSES)[number]
type Prompt = Awaited<ReturnType<typeof promptContext>>

interface TimedPrompt {
  readonly prompt: Prompt
  /** Milliseconds with nothing of it in memory, and once it is. */
  readonly coldMs: number
  readonly warmMs: number
}

/** What was asked for. */
interface Wish {
  readonly budget: number
  readonly purpose: Purpose
  readonly model: string
  readonly json: boolean
}

/** `pilotlight context`: what a model would be told about a place. */
export async function runContext(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const wish = wishOf(read)
  if (typeof wish === "string") return usageError(SPEC.name, wish, io)
  const place = readPlace(SPEC.name, read.operands[0]!, io)
  if (typeof place === "number") return place
  return withProject(rootFor(place.path, homedir()), "warn", io, async opened => {
    await untilIndexed(opened, io)
    const { prompt, coldMs, warmMs } = await promptAt(place, wish, opened)
    if (prompt.refused)
      return failure(SPEC.name, `nothing of ${place.file} would be sent: ${prompt.reason}`, io)
    const tokenizer = opened.host.tokenizer(wish.model)
    const counts = await tokenizer.count(prompt.pieces.map(({ text }) => text))
    await tokenizer.dispose()
    const report: ContextReport = {
      root: opened.root,
      file: place.file,
      line: place.line,
      column: place.column,
      purpose: wish.purpose,
      budget: wish.budget,
      encoding: tokenizer.name,
      epoch: prompt.epoch,
      pieces: prompt.pieces.map((piece, at) => ({ ...piece, tokens: counts[at]! })),
      indexSeconds: opened.project.workspace.stats().seconds,
      coldMs,
      warmMs,
    }
    io.stdout(wish.json ? reportAsJson(report) : reportAsText(report))
    return ExitCode.ok
  })
}

/** What the arguments ask for, or a sentence about what is wrong with them. */
function wishOf({ flags, values }: CommandArguments): Wish | string {
  const budget = Number(values.get("budget") ?? DEFAULT_BUDGET)
  if (!Number.isInteger(budget) || budget < LEAST_BUDGET || budget > MOST_BUDGET) {
    return `--budget is a whole number from ${LEAST_BUDGET} to ${MOST_BUDGET}, not '${values.get("budget")}'`
  }
  const given = values.get("purpose") ?? "complete"
  const purpose = PURPOSES.find(each => each === given)
  if (purpose === undefined) return `--purpose is one of ${PURPOSES.join(", ")}, not '${given}'`
  return { budget, purpose, model: values.get("model") ?? "", json: flags.has("json") }
}

async function promptAt(
  place: PlaceInFile,
  wish: Wish,
  { host, project }: OpenedProject,
): Promise<TimedPrompt> {
  const { signal } = new AbortController()
  const { keeper } = project.context
  const uri = uriOfPath(place.path)
  const documents = host.documents(project)
  documents.open(uri, "", 1, place.text)
  await documents.settled()
  await keeper.refresh(signal)
  const source = project.context.sourceFor(documents)
  const query = { document: documents.get(uri)!, offset: place.offset, ...wish }
  const started = performance.now()
  const { epoch } = keeper
  const prompt = await promptContext(query, { source, epoch, remote: host.remote }, signal)
  const answered = performance.now()
  // As for the next key: nothing is left to be read, and no other machine is asked.
  await promptContext(query, { source, epoch, remote: null }, signal)
  const warmMs = performance.now() - answered
  documents.dispose()
  return { prompt, coldMs: answered - started, warmMs }
}
