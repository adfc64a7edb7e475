import type { Place } from "../../../server/features/completion/asking/place.ts"
import { Trial } from "../../../server/syntax/trial.ts"
import { openSnapshot } from "../../../server/workspace/document.ts"
import { parseFixture } from "../../fixture.ts"
import { languages, parserOf } from "../../syntax/parsing.ts"

/** Enough for a busy machine: a test is not about time. */
const BUDGET_MS = 10_000

/** The place of a fixture's cursor; a file without a known extension is plain text, as is all of a null `lineBreak`'s else. */
export function placeIn(fixture: string, lineBreak: "\n" | "\r\n" = "\n"): Place {
  const [file] = parseFixture(fixture).files
  const before = file!.text.slice(0, file!.cursors[0]!).replaceAll("\n", lineBreak)
  const text = file!.text.replaceAll("\n", lineBreak)
  return placeAt(file!.path, text, before.length)
}

/** A place in a text, with the syntax of its language. */
export function placeAt(path: string, text: string, offset: number): Place {
  const language = languages.byPath(path)
  const document = openSnapshot({
    uri: `file://${path}`,
    path,
    language: language?.name ?? null,
    version: 1,
    text,
  })
  if (language?.parser?.builtin !== true) return { document, offset, language, trial: null }
  const parser = parserOf(language.name)
  const tree = parser.parse(text, null, BUDGET_MS)!
  return { document, offset, language, trial: Trial.of(parser, text, tree, BUDGET_MS) }
}
