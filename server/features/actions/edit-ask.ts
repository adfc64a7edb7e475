import { redact, redactPart } from "../../context/redact/redact.ts"
import { shortPath } from "../../context/short-path.ts"
import { estimateTokens } from "../../context/token-estimate.ts"
import type { AskRequest, Role } from "../../model/ask.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { PromptContext } from "../context/prompt-context.ts"
import type { ActionModel } from "./action-kinds.ts"
import type { AnswerForm } from "./landing/answer.ts"
import type { Target } from "./landing/target.ts"
import { EDIT_PROMPT_VERSION, editInstructions, editTurn } from "./prompts/edit-prompt.ts"

/** What an ask for an edit is made from. */
interface EditQuestion {
  readonly document: DocumentSnapshot
  /** Absolute folders of the project. */
  readonly roots: readonly string[]
  readonly target: Target
  readonly form: AnswerForm
  readonly role: Role
  readonly instruction: string
}

/** Targets of more lines are answered in blocks: writing them whole takes long, and errs more. */
const MOST_REWRITTEN_LINES = 150
/** Targets of at most so many lines are for the quick model where nobody says otherwise. */
const MOST_LIVE_LINES = 60
/** Least and most tokens of an answer; bounds between are powers of two, since another bound sends the prefix anew. */
const LEAST_TOKENS = 1 << 10
const MOST_TOKENS = 1 << 14

/** The role that an edit of so many lines is asked for. */
export function roleFor(model: ActionModel, lines: number): Role {
  if (model !== "auto") return model
  return lines <= MOST_LIVE_LINES ? "live" : "deep"
}

/** The form that an edit of so many lines is answered in. */
export function formFor(lines: number): AnswerForm {
  return lines <= MOST_REWRITTEN_LINES ? "rewrite" : "blocks"
}

/** The request for an edit; `prompt` was made for the start of the target. Everything in it is redacted. */
export function editAsk(question: EditQuestion, prompt: PromptContext): AskRequest {
  const { document, roots, target, form, role, instruction } = question
  const { redactions } = prompt
  const source = document.path ?? document.uri
  const code = redactPart(document.text, target.start, target.end, source, redactions).text
  const turn = editTurn({
    context: prompt.context,
    path: shortPath(source, roots),
    language: document.language,
    before: prompt.before,
    after: prompt.after,
    target: code,
    instruction: redact(instruction, source, redactions).text,
  })
  return {
    role,
    instructions: editInstructions(form),
    stable: prompt.stable === "" ? [] : [prompt.stable],
    // Once more as a whole: its parts together may show what none does by itself.
    turns: [{ by: "user", text: redact(turn, source, redactions).text }],
    hole: null,
    maxOutputTokens: boundFor(code, form),
    priority: PRIORITY,
    cacheKey: `pilotlight-edit-${EDIT_PROMPT_VERSION}`,
    stop: [],
  }
}

/** Asked for by the user: before everything that is only guessed. */
const PRIORITY = 10

function boundFor(code: string, form: AnswerForm): number {
  const expected = form === "rewrite" ? 2 * estimateTokens(code) + LEAST_TOKENS / 2 : MOST_TOKENS
  return Math.min(MOST_TOKENS, Math.max(LEAST_TOKENS, 2 ** Math.ceil(Math.log2(expected))))
}
