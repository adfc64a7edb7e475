import type { ActionKind, ActionModel } from "./action-kinds.ts"
import type { ActionSite } from "./action-site.ts"
import type { InstructionComment } from "./instruction-comment.ts"
import type { TargetKind } from "./landing/target.ts"

/** An edit that a model is to make in an open document. */
export interface EditOrder {
  /** For people: what is being done. */
  readonly title: string
  readonly uri: string
  /** What it is about, UTF-16 code units. */
  readonly start: number
  readonly end: number
  readonly instruction: string
  readonly model: ActionModel
  readonly target: TargetKind
  /** The comment that gave the order, which is gone afterwards; null for none. */
  readonly comment: InstructionComment | null
}

/** The order for an action of some kind at a place. */
export function editOrder(kind: ActionKind, site: ActionSite): EditOrder {
  const { document, start, end, order } = site
  return {
    title: kind.title(site),
    uri: document.uri,
    start,
    end,
    instruction: kind.instruction(site),
    model: kind.model,
    target: kind.target,
    comment: kind.id === "order" ? order : null,
  }
}

/** Words of instructions after which what was declared may have another name, or be gone. */
const RENAMES =
  /\b(?:renam|call (?:it|this|that)\b|delete|remove th|inline|split|merge|replace|convert|extract)/i

/**
 * Whether one of the instructions may take the declared name away: by a word for that, or in any language by saying it
 * together with a new one, which is one that the answer brings. Anything else that does is a rewrite of the wrong thing.
 */
export function mayRename(
  instructions: readonly string[],
  name: string | null,
  isNew: (word: string) => boolean,
): boolean {
  return instructions.some(said => {
    if (RENAMES.test(said)) return true
    const words = wordsOf(said)
    return name !== null && words.has(name) && [...words].some(isNew)
  })
}

/** The names and words in a text, in any language. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}\p{N}_$]+/gu))
}
