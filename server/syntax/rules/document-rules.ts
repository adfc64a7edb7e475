import { changeBetween } from "../../base/text-change.ts"
import type { Span, SyntaxNode, SyntaxTree } from "../parser.ts"
import type { Rule } from "./rule-file.ts"
import { addMatch, markKey, type RuleFinding, type UnitFindings } from "./rule-match.ts"
import type { RuleSet } from "./rule-set.ts"
import { type Unit, unitsOf } from "./units.ts"

/** What was found in one unit so far. */
interface UnitState extends UnitFindings {
  /** How many groups of rules were looked for in all of the unit. */
  done: number
  /** How far the next group was looked for, in UTF-16 code units from the start of the unit. */
  readTo: number
}

/** A unit at its place in the last text. */
interface PlacedUnit extends Span {
  readonly surroundings: string
  readonly state: UnitState
  /** Where to look for what is not found yet; null if all is found, or if an error hides the unit. */
  readonly node: SyntaxNode | null
}

/** Longest piece of a unit that is looked through in one stretch, in UTF-16 code units: about a millisecond's work. */
const WINDOW = 8192
/** The same from a word on that rules need: enough to meet the next one often, as each stretch costs something by itself. */
const WORD_WINDOW = 512

/**
 * What the rules find in one open document.
 * Invariant: what is kept of a unit depends on nothing but its own text and its surroundings. So an edit costs the units
 * that it changed, and in a text without errors the findings are those of a document that was never edited. While an error
 * hides units that were not edited themselves, they keep what was found in them.
 */
export class DocumentRules {
  readonly #rules: RuleSet
  #text = ""
  #units: readonly PlacedUnit[] = []

  constructor(rules: RuleSet) {
    this.#rules = rules
  }

  /**
   * Every finding in `text`, whose tree is `tree`, in order, or null if `isDue` said that the time is up: the next call
   * goes on from there. A unit with a syntax error holds no findings.
   */
  run(tree: SyntaxTree, text: string, isDue: () => boolean): readonly RuleFinding[] | null {
    this.#place(tree, text)
    for (const { node, state, start, end } of this.#units) {
      if (node !== null && !this.#advance(state, node, text, { start, end }, isDue)) return null
    }
    return joined(this.#units)
  }

  /** Finds the units of `text`, and what is known of each. */
  #place(tree: SyntaxTree, text: string): void {
    const old = new OldUnits(this.#units, this.#text, text)
    const units: PlacedUnit[] = []
    for (const unit of unitsOf(tree, text, this.#rules.opened)) {
      const state = old.take(unit)
      const isDone = state?.done === this.#rules.groups.length
      const { start, end, surroundings } = unit
      const node = isDone ? null : unit.node
      if (node?.hasError) continue
      units.push({ start, end, surroundings, state: state ?? freshState(), node })
    }
    this.#units = tree.hasErrors ? [...units, ...old.hiddenBehind(units)] : units
    this.#text = text
  }

  /** Looks for the rules that were not looked for yet; false if time ran out before the last. */
  #advance(
    state: UnitState,
    node: SyntaxNode,
    text: string,
    { start, end }: Span,
    isDue: () => boolean,
  ): boolean {
    const { groups, comments } = this.#rules
    const own = text.slice(start, end)
    for (; state.done < groups.length; state.done++, state.readTo = 0) {
      const group = groups[state.done]!
      const possible = group.rules.filter(rule => rule.needs.every(word => own.includes(word)))
      if (possible.length === 0) continue
      for (const piece of piecesFrom(state.readTo, own, possible)) {
        if (isDue()) return false
        for (const match of group.matches(node, { start: start + piece.start, end: start + piece.end })) {
          if (possible.includes(match.rule)) addMatch(state, match, node, text, comments)
        }
        state.readTo = piece.end
      }
    }
    return true
  }
}

/** The units of the last text, to be found again in the present one. */
class OldUnits {
  /** What was edited, in the present text. */
  readonly #edited: Span
  /** How many code units longer the present text is. */
  readonly #growth: number
  readonly #byStart: Map<number, PlacedUnit>

  constructor(units: readonly PlacedUnit[], before: string, after: string) {
    const { start, text } = changeBetween(before, after) ?? { start: after.length, text: "" }
    this.#edited = { start, end: start + text.length }
    this.#growth = after.length - before.length
    this.#byStart = new Map(units.map(unit => [unit.start, unit]))
  }

  /** What is known of a unit of the present text that was not edited, nor was what is around it; null of any other. */
  take({ start, end, surroundings }: Unit): UnitState | null {
    const shift = this.#shiftOf(start, end)
    const old = shift === null ? undefined : this.#byStart.get(start - shift)
    if (shift === null || old?.end !== end - shift || old.surroundings !== surroundings) return null
    this.#byStart.delete(old.start)
    return old.state
  }

  /** Those that were not edited, not taken, and stand in none of `units`, at their present places. */
  hiddenBehind(units: readonly Span[]): readonly PlacedUnit[] {
    const hidden: PlacedUnit[] = []
    for (const old of this.#byStart.values()) {
      const shift =
        this.#shiftOf(old.start, old.end) ?? this.#shiftOf(old.start + this.#growth, old.end + this.#growth)
      if (shift === null) continue
      const [start, end] = [old.start + shift, old.end + shift]
      if (!units.some(unit => unit.start < end && start < unit.end))
        hidden.push({ ...old, start, end, node: null })
    }
    return hidden
  }

  /** How far a span of the present text was moved; null if it holds what was edited. */
  #shiftOf(start: number, end: number): number | null {
    if (end <= this.#edited.start) return 0
    return start >= this.#edited.end ? this.#growth : null
  }
}

/** The pieces of a unit's text, from an offset in it on, that some of `rules` can fit in. */
function* piecesFrom(from: number, own: string, rules: readonly Rule[]): Generator<Span> {
  const length = rules.some(rule => rule.needs.length === 0) ? WINDOW : WORD_WINDOW
  for (let end = from; ; ) {
    const starts = rules.map(({ needs: [word] }) => (word === undefined ? end : own.indexOf(word, end)))
    const start = Math.min(...starts.filter(at => at !== -1))
    if (start >= own.length) return
    end = Math.min(own.length, start + length)
    yield { start, end }
  }
}

function freshState(): UnitState {
  return { found: [], marks: [], done: 0, readTo: 0 }
}

/** The findings that stand by all marks of the document, at their places in it. */
function joined(units: readonly PlacedUnit[]): readonly RuleFinding[] {
  const marks = new Set(units.flatMap(({ state }) => state.marks))
  const findings = units.flatMap(({ start, state }) =>
    state.found.flatMap(({ finding, needed }) => {
      const stands = needed.every(
        ({ mark, text, isWanted }) => marks.has(markKey(finding.rule, mark, text)) === isWanted,
      )
      return stands ? [moved(finding, start)] : []
    }),
  )
  return findings.sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1))
}

function moved(finding: RuleFinding, by: number): RuleFinding {
  const { start, end, rewrite } = finding
  const edits = rewrite?.edits.map(edit => ({ ...edit, start: edit.start + by, end: edit.end + by }))
  return {
    ...finding,
    start: start + by,
    end: end + by,
    rewrite: rewrite && edits ? { title: rewrite.title, edits } : null,
  }
}
