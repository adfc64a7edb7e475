import type { TextChange } from "../../../base/text-change.ts"
import type { LanguageManifest } from "../../../syntax/manifest.ts"
import type { Parser } from "../../../syntax/parser.ts"
import type { AnswerForm } from "./answer.ts"
import type { KnownTree } from "./code-text.ts"
import type { Target } from "./target.ts"

/** A file that the model was shown, wholly or in part. */
export interface ShownFile {
  /** As the model was told: relative to the workspace, `/` between its parts. */
  readonly path: string
  /** The text when the model was asked, with its secrets. */
  readonly asked: string
  /** The text as it stands now, which the edits are for. */
  readonly now: string
  /** Null for plain text. */
  readonly language: LanguageManifest | null
  /** A parser of that language that nobody else uses meanwhile; null if there is none. */
  readonly parser: Parser | null
  /** The tree of a text like `now`, if there is one at hand: it is copied before anything is waited for. */
  readonly known: KnownTree | null
}

/** What was asked, and what the answer may do. */
export interface LandingTask {
  readonly form: AnswerForm
  /** The first one holds the target. */
  readonly files: readonly [ShownFile, ...ShownFile[]]
  /** In the asked text of the first file. A rewrite needs one. */
  readonly target: Target | null
  /** Whether the target may end up under another name, or not at all. */
  readonly mayRename: boolean
  /** Why the file at a path, relative to the workspace, may not be edited or made; null if it may. */
  readonly refusal: (path: string) => string | null
  /** How a file that is made is read; null for plain text. */
  readonly grammarFor: (path: string) => Pick<ShownFile, "language" | "parser"> | null
  /** Whether the project, its packages or the language know a name. */
  readonly exists: (name: string) => boolean
  /** A text with the secrets of the file at `path` in place of their placeholders; others stay. */
  readonly restore: (text: string, path: string) => string
}

/** What becomes of one file. */
export interface LandedFile {
  readonly path: string
  /** Whether the file is to be made: it was not among those shown. */
  readonly isNew: boolean
  /** Sorted, apart from each other, for the present text; each is whole lines or part of one. */
  readonly edits: readonly TextChange[]
  /** The text with the edits. */
  readonly after: string
  /** Names that are called and that nothing declares: the edit may well be right, but its reader should look. */
  readonly unknownNames: readonly string[]
}

/** The edits that an answer comes to, or one sentence for the user on why it comes to none. */
export type Landing =
  | { readonly kind: "landed"; readonly files: readonly LandedFile[] }
  | { readonly kind: "refused"; readonly reason: string }
