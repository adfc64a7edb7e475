import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { OpenDocuments } from "../../workspace/open-documents.ts"
import type { RuleBook } from "../../workspace/rule-book.ts"
import type { Dismissals } from "./dismissals.ts"
import type { Finding } from "./finding.ts"
import { isGenerated } from "./generated.ts"

/** What the findings of one client's documents come from. */
interface LiveFindingsOptions {
  readonly documents: Pick<OpenDocuments, "tree" | "get">
  readonly rules: RuleBook
  readonly languageOf: (name: string) => Parameters<RuleBook["forDocument"]>[0] | null
  readonly dismissals: Dismissals
  /** What a model is known to have found in a document as it is now, in order. */
  readonly reviewed: (uri: string) => readonly Finding[]
}

/** Longest parsing in one stretch of work, in milliseconds. */
const PARSE_MS = 4

/** Most findings by a model that one document shows; the first ones. */
const MOST_REVIEWED = 10

/**
 * What rules find in the open documents of one client, and what a model found in them: one stream of findings.
 * Invariant: findings are always those of the whole present text, as if it had just been opened; only what an edit changed
 * is looked at again. While an error hides declarations that were not edited, they keep their findings.
 */
export class LiveFindings {
  readonly #options: LiveFindingsOptions
  readonly #documents = new Map<string, ReturnType<RuleBook["forDocument"]>>()
  /** Findings by snapshot: those of an older version are of no use to anybody. */
  readonly #found = new WeakMap<DocumentSnapshot, readonly Finding[]>()

  constructor(options: LiveFindingsOptions) {
    this.#options = options
  }

  /**
   * Every finding in a document as it is now, in order, dismissed ones left out; null if `budgetMs` milliseconds were not
   * enough: the next call goes on from there. None for a document that is not open, has no rules, or was generated.
   */
  advance(uri: string, budgetMs: number): readonly Finding[] | null {
    const document = this.#options.documents.get(uri)
    if (document === null) return []
    const all = this.#found.get(document) ?? this.#look(document, budgetMs)
    if (all === null) return null
    this.#found.set(document, all)
    const isLeft = (finding: Finding): boolean => !this.#options.dismissals.has(document, finding)
    const ruled = all.filter(isLeft)
    const reviewed = this.#options.reviewed(uri).filter(isLeft).slice(0, MOST_REVIEWED)
    return reviewed.length === 0 ? ruled : [...ruled, ...reviewed].sort((a, b) => a.start - b.start)
  }

  /** Findings that touch a span of a document, as far as they are known by now. Costs nothing. */
  findingsAt(uri: string, start: number, end: number): readonly Finding[] {
    const found = this.advance(uri, 0) ?? []
    return found.filter(finding => finding.start <= end && start <= finding.end)
  }

  /** Never shows the findings that equal this one again, in this version of the document or a later one. */
  dismiss(uri: string, finding: Finding): void {
    const document = this.#options.documents.get(uri)
    if (document !== null) this.#options.dismissals.add(document, finding)
  }

  /** Forgets a document. */
  closed(uri: string): void {
    this.#documents.delete(uri)
  }

  #look(document: DocumentSnapshot, budgetMs: number): readonly Finding[] | null {
    const deadline = performance.now() + budgetMs
    const rules = this.#rulesOf(document)
    if (rules === null || isGenerated(document.text)) return []
    const tree = this.#options.documents.tree(document.uri, Math.min(budgetMs, PARSE_MS))
    if (tree === "pending") return null
    if (tree === null) return []
    const found = rules.run(tree, document.text, () => performance.now() >= deadline)
    return (
      found?.map(({ rewrite, ...finding }) => {
        const kind = finding.severity === "hint" ? "refactor.rewrite" : "quickfix"
        return { ...finding, byModel: false, fixes: rewrite === null ? [] : [{ ...rewrite, kind }] }
      }) ?? null
    )
  }

  #rulesOf({ uri, language }: DocumentSnapshot): ReturnType<RuleBook["forDocument"]> | null {
    const known = this.#documents.get(uri)
    if (known !== undefined) return known
    const manifest = language === null ? null : this.#options.languageOf(language)
    if (manifest === null) return null
    const rules = this.#options.rules.forDocument(manifest)
    this.#documents.set(uri, rules)
    return rules
  }
}
