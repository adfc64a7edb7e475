import type { Span, SyntaxNode } from "../parser.ts"
import type { Rule, RulePattern } from "./rule-file.ts"

/** What can be done about a finding; edits never overlap, stand in order, and count from the start of the unit. */
export interface Rewrite {
  readonly title: string
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]
}

/** The captures of a match. */
export interface Holder {
  readonly text: string
  readonly unit: SyntaxNode
  /** Texts that can be filled in beside those of captures. */
  readonly groups: ReadonlyMap<string, string>
  /** From the first to the last node of a capture; null if the pattern fits without it. */
  span(capture: string): Span | null
}

/** Texts that begin a comment. */
export type CommentOpeners = readonly string[]

/** Most code units of a capture that a message holds. */
const MAX_QUOTED = 40
/** A place in a template: a capture, or with `.inner` what is between its first and last code unit. */
const PLACE = /\{(\w+)(\.inner)?\}/g

/** The rewrite of a match, or null if it would lose a comment or does not apply. */
export function rewriteOf(
  rule: Rule,
  { replacements }: RulePattern,
  holder: Holder,
  comments: CommentOpeners,
): Rewrite | null {
  const edits: { start: number; end: number; text: string }[] = []
  for (const { capture, template } of replacements) {
    const span = holder.span(capture)
    if (span === null) continue
    // A comment that is captured as a whole is meant to go.
    if (template !== "" && losesComment(span, template, holder, comments)) return null
    const text = fill(template, holder, value => value)
    const start = text === "" ? trailingFrom(span, holder.text) : span.start
    edits.push({ start: start - holder.unit.startIndex, end: span.end - holder.unit.startIndex, text })
  }
  edits.sort((a, b) => a.start - b.start)
  if (edits.length === 0 || edits.some((edit, at) => edit.start < (edits[at - 1]?.end ?? 0))) return null
  return { title: fillMessage(rule.title ?? rule.name, holder), edits }
}

/** Where the removal of a span begins: at the spaces before it if it ends its line. */
function trailingFrom({ start, end }: Span, text: string): number {
  if (end < text.length && !/[\r\n]/.test(text.charAt(end))) return start
  let from = start
  while (from > 0 && /[ \t]/.test(text.charAt(from - 1))) from--
  return from
}

/** A sentence with its captures filled in: their first lines, cut where they are long. */
export function fillMessage(template: string, holder: Holder): string {
  return fill(template, holder, value => {
    const [line = ""] = value.split("\n", 1)
    const short = line.slice(0, MAX_QUOTED).trimEnd()
    return short.length < value.length ? `${short}…` : short
  })
}

/** What is no capture in braces stays as it is. */
function fill(template: string, holder: Holder, shown: (value: string) => string): string {
  return template.replace(PLACE, (place, capture: string, inner: string | undefined) => {
    const span = holder.span(capture)
    if (span === null) return holder.groups.get(capture) ?? place
    const cut = inner === undefined ? 0 : 1
    return shown(holder.text.slice(span.start + cut, span.end - cut))
  })
}

/** Whether a comment may stand where `span` is not taken over into `template`. */
function losesComment(span: Span, template: string, holder: Holder, comments: CommentOpeners): boolean {
  const kept = Array.from(template.matchAll(PLACE), ([, capture]) => holder.span(capture!))
    .filter(each => each !== null)
    .sort((a, b) => a.start - b.start)
  let at = span.start
  let lost = ""
  for (const { start, end } of kept) {
    if (start > at) lost += `${holder.text.slice(at, start)}\n`
    at = Math.max(at, end)
  }
  lost += holder.text.slice(at, Math.max(at, span.end))
  return comments.some(opener => lost.includes(opener))
}
