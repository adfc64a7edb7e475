import { dirname, join } from "node:path"
import type { ContextPart } from "./context-part.ts"
import { showExcerpt } from "./excerpt.ts"
import type { Ledger } from "./ledger.ts"
import type { Survey } from "./survey.ts"

const NAMES: readonly string[] = ["README.md", "readme.md", "README.rst", "README"]
/** Folders upwards that are looked at. */
const MAX_LEVELS = 8
const MAX_LINES = 60
const SCORE = 0.3

/** The beginning of the nearest README above the document, for at most so many tokens. */
export function showDocs(survey: Survey, ledger: Ledger, most: number): ContextPart | null {
  const path = most <= 0 ? null : readmeAbove(survey)
  const file = path === null ? null : survey.textOf(path)
  if (path === null || file === null) return null
  const place = { path, startLine: 0, endLine: Math.min(MAX_LINES, file.lines.count) }
  const excerpt = { kind: "docs", ...place, why: "says what this part is for", score: SCORE } as const
  return showExcerpt(excerpt, file, ledger, most)
}

function readmeAbove({ path, view }: Survey): string | null {
  let folder = dirname(path)
  for (let level = 0; level < MAX_LEVELS; level++) {
    const found = NAMES.map(name => join(folder, name)).find(each => view.index.has(each))
    if (found !== undefined) return found
    folder = dirname(folder)
  }
  return null
}
