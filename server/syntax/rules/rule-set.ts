import type { LanguageManifest } from "../manifest.ts"
import type { Grammars, QueryMatch, Span, SyntaxNode, TreeQuery } from "../parser.ts"
import type { CommentOpeners } from "./rewrite.ts"
import type { Rule, RulePattern } from "./rule-file.ts"

/** Where a pattern of a rule fits. */
export interface RuleMatch {
  readonly rule: Rule
  readonly pattern: RulePattern
  readonly captures: QueryMatch["captures"]
}

/**
 * Patterns that share a query at most. One query for all costs a twentieth of one for each rule to look through a text, but
 * is compiled in one stretch, at some ms for each pattern.
 */
const MAX_SHARED = 10

/** The rules of one language, in groups that are looked for together and compiled as they are needed. */
export class RuleSet {
  readonly groups: readonly RuleGroup[]
  /** Types of nodes that are looked into for the units of a document. */
  readonly opened: ReadonlySet<string>
  readonly comments: CommentOpeners

  /** `onBroken` hears once of each rule whose query the grammar does not take; the rule finds nothing then. */
  constructor(
    rules: readonly Rule[],
    language: LanguageManifest,
    grammars: Grammars,
    onBroken: (rule: Rule, complaint: string) => void,
  ) {
    this.opened = new Set(language.units)
    const { lineComments, blockComments } = language.lexicon
    this.comments = [...lineComments, ...blockComments.map(([opener]) => opener)]
    const compile: Compile = query => grammars.queryFor(language, query)
    this.groups = grouped(rules).map(group => new RuleGroup(group, compile, onBroken))
  }
}

type Compile = (query: string) => ReturnType<Grammars["queryFor"]>

/** Rules that are looked for together. */
class RuleGroup {
  readonly rules: readonly Rule[]
  readonly #compile: Compile
  readonly #onBroken: (rule: Rule, complaint: string) => void
  #query: TreeQuery | null | undefined
  /** The patterns of the query, in its order. */
  #patterns: readonly Pick<RuleMatch, "rule" | "pattern">[] = []

  constructor(rules: readonly Rule[], compile: Compile, onBroken: (rule: Rule, complaint: string) => void) {
    this.rules = rules
    this.#compile = compile
    this.#onBroken = onBroken
  }

  /** Where patterns fit within `node` and touch `span`. The first call compiles the query, which takes some 10 ms. */
  matches(node: SyntaxNode, span: Span): readonly RuleMatch[] {
    this.#query ??= this.#open(this.rules)
    const matches = this.#query?.matches(node, span) ?? []
    return matches.flatMap(({ pattern, captures }) => {
      const named = this.#patterns[pattern]
      return named === undefined ? [] : [{ ...named, captures }]
    })
  }

  /** The query of some rules; broken ones are left out. */
  #open(rules: readonly Rule[]): TreeQuery | null {
    if (rules.length === 0) return null
    const query = this.#compile(rules.map(rule => rule.query).join("\n"))
    if (query !== null && "complaint" in query) {
      return this.#open(rules.length === 1 ? this.#left(rules[0]!, query.complaint) : this.#sound(rules))
    }
    this.#patterns = rules.flatMap(rule => rule.patterns.map(pattern => ({ rule, pattern })))
    return query
  }

  #sound(rules: readonly Rule[]): readonly Rule[] {
    return rules.filter(rule => {
      const query = this.#compile(rule.query)
      const complaint = query !== null && "complaint" in query ? query.complaint : null
      if (complaint !== null) this.#onBroken(rule, complaint)
      return complaint === null
    })
  }

  #left(rule: Rule, complaint: string): readonly Rule[] {
    this.#onBroken(rule, complaint)
    return []
  }
}

/**
 * Rules that need a word stand alone: they are looked for around that word only, and are not compiled before it is met.
 * The others share queries.
 */
function grouped(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const groups: Rule[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const rule of rules) {
    if (rule.needs.length > 0) continue
    size += rule.patterns.length
    if (size > MAX_SHARED) {
      groups.push([])
      size = rule.patterns.length
    }
    groups.at(-1)!.push(rule)
  }
  return [...groups, ...rules.filter(rule => rule.needs.length > 0).map(rule => [rule])]
}
