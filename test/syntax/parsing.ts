import { createRequire } from "node:module"
import { join } from "node:path"
import { strictLog } from "../../server/base/log.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { createNativeParsers } from "../../server/syntax/native-parser.ts"
import type { Parser, Parsers } from "../../server/syntax/parser.ts"
import { readGrammars } from "../../server/workspace/grammar-folder.ts"

/** The languages of this repository. */
export const languages: Languages = new Languages(
  readGrammars([join(import.meta.dirname, "../../grammars")], strictLog()),
)

/** Their parsers, as far as they are installed. */
const parsers: Parsers = createNativeParsers(createRequire(import.meta.url), strictLog())

/** A parser that a test needs; throws if there is none. */
export function parserOf(name: string): Parser {
  const language = languages.byName(name)
  const parser = language && parsers.parserFor(language)
  if (parser === null) throw new Error(`no parser for ${name}`)
  return parser
}
