import type { ContextPart } from "../../context/context-part.ts"
import type { ContextPurpose } from "../../context/context-request.ts"
import { documentWindow } from "../../context/document-window.ts"
import type { PieceSecrets } from "../../context/redact/piece-secrets.ts"
import { redactHalves, redactPieces } from "../../context/redact/redact.ts"
import { Redactions } from "../../context/redact/redactions.ts"
import { renderParts } from "../../context/render.ts"
import { estimateTokens } from "../../context/token-estimate.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { RemoteIndex } from "../../workspace/remote/remote-index.ts"
import type { ContextSource } from "./context-source.ts"
import type { Epoch } from "./digest-keeper.ts"
import { type RemoteDeclaration, remoteDeclarations, renderRemote } from "./remote-declarations.ts"

/** What a prompt can be for. */
export const PURPOSES: readonly ContextPurpose[] = ["complete", "edit", "explain", "review"]

/** A place of a document and what may be said about it. */
interface PromptQuery {
  readonly document: DocumentSnapshot
  /** UTF-16 code units. */
  readonly offset: number
  readonly purpose: ContextPurpose
  /** Most tokens of everything together, by estimate. */
  readonly budget: number
}

/** What a prompt is composed from. */
interface PromptSources {
  readonly source: ContextSource
  /** Null for a prompt without a digest. */
  readonly epoch: Epoch | null
  /** Knows code that is not checked out; null for none. Not asked by `complete`, which can't wait. */
  readonly remote: RemoteIndex | null
}

/** One piece of a prompt, as it is sent. */
export interface PromptPiece {
  readonly kind: ContextPart["kind"] | "digest" | "before" | "after"
  /** Absolute, or in `repository` if that is not null; null for the digest. */
  readonly path: string | null
  /** The remote's name of a repository that is not checked out here; null for what is. */
  readonly repository: string | null
  /** Zero-based, `endLine` exclusive; 0 for the digest. */
  readonly startLine: number
  readonly endLine: number
  readonly detail: ContextPart["detail"]
  /** A short sentence for the user. */
  readonly why: string
  readonly text: string
}

/** What a prompt says of the project and the document; redacted, ready to leave the machine. */
export interface PromptContext {
  readonly refused: false
  /** The digest: the same bytes throughout an epoch. Empty before the first, or where it would take too much of the budget. */
  readonly stable: string
  /** Counts up; 0 before the first. */
  readonly epoch: number
  /** The parts of other code as one text. */
  readonly context: string
  /** The document before and after the cursor, as far as it is shown. */
  readonly before: string
  readonly after: string
  /** All of the above piece by piece: the digest, the parts best first, the document. */
  readonly pieces: readonly PromptPiece[]
  /** Secrets hidden; what comes back is restored with it. */
  readonly redactions: Redactions
}

/** Of the budget at most, by the document's own text, by the digest, and by code that is not checked out. */
const DOCUMENT_SHARE = 0.4
const DIGEST_SHARE = 0.25
const REMOTE_SHARE = 0.1

/** A document of which nothing may be sent; `reason` is a short sentence for the user. */
export interface RefusedPrompt {
  readonly refused: true
  readonly reason: string
}

/**
 * Composes what is said about a place: the digest, the document around it, what a remote knows of names that are declared
 * nowhere here, and the context for what is left; or says why
 * nothing may be said of this document. Throws `Cancelled` when `signal` aborts.
 */
