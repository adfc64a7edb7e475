import type { Survey } from "./survey.ts"

/** What most of the project leans on, as many as asked for. */
export function gatherCentral(survey: Survey, most: number): void {
  for (const [rank, central] of (survey.view.central ?? []).slice(0, most).entries()) {
    if (central.path === survey.path) continue
    const symbol = survey.centralHit(central)
    if (symbol !== null) survey.candidates.note(symbol, "central", Math.floor(Math.log2(1 + rank / 8)))
  }
}
