import type { Log } from "../base/log.ts"
import type { LanguageManifest } from "../syntax/manifest.ts"
import type { Grammars } from "../syntax/parser.ts"
import { DocumentRules } from "../syntax/rules/document-rules.ts"
import { RuleSet } from "../syntax/rules/rule-set.ts"
import { readRules } from "./rule-folder.ts"

/** The rules of every language, each language's read when one of its documents first asks. */
export class RuleBook {
  readonly #folders: readonly string[]
  readonly #grammars: Grammars
  readonly #log: Log
  readonly #sets = new Map<string, RuleSet>()

  /** `folders` hold languages with their rules, a later one over an earlier one. */
  constructor(folders: readonly string[], grammars: Grammars, log: Log) {
    this.#folders = folders
    this.#grammars = grammars
    this.#log = log
  }

  /** What keeps the findings of one document. */
  forDocument(language: LanguageManifest): DocumentRules {
    return new DocumentRules(this.forLanguage(language))
  }

  /** The rules of one language; none if it has none. What is broken is said once to the log and left out. */
  forLanguage(language: LanguageManifest): RuleSet {
    let set = this.#sets.get(language.name)
    if (set === undefined) {
      const rules = readRules(this.#folders, language, this.#log)
      const onBroken = (rule: { readonly name: string }, complaint: string): void =>
        this.#log.once("warn", `rule left out: ${rule.name} of ${language.name}: ${complaint}`)
      set = new RuleSet(rules, language, this.#grammars, onBroken)
      this.#sets.set(language.name, set)
    }
    return set
  }
}
