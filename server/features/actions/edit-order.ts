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

/** Whether an instruction may take the declared name away. Anything else that does is a rewrite of the wrong thing. */
export function mayRename({ instruction }: Pick<EditOrder, "instruction">): boolean {
  return RENAMES.test(instruction)
}
