import { join } from "node:path"
import { strictLog } from "../../../server/base/log.ts"
import { Languages } from "../../../server/syntax/languages.ts"
import { lex, plainLexicon } from "../../../server/syntax/lexer.ts"
import type { Lexicon } from "../../../server/syntax/tokens.ts"
import { readGrammars } from "../../../server/workspace/grammar-folder.ts"
import type { Tokenize } from "../points/line-point.ts"

/** The languages of the repository's own grammars. */
export function benchLanguages(repository: string): Languages {
  return new Languages(readGrammars([join(repository, "grammars")], strictLog()))
}

/** The lexicon of a language by its manifest name; the plain one for null and unknown names. */
export function lexiconFor(languages: Languages, name: string | null): Lexicon {
  return (name === null ? null : languages.byName(name)?.lexicon) ?? plainLexicon
}

/** The product's own tokens of a text. */
export function productTokens(languages: Languages): Tokenize {
  return (path, text) => lex(text, languages.byPath(path)?.lexicon ?? plainLexicon)
}
