import { indentOf } from "../../base/indent.ts"
import type { SyntaxNode } from "../parser.ts"
import { type Condition, type NeededMark, type Scene, textOf } from "./conditions.ts"
import { type CommentOpeners, fillMessage, type Holder, type Rewrite, rewriteOf } from "./rewrite.ts"
import type { Rule, RulePattern } from "./rule-file.ts"
import type { RuleMatch } from "./rule-set.ts"

/** What a rule found, offsets in UTF-16 code units from the start of the unit it was found in. */
export interface RuleFinding {
  readonly rule: string
  readonly message: string
  readonly severity: Rule["severity"]
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly tags: Rule["tags"]
  /** Null if nothing can be done about it by rule. */
  readonly rewrite: Rewrite | null
}

/** What a unit adds to a document's findings. */
export interface UnitFindings {
  /** What stands only if the document holds all its marks. */
  readonly found: { readonly finding: RuleFinding; readonly needed: readonly NeededMark[] }[]
  /** Keys of marks, see `markKey`. */
  readonly marks: string[]
}

/** What a mark of a rule is kept under. */
export function markKey(rule: string, mark: string, text: string): string {
  return `${rule}\0${mark}\0${text}`
}

/** Adds what a match in `unit` comes to, which may be nothing. */
export function addMatch(
  into: UnitFindings,
  { rule, pattern, captures }: RuleMatch,
  unit: SyntaxNode,
  text: string,
  comments: CommentOpeners,
): void {
  const captured = new Captured(captures, unit, text)
  if (!holdsHere(pattern.conditions, captured)) return
  for (const { capture, mark } of pattern.marks) {
    const node = captured.node(capture)
    if (node !== null) into.marks.push(markKey(rule.name, mark, textOf(node, text)))
  }
  const here = captured.span("here")
  if (pattern.marks.length > 0 || here === null) return
  captured.groups.set("newline", newlineBefore(here.start, text))
  const rewrite = pattern.replacements.length === 0 ? null : rewriteOf(rule, pattern, captured, comments)
  // Where only newer syntax is offered, there is nothing to say without it.
  if (rewrite === null && rule.severity === "hint") return
  if (into.found.some(({ finding }) => isSame(finding, rule.name, here.start - unit.startIndex))) return
  const { name, severity, tags } = rule
  const message = fillMessage(rule.message, captured)
  const [start, end] = [here.start - unit.startIndex, here.end - unit.startIndex]
  const finding = { rule: name, message, severity, start, end, tags, rewrite }
  into.found.push({ finding, needed: neededMarks(pattern, captured) })
}

/** A line break and the indentation of the line that `offset` is in. */
function newlineBefore(offset: number, text: string): string {
  return `\n${indentOf(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset))}`
}

function isSame(finding: RuleFinding, rule: string, start: number): boolean {
  return finding.rule === rule && finding.start === start
}

function holdsHere(conditions: readonly Condition[], captured: Captured): boolean {
  return conditions.every(({ about, isNegated, check }) => {
    if (check.kind !== "here") return true
    return captured.nodes(about).every(node => check.holds(node, captured) !== isNegated)
  })
}

function neededMarks({ conditions }: RulePattern, captured: Captured): readonly NeededMark[] {
  return conditions.flatMap(({ about, isNegated, check }) => {
    const node = captured.node(about)
    if (check.kind !== "mark" || node === null) return []
    return [{ mark: check.mark, text: check.text ?? textOf(node, captured.text), isWanted: !isNegated }]
  })
}

/** The captures of one match. */
class Captured implements Scene, Holder {
  readonly text: string
  readonly unit: SyntaxNode
  readonly groups = new Map<string, string>()
  readonly #captures: RuleMatch["captures"]

  constructor(captures: RuleMatch["captures"], unit: SyntaxNode, text: string) {
    this.#captures = captures
    this.unit = unit
    this.text = text
  }

  nodes(capture: string): readonly SyntaxNode[] {
    if (capture === "unit") return [this.unit]
    return this.#captures.filter(({ name }) => name === capture).map(({ node }) => node)
  }

  node(capture: string): SyntaxNode | null {
    return this.nodes(capture)[0] ?? null
  }

  span(capture: string): { start: number; end: number } | null {
    const nodes = this.nodes(capture)
    if (nodes.length === 0) return null
    return { start: nodes[0]!.startIndex, end: nodes.at(-1)!.endIndex }
  }
}
