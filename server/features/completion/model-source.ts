import { createHash } from "node:crypto"
import { estimateTokens } from "../../context/token-estimate.ts"
import type { Session } from "../../model/session.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { ContextSource } from "../context/context-source.ts"
import type { Epoch } from "../context/digest-keeper.ts"
import { type PromptContext, promptContext } from "../context/prompt-context.ts"
import type { Project } from "../project.ts"
import type { ModelGate } from "./gates.ts"
import type { SentPart } from "./why-record.ts"

/** What a project tells a model. */
export interface PromptSource {
  readonly source: ContextSource
  readonly epoch: Epoch | null
  /** Tells one project from another. */
  readonly projectKey: string
}

/** What a project tells, to a client with this context. */
export function promptSource(
  { roots, context }: Pick<Project, "roots" | "context">,
  source: ContextSource,
): PromptSource {
  const projectKey = createHash("sha1").update(roots.join("\0")).digest("hex").slice(0, KEY_DIGITS)
  return { source, epoch: context.keeper.epoch, projectKey }
}

/** Enough to tell a user's projects apart; their paths are nobody's business. */
const KEY_DIGITS = 12

/** Tokens of a prompt at most, by estimate: more would rarely help one line, and is paid for at each ask. */
const BUDGET = 4000

/** Which gate before the model is closed by the state of the way to it; null if none is. */
export function sessionGate(session: Session): ModelGate | null {
  const { state } = session.status()
  if (state === "ready" || state === "connecting") return null
  return state === "limited" || state === "spent" ? "rate-limited" : "offline"
}

/** What a model may be told of a place; null if nothing. Throws `Cancelled` when `signal` aborts. */
export async function gatherPrompt(
  document: DocumentSnapshot,
  offset: number,
  { source, epoch }: PromptSource,
  signal: AbortSignal,
): Promise<PromptContext | null> {
  const query = { document, offset, purpose: "complete", budget: BUDGET } as const
  const prompt = await promptContext(query, { source, epoch, remote: null }, signal)
  return prompt.refused ? null : prompt
}

/** What a prompt consists of, for people. */
export function partsOf({ pieces }: PromptContext): readonly SentPart[] {
  return pieces.map(({ kind, path, text, why }) => ({ kind, path, tokens: estimateTokens(text), why }))
}
