import { estimateTokens } from "../../../context/token-estimate.ts"
import type { AskRequest } from "../../../model/ask.ts"
import type { PromptContext } from "../../context/prompt-context.ts"
import { INSTRUCTIONS, PROMPT_VERSION } from "./instructions.ts"
import type { Place } from "./place.ts"
import type { Shape } from "./shape.ts"

/** What an ask is besides its prompt. */
interface AskOptions {
  /** Among waiting asks the higher goes first. */
  readonly priority: number
  /** Tells one project from another, so that a server farm can keep its prefix. */
  readonly projectKey: string
}

/** The bound of an answer moves by so many tokens at a time: another bound makes a session send its prefix anew. */
const BOUND_STEP = 48

const WANTED: Record<Shape["kind"], string> = {
  line: "Complete the statement at the cursor.",
  block: "Complete the statement at the cursor and the rest of its block.",
  body: "Write the whole body of the empty block at the cursor.",
}

/**
 * The request for what follows the cursor. Its bytes depend on nothing but the arguments; what changes least comes first, and
 * everything in it was redacted with `prompt`.
 */
export function completionAsk(
  place: Place,
  shape: Shape,
  prompt: PromptContext,
  { priority, projectKey }: AskOptions,
): AskRequest {
  const { above, typed } = linesBefore(prompt.before)
  return {
    role: "live",
    instructions: INSTRUCTIONS,
    stable: prompt.stable === "" ? [] : [prompt.stable],
    turns: [{ by: "user", text: turnOf(place, shape, prompt, above, typed) }],
    hole: { before: prompt.before, after: prompt.after, files: filesOf(prompt) },
    maxOutputTokens: boundOf(shape, typed),
    priority,
    cacheKey: `${projectKey}-complete-${PROMPT_VERSION}`,
    stop: [],
  }
}

function turnOf(place: Place, shape: Shape, prompt: PromptContext, above: string, typed: string): string {
  const { context, after } = prompt
  const name = nameOf(place)
  return [
    context === "" ? "" : `<other_code>\n${context}</other_code>\n`,
    `<code_after file=${JSON.stringify(name)}>${after}</code_after>\n`,
    `<code_before file=${JSON.stringify(name)}>\n${above}</code_before>\n`,
    `${WANTED[shape.kind]} Its line begins so:\n<line_start>${typed}</line_start>\n`,
  ].join("")
}

/** The name alone: where a file lies on a machine is nobody's business. */
function nameOf({ document }: Place): string {
  const path = document.path ?? document.uri
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
}

function linesBefore(before: string): { readonly above: string; readonly typed: string } {
  const start = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1
  return { above: before.slice(0, start), typed: before.slice(start) }
}

/** Other code as models that fill in the middle take it: the digest and the context, the best last. */
function filesOf({ stable, context }: PromptContext): readonly { name: string; text: string }[] {
  return [
    { name: "project", text: stable },
    { name: "context", text: context },
  ].filter(({ text }) => text !== "")
}

/** The answer says the typed part once more. */
function boundOf(shape: Shape, typed: string): number {
  const said = estimateTokens(typed)
  return shape.maxTokens + (said <= BOUND_STEP / 4 ? 0 : Math.ceil(said / BOUND_STEP) * BOUND_STEP)
}
