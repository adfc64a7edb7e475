import { plainLexicon } from "../../../syntax/lexer.ts"
import type { LanguageManifest } from "../../../syntax/manifest.ts"
import type { Lexicon } from "../../../syntax/tokens.ts"
import type { Trial } from "../../../syntax/trial.ts"
import type { DocumentSnapshot } from "../../../workspace/document.ts"

/** A cursor in a document, with what is known of the code around it. */
export interface Place {
  readonly document: DocumentSnapshot
  /** UTF-16 code units, within the text. */
  readonly offset: number
  /** Null for plain text. */
  readonly language: LanguageManifest | null
  /** The syntax of exactly this text; null without a grammar, or where parsing is not done yet: indentation and marks must do. */
  readonly trial: Trial | null
}

/** How the text of a place is cut into tokens. */
export function lexiconAt({ language }: Place): Lexicon {
  return language?.lexicon ?? plainLexicon
}
