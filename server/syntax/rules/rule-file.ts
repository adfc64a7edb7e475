import { choiceOf, ManifestError, wordsIn } from "../json-fields.ts"
import { type Condition, readCondition } from "./conditions.ts"
import { type Directive, type PatternForm, readForms } from "./query-forms.ts"

/** How much a finding of a rule matters; a hint only offers newer syntax. */
const RULE_SEVERITIES = ["warning", "information", "hint"] as const

/** What editors show a finding as, beside its severity. */
const RULE_TAGS = ["unnecessary", "deprecated"] as const

/** What a user is told where a query fits, and what can be done about it; `grammars/README.md` describes the file. */
export interface Rule {
  /** The file's name without its ending. */
  readonly name: string
  readonly severity: (typeof RULE_SEVERITIES)[number]
  /** A sentence; `{name}` stands for what a capture holds. */
  readonly message: string
  readonly tags: readonly (typeof RULE_TAGS)[number][]
  /** What the rewrite is called; null for a rule without one. */
  readonly title: string | null
  /** Texts without which no pattern can fit; the first one stands in all that a pattern fits. */
  readonly needs: readonly string[]
  /** The patterns without their predicates, as tree-sitter takes them. */
  readonly query: string
  readonly patterns: readonly RulePattern[]
}

/** What belongs to one pattern of a rule's query. */
export interface RulePattern {
  readonly conditions: readonly Condition[]
  /** What the captures are replaced with: texts with `{name}` in them. */
  readonly replacements: readonly Replacement[]
  /** What the pattern notes of the file instead of finding anything. */
  readonly marks: readonly Mark[]
}

/** `capture` becomes the filled `template`. */
interface Replacement {
  readonly capture: string
  readonly template: string
}

/** The text that `capture` holds is noted under the word `mark`. */
interface Mark {
  readonly capture: string
  readonly mark: string
}

const HEADER = /^;\s*([a-z]+):\s*(.*)$/
const HEADER_NAMES = ["severity", "message", "tags", "fix", "needs"]

/** The rule in the text of a file. `where` names the file in sentences. Throws `ManifestError` if it is none. */
export function parseRule(name: string, text: string, where: string): Rule {
  const headers = readHeaders(text, where)
  const forms = readForms(text, where)
  const patterns = forms.map(form => readPattern(form, where))
  if (patterns.length === 0) throw new ManifestError(where, "holds no pattern")
  const message = headers.get("message")
  if (message === undefined) throw new ManifestError(where, 'needs a line "; message: …"')
  const title = headers.get("fix") ?? null
  if (title === null && patterns.some(pattern => pattern.replacements.length > 0)) {
    throw new ManifestError(where, 'replaces something, so it needs a line "; fix: …"')
  }
  return {
    name,
    severity: choiceOf(headers.get("severity") ?? "warning", RULE_SEVERITIES, `${where} severity`),
    message,
    tags: wordsIn(headers.get("tags") ?? "", where).map(tag => choiceOf(tag, RULE_TAGS, `${where} tags`)),
    title,
    needs: wordsIn(headers.get("needs") ?? "", where),
    query: forms.map(form => form.query).join("\n"),
    patterns,
  }
}

/** The `; name: value` lines before the first other line. */
function readHeaders(text: string, where: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    if (!line.startsWith(";")) break
    const [, name, value] = HEADER.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    if (!HEADER_NAMES.includes(name)) throw new ManifestError(`${where} ${name}`, "is not a known line")
    headers.set(name, value.trim())
  }
  return headers
}

function readPattern({ directives, captures }: PatternForm, where: string): RulePattern {
  const replacements: Replacement[] = []
  const marks: Mark[] = []
  const conditions: Condition[] = []
  for (const directive of directives) {
    for (const capture of capturesOf(directive)) {
      if (!captures.has(capture)) throw new ManifestError(`${where} @${capture}`, "is not captured there")
    }
    if (directive.name === "replace!") replacements.push(readReplacement(directive, where))
    else if (directive.name === "mark!") marks.push(readMark(directive, where))
    else conditions.push(readCondition(directive, where))
  }
  if (marks.length === 0 && !captures.has("here")) {
    throw new ManifestError(where, "has a pattern that does not capture @here")
  }
  return { conditions, replacements, marks }
}

function capturesOf({ args }: Directive): readonly string[] {
  return args.flatMap(arg => ("capture" in arg && arg.capture !== "unit" ? [arg.capture] : []))
}

function readReplacement({ args }: Directive, where: string): Replacement {
  const [target, template] = args
  if (args.length !== 2 || !target || !("capture" in target) || !template || !("text" in template)) {
    throw new ManifestError(`${where} #replace!`, "takes a capture and a text")
  }
  return { capture: target.capture, template: template.text }
}

function readMark({ args }: Directive, where: string): Mark {
  const [target, mark] = args
  if (args.length !== 2 || !target || !("capture" in target) || !mark || !("text" in mark)) {
    throw new ManifestError(`${where} #mark!`, "takes a capture and a word")
  }
  return { capture: target.capture, mark: mark.text }
}
