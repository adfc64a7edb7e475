import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What one line of a corpus says of its rule. */
export interface Example {
  readonly code: string
  /** Whether the rule must find something, once. */
  readonly isFound: boolean
  /** The text after the rule's rewrite; null where the corpus does not say. */
  readonly fixed: string | null
}

/** The examples of one rule of one language's folder. */
export interface RuleCorpus {
  readonly language: string
  readonly rule: string
  readonly examples: readonly Example[]
}

const FOLDER = "test/features/diagnostics/corpus"

/** Every rule of the repository with its examples; none for a rule without a corpus. `repository` is an absolute folder. */
export function readCorpora(repository: string): readonly RuleCorpus[] {
  return ["javascript", "typescript", "python", "go", "rust"].flatMap(language => {
    const rules = join(repository, "grammars", language, "rules")
    const names = existsSync(rules) ? readdirSync(rules).map(name => name.replace(/\.scm$/, "")) : []
    return names.map(rule => {
      const path = join(repository, FOLDER, language, `${rule}.txt`)
      return { language, rule, examples: existsSync(path) ? readExamples(readFileSync(path, "utf8")) : [] }
    })
  })
}

/** `+ code` is found, `- code` is not, `= code` is what the rewrite makes of the line above; `\n` breaks a line. */
function readExamples(text: string): readonly Example[] {
  const examples: Example[] = []
  for (const line of text.split("\n")) {
    const code = `${line.slice(2)}\n`.replace(/\\(\\|n|t)/g, (_, unit: string) => ESCAPES[unit] ?? unit)
    const last = examples.at(-1)
    if (line.startsWith("+ ")) examples.push({ code, isFound: true, fixed: null })
    else if (line.startsWith("- ")) examples.push({ code, isFound: false, fixed: null })
    else if (line.startsWith("= ") && last) examples[examples.length - 1] = { ...last, fixed: code }
  }
  return examples
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\" }
