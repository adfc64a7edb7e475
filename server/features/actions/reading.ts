import { redact, redactPart } from "../../context/redact/redact.ts"
import { shortPath } from "../../context/short-path.ts"
import type { AskRequest } from "../../model/ask.ts"
import { readAnswer } from "../../model/ask.ts"
import { systemClock } from "../../model/clock.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { ClientWorkspace } from "../client-workspace.ts"
import { promptContext } from "../context/prompt-context.ts"
import {
  READING_PROMPT_VERSION,
  type ReadingKind,
  readingInstructions,
  readingTurn,
} from "./prompts/reading-prompt.ts"
import { WritingPace } from "./writing-pace.ts"

/** Code that is to be explained or reviewed. Offsets are UTF-16 code units. */
interface Reading {
  readonly kind: ReadingKind
  readonly document: DocumentSnapshot
  readonly start: number
  readonly end: number
}

/** Tokens of one prompt beside the code that is read, by estimate. */
const PROMPT_TOKENS = 8_000
/** Most units of code read at once: beyond, no model says much that is true. */
const MOST_CODE = 60_000
/** Bound of an answer, in tokens. */
const MOST_ANSWER_TOKENS = 4096
/** Below edits, above what is only guessed. */
const PRIORITY = 5

/**
 * What a model says about code, as Markdown with links to the places it names, or why it can't be asked. Throws `ModelError`
 * where the model fails, and `Cancelled` when `signal` aborts.
 */
export async function readCode(
  reading: Reading,
  workspace: ClientWorkspace,
  onProgress: (message: string) => void,
  signal: AbortSignal,
): Promise<{ readonly markdown: string } | { readonly refused: string }> {
  const { host, context, project } = workspace
  const { session } = host
  if (session === null) return { refused: "no model is set; see the README on how to set one" }
  const { document, start, end } = reading
  if (end - start > MOST_CODE)
    return { refused: "this is too much code to read at once; select a part of it" }
  const query = { document, offset: start, purpose: reading.kind, budget: PROMPT_TOKENS } as const
  const sources = { source: context, epoch: project.context.keeper.epoch, remote: host.remote }
  const prompt = await promptContext(query, sources, signal)
  if (prompt.refused) return { refused: `nothing of this file may be sent to a model: ${prompt.reason}` }
  const request = readingAsk(reading, prompt, project.roots)
  const pace = new WritingPace(systemClock(), onProgress)
  const { text } = await readAnswer(session.ask(request, signal), said => pace.note(() => said.split("\n")))
  const source = document.path ?? document.uri
  return { markdown: linked(prompt.redactions.restore(text, source), document, project.roots) }
}

function readingAsk(
  { kind, document, start, end }: Reading,
  prompt: {
    readonly stable: string
    readonly context: string
    readonly redactions: Parameters<typeof redact>[2]
  },
  roots: readonly string[],
): AskRequest {
  const source = document.path ?? document.uri
  const shown = redactPart(document.text, start, end, source, prompt.redactions).text
  const first = document.lines.lineAt(start) + 1
  const turn = readingTurn({
    context: prompt.context,
    path: shortPath(source, roots),
    language: document.language,
    code: shown
      .split(/\r\n|\r|\n/)
      .map((line, at) => `${first + at} ${line}`)
      .join("\n"),
  })
  return {
    role: "deep",
    instructions: readingInstructions(kind),
    stable: prompt.stable === "" ? [] : [prompt.stable],
    // Once more as a whole: its parts together may show what none does by itself.
    turns: [{ by: "user", text: redact(turn, source, prompt.redactions).text }],
    hole: null,
    maxOutputTokens: MOST_ANSWER_TOKENS,
    priority: PRIORITY,
    cacheKey: `pilotlight-${kind}-${READING_PROMPT_VERSION}`,
    stop: [],
  }
}

/** A place as models name it: the path of a file with its line, in backquotes or not. */
const PLACE = /`?\b([\w./-]*\w\.\w+):(\d+)(?:-\d+)?`?/g

/** Markdown in which each place in this document is a link to its file and line. */
function linked(markdown: string, { path, uri }: DocumentSnapshot, roots: readonly string[]): string {
  if (path === null) return markdown
  const short = shortPath(path, roots).replaceAll("\\", "/")
  return markdown.replace(PLACE, (all, named: string, line: string) =>
    short === named || short.endsWith(`/${named}`) ? `[${named}:${line}](${uri}#L${line})` : all,
  )
}
