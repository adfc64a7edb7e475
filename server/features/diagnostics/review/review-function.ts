import { redact, redactPart } from "../../../context/redact/redact.ts"
import type { Redactions } from "../../../context/redact/redactions.ts"
import { shortPath } from "../../../context/short-path.ts"
import type { AskRequest, Role } from "../../../model/ask.ts"
import type { LanguageManifest } from "../../../syntax/manifest.ts"
import type { Parser } from "../../../syntax/parser.ts"
import type { DocumentSnapshot } from "../../../workspace/document.ts"
import { roleFor } from "../../actions/edit-ask.ts"
import type { PromptContext, RefusedPrompt } from "../../context/prompt-context.ts"
import type { Finding } from "../finding.ts"
import { landFix, placeOfQuote, type Stretch } from "./place-claim.ts"
import { type Claim, isConfirmed, readClaims } from "./read-claims.ts"
import {
  confirmInstructions,
  confirmTurn,
  REVIEW_PROMPT_VERSION,
  type ReviewTurn,
  reviewInstructions,
  reviewTurn,
} from "./review-prompt.ts"

/** What reviewing draws on. */
export interface ReviewSources {
  /** Absolute folders of the project. */
  readonly roots: readonly string[]
  /** What a model may be told of a place. Rejects with `Cancelled` when `signal` aborts. */
  prompt(
    document: DocumentSnapshot,
    offset: number,
    signal: AbortSignal,
  ): Promise<PromptContext | RefusedPrompt>
  /** The whole answer to an ask. Rejects with `ModelError`, or with `Cancelled` when `signal` aborts. */
  ask(request: AskRequest, signal: AbortSignal): Promise<string>
  language(name: string): LanguageManifest | null
  /** A parser that nobody else uses meanwhile, or null. */
  parserFor(language: LanguageManifest): Parser | null
  /** Whether the project declares a name. */
  exists(name: string): boolean
}

/** What a model found in one function, offsets counted from its start; or why nothing of it may be sent, a sentence. */
export type FunctionReview = { readonly findings: readonly Finding[] } | { readonly refused: string }

/** The rule that model findings go by. */
const REVIEW_RULE = "review"

/** Most findings in one function. */
const MOST_FINDINGS = 3
/** Longest function, in UTF-16 code units: beyond, no model says much that is true. */
const MOST_CODE = 24_000
/** Bounds of answers, in tokens, with what a model thinks before it says a word. */
const MOST_CLAIMED = 4096
const MOST_CONFIRMED = 2048
/** Below all that a user asked for or is about to type. */
const PRIORITY = -1

/**
 * Has a model look for bugs in one function, whole lines of a document, and look again at each claim: what is not quoted from
 * the one place it is about, or not confirmed, is none. A fix is landed at once. Rejects with `ModelError` where the model
 * fails, and with `Cancelled` when `signal` aborts.
 */
export async function reviewFunction(
  document: DocumentSnapshot,
  place: Stretch,
  sources: ReviewSources,
  signal: AbortSignal,
): Promise<FunctionReview> {
  const code = document.text.slice(place.start, place.end)
  if (code.length > MOST_CODE) return { findings: [] }
  const prompt = await sources.prompt(document, place.start, signal)
  if (prompt.refused) return { refused: prompt.reason }
  const asks = new ReviewAsks(document, place, prompt, sources.roots)
  const restored = (text: string): string => prompt.redactions.restore(text, asks.source)
  const findings: Finding[] = []
  for (const claim of readClaims(await sources.ask(asks.review(), signal))) {
    const quoted = { ...claim, quote: restored(claim.quote) }
    const at = placeOfQuote(quoted.quote, code)
    if (at === null || findings.some(each => at.start < each.end && each.start < at.end)) continue
    if (!isConfirmed(await sources.ask(asks.confirm(quoted), signal))) continue
    findings.push(await findingOf(quoted, at, { document, place, sources, restored }))
    if (findings.length === MOST_FINDINGS) break
  }
  return { findings }
}

interface FixPlace {
  readonly document: DocumentSnapshot
  readonly place: Stretch
  readonly sources: ReviewSources
  readonly restored: (text: string) => string
}

async function findingOf(claim: Claim, { start, end }: Stretch, at: FixPlace): Promise<Finding> {
  const edits = await landed(claim, at)
  const fix = edits && ({ title: "Apply the fix that came with it", kind: "quickfix", edits } as const)
  const fixes = fix === null ? [] : [fix]
  const message = claim.problem
  return { rule: REVIEW_RULE, message, severity: "information", start, end, tags: [], fixes, byModel: true }
}

/** The edits of a claim's fix, counted from the start of the function. */
async function landed(
  claim: Claim,
  { document, place, sources, restored }: FixPlace,
): Promise<Finding["fixes"][number]["edits"] | null> {
  const { text, language: name } = document
  const language = name === null ? null : sources.language(name)
  const path = shortPath(document.path ?? document.uri, sources.roots).replaceAll("\\", "/")
  const parser = language && sources.parserFor(language)
  const edits = await landFix(claim, {
    file: { path, asked: text, now: text, language, parser, known: null },
    target: place,
    exists: name => sources.exists(name),
    restore: restored,
  })
  return (
    edits?.map(edit => ({ ...edit, start: edit.start - place.start, end: edit.end - place.start })) ?? null
  )
}

/** The asks about one function. Everything in them is redacted. */
class ReviewAsks {
  /** What the function's secrets are restored to. */
  readonly source: string
  readonly #prompt: PromptContext
  readonly #turn: ReviewTurn
  readonly #role: Role

  constructor(
    { text, path, uri, language, lines }: DocumentSnapshot,
    { start, end }: Stretch,
    prompt: PromptContext,
    roots: readonly string[],
  ) {
    this.source = path ?? uri
    this.#prompt = prompt
    this.#turn = {
      path: shortPath(this.source, roots),
      language,
      code: redactPart(text, start, end, this.source, prompt.redactions).text,
    }
    this.#role = roleFor("auto", lines.lineAt(end) - lines.lineAt(start) + 1)
  }

  /** What is wrong with it? */
  review(): AskRequest {
    const { stable } = this.#prompt
    return {
      ...this.#ask(reviewInstructions(), reviewTurn(this.#turn, this.#prompt)),
      stable: stable === "" ? [] : [stable],
      maxOutputTokens: MOST_CLAIMED,
      cacheKey: `pilotlight-bugs-${REVIEW_PROMPT_VERSION}`,
    }
  }

  /** Is that so? */
  confirm({ quote, problem }: Claim): AskRequest {
    return {
      ...this.#ask(confirmInstructions(), confirmTurn(this.#turn, quote, problem)),
      stable: [],
      maxOutputTokens: MOST_CONFIRMED,
      cacheKey: `pilotlight-confirm-${REVIEW_PROMPT_VERSION}`,
    }
  }

  #ask(instructions: string, turn: string): Omit<AskRequest, "stable" | "maxOutputTokens" | "cacheKey"> {
    const redactions: Redactions = this.#prompt.redactions
    // Once more as a whole: its parts together may show what none does by itself.
    const text = redact(turn, this.source, redactions).text
    return {
      role: this.#role,
      instructions,
      turns: [{ by: "user", text }],
      hole: null,
      priority: PRIORITY,
      stop: [],
    }
  }
}
