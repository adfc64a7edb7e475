/**
 * How a model is told to answer when it edits code. Prompts say one of the two, word for word in the model's language:
 *
 * `rewrite` – for one small target. The answer is the whole target, rewritten, in one fenced block and nothing else. The
 * fence is longer than any run of backquotes in the code:
 *
 *     ```ts
 *     function area(shape: Shape): number { … }
 *     ```
 *
 * `blocks` – for large targets and for several files. The answer is any number of blocks. A line `FILE: path` stands before
 * the first block of each file; with one file shown it may be left out. What is searched is copied from the file, whole
 * lines, enough of them to be found only once. To insert, lines are searched and given back with the new ones; to delete,
 * nothing is given back. Nothing searched means a new file.
 *
 *     FILE: src/area.ts
 *     <<<<<<< SEARCH
 *     old lines
 *     =======
 *     new lines
 *     >>>>>>> REPLACE
 *
 * Neither leaves code out ("rest unchanged"): what is not written is not there afterwards.
 */
export type AnswerForm = "rewrite" | "blocks"

/** One block of an answer: whole lines without their ends. */
export interface Block {
  /** As the model wrote it; null where it named no file. */
  readonly path: string | null
  readonly search: readonly string[]
  readonly replace: readonly string[]
}

/** What an answer says, or a sentence on why it can't be followed. */
export type Read<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "refused"; readonly reason: string }

/** The longest answer that is read, in UTF-16 code units: far above what a person would look through. */
export const MAX_ANSWER = 400_000
