import type { LanguageManifest } from "../manifest.ts"
import type { Grammars, QueryMatch, SyntaxNode, TreeQuery } from "../parser.ts"
import type { CommentOpeners } from "./rewrite.ts"
import type { Rule } from "./rule-file.ts"

/** The rules of one language, compiled one by one as they are needed. */
export class RuleSet {
  readonly rules: readonly Rule[]
  /** Types of nodes that are looked into for the units of a document. */
  readonly opened: ReadonlySet<string>
  readonly comments: CommentOpeners
  readonly #queries = new Map<Rule, TreeQuery | null>()
  readonly #compile: (rule: Rule) => TreeQuery | null

  /** `onBroken` hears once of each rule whose query the grammar does not take; the rule finds nothing then. */
  constructor(
    rules: readonly Rule[],
    language: LanguageManifest,
    grammars: Grammars,
    onBroken: (rule: Rule, complaint: string) => void,
  ) {
    this.rules = rules
    this.opened = new Set(language.units)
    const { lineComments, blockComments } = language.lexicon
    this.comments = [...lineComments, ...blockComments.map(([opener]) => opener)]
    this.#compile = rule => {
      const query = grammars.queryFor(language, rule.query)
      if (query === null || !("complaint" in query)) return query
      onBroken(rule, query.complaint)
      return null
    }
  }

  /** Where the patterns of a rule fit within `node`. The first call for a rule compiles it, which takes a few ms. */
  matches(rule: Rule, node: SyntaxNode): readonly QueryMatch[] {
    let query = this.#queries.get(rule)
    if (query === undefined) {
      query = this.#compile(rule)
      this.#queries.set(rule, query)
    }
    return query?.matches(node) ?? []
  }
}
