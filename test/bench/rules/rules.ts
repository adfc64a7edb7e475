import { createRequire } from "node:module"
import { join } from "node:path"
import { strictLog } from "../../../server/base/log.ts"
import { isGenerated } from "../../../server/features/diagnostics/generated.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import type { Parser } from "../../../server/syntax/parser.ts"
import type { DocumentRules } from "../../../server/syntax/rules/document-rules.ts"
import type { RuleFinding } from "../../../server/syntax/rules/rule-match.ts"
import { RuleBook } from "../../../server/workspace/rule-book.ts"
import { readCorpora } from "../../features/diagnostics/rule-corpus.ts"
import type { Bench, BenchWorld } from "../bench.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"
import { MANY_FILES } from "../corpus/packages.ts"
import { readReleases } from "../corpus/projects.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { quantile, rounded } from "../table.ts"
import { keyTimes } from "./key-times.ts"

/** Reads texts by the rules of their languages, as the product does. */
export interface RuleReader {
  /** A parser of a language by its manifest name. */
  parser(language: string): Parser
  /** What keeps the findings of one document. */
  documentRules(language: string): DocumentRules
  /** What the rules of a language find in a whole text. */
  findings(language: string, text: string): readonly RuleFinding[]
}

const PARSE_MS = 10_000

/**
 * Whether rules are right: on their own examples, and on sources that people keep well, where each finding is listed to be
 * read. Also what they cost after a keystroke.
 */
export const rulesBench: Bench = async world => {
  const reader = openReader(world)
  const examples = judgeExamples(world, reader)
  const files = readReleases(world.corpus, MANY_FILES)
  const listed = await listFindings(files, reader, world.say)
  const keys = keyTimes(files, reader)
  world.say(
    `a key in ${keys.lines} lines: p50 ${rounded(quantile(keys.ms, 0.5))} ms, p99 ${rounded(quantile(keys.ms, 0.99))} ms`,
  )
  return {
    ...examples,
    ...listed,
    files: files.length,
    keyP50Ms: rounded(quantile(keys.ms, 0.5)),
    keyP99Ms: rounded(quantile(keys.ms, 0.99)),
    keyCpuP50Ms: rounded(quantile(keys.cpuMs, 0.5)),
    keyCpuP99Ms: rounded(quantile(keys.cpuMs, 0.99)),
    keyParseP99Ms: rounded(quantile(keys.parseMs, 0.99)),
    keyLines: keys.lines,
  }
}

function openReader({ repository }: BenchWorld): RuleReader {
  const languages = benchLanguages(repository)
  const grammars = createNativeParsers(createRequire(join(repository, "package.json")), strictLog())
  const book = new RuleBook([join(repository, "grammars")], grammars, strictLog())
  const parsers = new Map<string, Parser>()
  const parser = (name: string): Parser => {
    const language = languages.byName(name)
    const made = parsers.get(name) ?? (language && grammars.parserFor(language))
    if (!made) throw new Error(`no parser for ${name}`)
    parsers.set(name, made)
    return made
  }
  const documentRules = (name: string): DocumentRules => {
    const language = languages.byName(name)
    if (language === null) throw new Error(`no language ${name}`)
    return book.forDocument(language)
  }
  return {
    parser,
    documentRules,
    findings: (name, text) => {
      const tree = parser(name).parse(text, null, PARSE_MS)
      const found = tree && documentRules(name).run(tree, text, () => false)
      tree?.release()
      return found ?? []
    },
  }
}

function judgeExamples(
  world: BenchWorld,
  reader: RuleReader,
): { rules: number; trueRight: string; falseRight: string } {
  const corpora = readCorpora(world.repository)
  const right = { found: 0, silent: 0 }
  const all = { found: 0, silent: 0 }
  for (const { language, rule, examples } of corpora) {
    for (const { code, isFound } of examples) {
      const kind = isFound ? "found" : "silent"
      all[kind]++
      if (reader.findings(language, code).some(finding => finding.rule === rule) === isFound) right[kind]++
      else world.say(`wrong on an example: ${language}/${rule}: ${JSON.stringify(code)}`)
    }
  }
  return {
    rules: corpora.length,
    trueRight: `${right.found}/${all.found}`,
    falseRight: `${right.silent}/${all.silent}`,
  }
}

/** Says every finding but offers of newer syntax, which are only counted. */
async function listFindings(
  files: readonly SourceFile[],
  reader: RuleReader,
  say: (line: string) => void,
): Promise<{ findings: number; offers: number }> {
  let findings = 0
  let offers = 0
  for (const { path, text } of files) {
    if (isGenerated(text)) continue
    for (const finding of reader.findings(path.endsWith("x") ? "tsx" : "typescript", text)) {
      if (finding.severity === "hint") offers++
      else {
        findings++
        const line = text.slice(0, finding.start).split("\n").length
        say(`${path}:${line} ${finding.rule}: ${text.slice(finding.start, finding.end).split("\n", 1)[0]}`)
      }
    }
    // Native trees are only freed between turns.
    await new Promise(resolve => setImmediate(resolve))
  }
  return { findings, offers }
}
