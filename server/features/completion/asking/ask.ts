import type { AskRequest } from "../../../model/ask.ts"
import type { PromptContext } from "../../context/prompt-context.ts"
import type { Place } from "./place.ts"
import type { Shape } from "./shape.ts"

/** What an ask is besides its prompt. */
export interface AskOptions {
  /** Among waiting asks the higher goes first. */
  readonly priority: number
  /** Tells one project from another, so that a server farm can keep its prefix. */
  readonly projectKey: string
}

/** The request for what follows the cursor. Its bytes depend on nothing but the arguments. */
export function completionAsk(
  _place: Place,
  _shape: Shape,
  _prompt: PromptContext,
  _options: AskOptions,
): AskRequest {
  throw new Error("not built yet")
}
