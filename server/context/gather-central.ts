import type { Survey } from "./survey.ts"

/** What most of the project leans on, as many as asked for. */
export function gatherCentral(survey: Survey, most: number): void {
  for (const [rank, { path, name }] of (survey.view.central ?? []).slice(0, most).entries()) {
    if (path === survey.path) continue
    const symbol = survey.view.index.declaredIn(path, name).find(each => each.container === null)
    if (symbol !== undefined) survey.candidates.note(symbol, "central", Math.floor(Math.log2(1 + rank / 8)))
  }
}
