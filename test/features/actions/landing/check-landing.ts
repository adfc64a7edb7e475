import type { AnswerForm } from "../../../../server/features/actions/landing/answer.ts"
import { landAnswer } from "../../../../server/features/actions/landing/land.ts"
import type { Landing, LandingTask } from "../../../../server/features/actions/landing/landing.ts"
import { type TargetKind, targetFor } from "../../../../server/features/actions/landing/target.ts"
import { parseFixture } from "../../../fixture.ts"
import { languages, parserOf } from "../../../syntax/parsing.ts"

/** How a test departs from the ordinary. */
export interface LandingOptions {
  readonly kind?: TargetKind
  readonly form?: AnswerForm
  /** What the files say, if fixtures can't. */
  readonly write?: (text: string) => string
  /** What the first file has become since. */
  readonly now?: (asked: string) => string
  readonly task?: Partial<LandingTask>
}

/** Lands an answer in the files of a fixture; the cursor in the first one, if any, says what it is about. */
export function landIn(fixture: string, answer: string, options: LandingOptions = {}): Promise<Landing> {
  const { kind = "declaration", form = "rewrite", write = (text: string) => text } = options
  const files = parseFixture(fixture).files.map(({ path, text: written }, at) => {
    const text = write(written)
    const language = languages.byPath(path)
    const now = at === 0 && options.now !== undefined ? options.now(text) : text
    const parser = language && parserOf(language.name)
    return { path: path.slice(1), asked: text, now, language, parser, known: null }
  })
  const [first, ...rest] = files
  if (first === undefined) throw new Error("a fixture without files")
  const [start, end = start] = parseFixture(fixture).files[0]!.cursors
  const tree = first.parser?.parse(first.asked, null, Number.POSITIVE_INFINITY) ?? null
  const target =
    start === undefined || end === undefined
      ? null
      : targetFor(first.asked, tree, first.language, { start, end }, kind)
  tree?.release()
  return landAnswer(answer, {
    form,
    files: [first, ...rest],
    target,
    mayRename: false,
    refusal: () => null,
    exists: () => true,
    grammarFor: path => {
      const language = languages.byPath(path)
      return { language, parser: language && parserOf(language.name) }
    },
    restore: text => text,
    ...options.task,
  })
}

/** What comes of an answer, for people: each file after it, or the reason why none changed. */
export async function checkLanding(
  fixture: string,
  answer: string,
  options: LandingOptions = {},
): Promise<string> {
  const landing = await landIn(fixture, answer, options)
  if (landing.kind === "refused") return landing.reason
  return landing.files.map(({ path, isNew, after }) => `//- ${path}${isNew ? " new" : ""}\n${after}`).join("")
}

/** An answer that is one block. */
export function block(search: string, replace: string, path?: string): string {
  const lines = [search, "=======", replace].filter(part => part !== "")
  return `${path === undefined ? "" : `FILE: ${path}\n`}<<<<<<< SEARCH\n${lines.join("\n")}\n>>>>>>> REPLACE\n`
}

/** An answer that is one rewritten target. */
export function fenced(code: string): string {
  return `\`\`\`\n${code}\n\`\`\`\n`
}
