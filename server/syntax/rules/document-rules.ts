import type { SyntaxTree } from "../parser.ts"
import { addMatch, markKey, type RuleFinding, type UnitFindings } from "./rule-match.ts"
import type { RuleSet } from "./rule-set.ts"
import { type Unit, unitsOf } from "./units.ts"

/** What was found in one unit so far. */
interface UnitState extends UnitFindings {
  /** How many of the rules have been applied; null until the unit is known to be free of errors. */
  applied: number
  isBroken: boolean | null
}

/** Most units that are kept of a text with an error, for when it is mended: one error can hide nearly all. */
const MOST_HIDDEN = 20_000

/**
 * What the rules find in one open document.
 * Invariant: what is kept of a unit is kept under its own text and its surroundings, and depends on nothing else. So an
 * edit costs the units that it changed, and the findings are those of a document that was never edited.
 */
export class DocumentRules {
  readonly #rules: RuleSet
  #units = new Map<string, UnitState>()

  constructor(rules: RuleSet) {
    this.#rules = rules
  }

  /**
   * Every finding in `text`, whose tree is `tree`, in order, or null if `isDue` said that the time is up: the next call
   * goes on from there. A unit with a syntax error holds no findings.
   */
  run(tree: SyntaxTree, text: string, isDue: () => boolean): readonly RuleFinding[] | null {
    const seen = new Map<string, UnitState>()
    const placed: { start: number; state: UnitState }[] = []
    for (const unit of unitsOf(tree, text, this.#rules.opened)) {
      const key = unit.surroundings + text.slice(unit.start, unit.end)
      const state = seen.get(key) ?? this.#units.get(key) ?? freshState()
      seen.set(key, state)
      placed.push({ start: unit.start, state })
      if (this.#advance(state, unit, text, isDue)) continue
      for (const [known, kept] of seen) this.#units.set(known, kept)
      return null
    }
    this.#keep(seen, tree.hasErrors)
    return joined(placed)
  }

  /** Forgets what is gone; not while an error may only hide it for a moment. */
  #keep(seen: Map<string, UnitState>, isBroken: boolean): void {
    if (!isBroken || this.#units.size > MOST_HIDDEN) this.#units = seen
    else for (const [key, state] of seen) this.#units.set(key, state)
  }

  /** Applies the rules that have not been yet; false if time ran out before the last. */
  #advance(state: UnitState, unit: Unit, text: string, isDue: () => boolean): boolean {
    const { rules } = this.#rules
    if (state.isBroken === true || state.applied === rules.length) return true
    const { node } = unit
    state.isBroken ??= node.hasError
    if (state.isBroken) return true
    const own = text.slice(unit.start, unit.end)
    for (; state.applied < rules.length; state.applied++) {
      const rule = rules[state.applied]!
      if (!rule.needs.every(word => own.includes(word))) continue
      if (isDue()) return false
      for (const match of this.#rules.matches(rule, node)) {
        addMatch(state, rule, match, node, text, this.#rules.comments)
      }
    }
    return true
  }
}

function freshState(): UnitState {
  return { found: [], marks: [], applied: 0, isBroken: null }
}

/** The findings that stand by all marks of the document, at their places in it. */
function joined(placed: readonly { start: number; state: UnitState }[]): readonly RuleFinding[] {
  const marks = new Set(placed.flatMap(({ state }) => state.marks))
  const findings = placed.flatMap(({ start, state }) =>
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
