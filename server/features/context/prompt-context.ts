import type { ContextPart } from "../../context/context-part.ts"
import type { ContextPurpose } from "../../context/context-request.ts"
import type { ProjectDigest } from "../../context/digest.ts"
import { documentWindow } from "../../context/document-window.ts"
import { redact, redactPart } from "../../context/redact/redact.ts"
import { Redactions } from "../../context/redact/redactions.ts"
import { renderParts } from "../../context/render.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { ContextSource } from "./context-source.ts"
import type { Epoch } from "./digest-keeper.ts"

/** A place of a document and what may be said about it. */
export interface PromptQuery {
  readonly document: DocumentSnapshot
  /** UTF-16 code units. */
  readonly offset: number
  readonly purpose: ContextPurpose
  /** Most tokens of everything together. */
  readonly budget: number
  readonly countTokens: (text: string) => number
}

/** What a prompt says of the project and the document; redacted, ready to leave the machine. */
export interface PromptContext {
  /** The digest: the same bytes throughout an epoch. Empty before the first, or where it would take too much of the budget. */
  readonly stable: string
  readonly digest: ProjectDigest | null
  /** Counts up; 0 before the first. */
  readonly epoch: number
  /** As they are sent, best first. */
  readonly parts: readonly ContextPart[]
  /** The parts as one text. */
  readonly context: string
  /** The document before and after the cursor, as far as it is shown. */
  readonly before: string
  readonly after: string
  readonly tokens: { readonly stable: number; readonly context: number; readonly document: number }
  /** Secrets hidden; what comes back is restored with it. */
  readonly redactions: Redactions
}

/** Of the budget at most, by the document's own text. */
const DOCUMENT_SHARE = 0.4
/** Of the budget at most, by the digest. */
const DIGEST_SHARE = 0.25

/**
 * Composes what is said about a place: the digest, the document around it, and the context for what is left. Throws
 * `Cancelled` when `signal` aborts.
 */
export async function promptContext(
  query: PromptQuery,
  source: ContextSource,
  epoch: Epoch | null,
  signal: AbortSignal,
): Promise<PromptContext> {
  const { document, budget, countTokens } = query
  const digest = epoch !== null && epoch.digest.tokens <= budget * DIGEST_SHARE ? epoch.digest : null
  const redactions = new Redactions()
  // First, so that its placeholders are the same in each prompt of an epoch.
  const stable = redact(digest?.text ?? "", "digest", redactions).text
  const shown = shownOf(query, redactions)
  const spent = countTokens(stable) + shown.tokens
  const selection = await source.gather(
    { ...query, budget: Math.max(0, budget - spent), visible: shown.window },
    signal,
  )
  const parts = selection.parts.map(part => ({
    ...part,
    text: redact(part.text, part.path, redactions).text,
  }))
  const context = redact(renderParts(parts, source.roots), document.uri, redactions, []).text
  return {
    stable,
    digest,
    epoch: epoch?.number ?? 0,
    parts,
    context,
    before: shown.before,
    after: shown.after,
    tokens: { stable: countTokens(stable), context: countTokens(context), document: shown.tokens },
    redactions,
  }
}

interface ShownDocument {
  readonly window: { readonly startLine: number; readonly endLine: number }
  readonly before: string
  readonly after: string
  readonly tokens: number
}

function shownOf(
  { document, offset, budget, countTokens }: PromptQuery,
  redactions: Redactions,
): ShownDocument {
  const window = documentWindow(document, offset, budget * DOCUMENT_SHARE, countTokens)
  const source = document.path ?? document.uri
  const part = (start: number, end: number): string =>
    redactPart(document.text, start, end, source, redactions).text
  const before = part(window.start, offset)
  const after = part(offset, window.end)
  return { window, before, after, tokens: countTokens(before) + countTokens(after) }
}