export async function promptContext(
  query: PromptQuery,
  { source, epoch, remote }: PromptSources,
  signal: AbortSignal,
): Promise<PromptContext | RefusedPrompt> {
  const { document, budget } = query
  const verdict = await source.verdictOn(document)
  if (!verdict.allowed) return { refused: true, reason: verdict.reason }
  // The digest's first, so that its placeholders are the same in each prompt of an epoch.
  const redactions = epoch?.redactions.copy() ?? new Redactions()
  const digest = digestPieces(epoch, budget)
  const stable = digest.map(({ text }) => `${text}\n`).join("")
  const shown = shownOf(query, redactions)
  const elsewhere =
    remote === null || query.purpose === "complete"
      ? []
      : await remoteDeclarations(remoteQueryOf(query, shown), source, remote, redactions, signal)
  const remoteText = renderRemote(elsewhere)
  const used = estimateTokens(stable) + shown.tokens + estimateTokens(remoteText)
  const rest = Math.max(0, budget - used)
  const request = { ...query, budget: rest, countTokens: estimateTokens, visible: shown.window }
  const { parts } = await source.gather(request, signal)
  const context = redactedContext(remoteText, renderParts(parts, source.roots), redactions, source.secrets)
  return {
    refused: false,
    stable,
    epoch: epoch?.number ?? 0,
    context: context.text,
    before: shown.before.text,
    after: shown.after.text,
    pieces: [
      ...digest,
      ...parts.map(context.pieceOf),
      ...elsewhere.map(remotePiece),
      shown.before,
      shown.after,
    ],
    redactions,
  }
}

/** The sections of the digest, unless they would take too much of the budget. */
function digestPieces(epoch: Epoch | null, budget: number): readonly PromptPiece[] {
  if (epoch === null || epoch.digest.tokens > budget * DIGEST_SHARE) return []
  return epoch.digest.sections.map(({ title }, at) => ({
    kind: "digest",
    path: null,
    repository: null,
    startLine: 0,
    endLine: 0,
    detail: "signature",
    why: `${title.toLowerCase()}, the same all through epoch ${epoch.number}`,
    text: epoch.shown[at]!,
  }))
}

interface RedactedContext {
  /** What is sent. */
  readonly text: string
  readonly pieceOf: (part: ContextPart) => PromptPiece
}

/** The context as it leaves: looked at as a whole, since its parts together may show what none does by itself. */
function redactedContext(
  remoteText: string,
  local: ReturnType<typeof renderParts>,
  redactions: Redactions,
  secrets: PieceSecrets,
): RedactedContext {
  // Redacted when it came; its own lines, but no source to go back to.
  const remote = remoteText === "" ? [] : [{ text: remoteText.trimEnd(), source: "", part: null }]
  const pieces = [...remote, ...local]
  const texts = redactPieces(pieces, redactions, secrets)
  const byPart = new Map(pieces.map(({ part }, at) => [part, texts[at]!]))
  return {
    text: texts.map(text => `${text}\n`).join(""),
    pieceOf: part => ({ ...part, repository: null, text: byPart.get(part)! }),
  }
}

function remoteQueryOf(
  { document, offset, budget }: PromptQuery,
  { before, after }: ShownDocument,
): Parameters<typeof remoteDeclarations>[0] {
  return { document, offset, shown: `${before.text}\n${after.text}`, budget: budget * REMOTE_SHARE }
}

function remotePiece({ repository, path, line, text }: RemoteDeclaration): PromptPiece {
  return {
    kind: "definition",
    path,
    repository,
    startLine: line,
    endLine: line + 1,
    detail: "signature",
    why: `declared in ${repository}, not checked out`,
    text,
  }
}

interface ShownDocument {
  readonly window: { readonly startLine: number; readonly endLine: number }
  readonly before: PromptPiece
  readonly after: PromptPiece
  /** By estimate. */
  readonly tokens: number
}

function shownOf({ document, offset, budget }: PromptQuery, redactions: Redactions): ShownDocument {
  const window = documentWindow(document, offset, budget * DOCUMENT_SHARE, estimateTokens)
  const path = document.path ?? document.uri
  const line = document.lines.lineAt(offset)
  const piece = (kind: "before" | "after", text: string): PromptPiece => ({
    kind,
    path,
    repository: null,
    startLine: kind === "before" ? window.startLine : line,
    endLine: kind === "before" ? line + 1 : window.endLine,
    detail: "body",
    why: `the document ${kind} the cursor`,
    text,
  })
  const halves = { start: window.start, cursor: offset, end: window.end }
  const [textBefore, textAfter] = redactHalves(document.text, halves, path, redactions)
  const before = piece("before", textBefore)
  const after = piece("after", textAfter)
  return { window, before, after, tokens: estimateTokens(before.text) + estimateTokens(after.text) }
}
