import { rules } from "@secretlint/secretlint-rule-preset-recommend"
import type { SecretVisitor } from "./secret-span.ts"

/** The part of secretlint's rule interface that scanners of text use. */
interface Rule {
  readonly messages?: unknown
  readonly meta: { readonly id: string }
  create(context: RuleContext, options: object): { file(source: RuleSource): unknown }
}

interface RuleContext {
  createTranslator(messages: unknown): (id: string, data?: Report["message"]) => Report["message"]
  report(found: Report): void
  ignore(): void
}

interface RuleSource {
  readonly content: string
  readonly filePath: string
  readonly ext: string
  readonly contentType: "text"
}

interface Report {
  /** What a rule says of its finding: among other things the secret itself. */
  readonly message: Readonly<Record<string, unknown>>
  readonly range: readonly [start: number, end: number]
}

const PREFIX = "@secretlint/secretlint-rule-"

/**
 * Left to our own finders, which hide no more than the password or also see halves: URLs and key blocks. `gcp` reads
 * files, and `filter-comments` lets a comment in a project switch rules off.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(
  ["basicauth", "database-connection-string", "privatekey", "gcp", "filter-comments"].map(
    name => PREFIX + name,
  ),
)

const RULES: readonly Rule[] = (rules as readonly Rule[]).filter(rule => !LEFT_OUT.has(rule.meta.id))

/** Tells of what secretlint's recommended rules find: tokens of many services, whole and with their exact lengths. */
export function findByMaintainedRules(text: string, visit: SecretVisitor): void {
  const source: RuleSource = { content: text, filePath: "", ext: "", contentType: "text" }
  for (const rule of RULES) {
    const kind = rule.meta.id.slice(PREFIX.length)
    const context: RuleContext = {
      createTranslator: () => (_, data) => data ?? {},
      report: found => visit(kind, ...secretIn(text, found)),
      ignore: () => {},
    }
    rule.create(context, {}).file(source)
  }
}

/** Some rules report a range as long as the secret that begins at the name before it: the secret is looked for after that. */
function secretIn(text: string, { message, range: [start, end] }: Report): [start: number, end: number] {
  const values = Object.values(message).filter(value => typeof value === "string")
  const secret = values.sort((a, b) => b.length - a.length)[0] ?? ""
  const at = secret === "" ? -1 : text.indexOf(secret, start)
  return at === -1 || at > end ? [start, end] : [at, at + secret.length]
}
