import { gatherCentral } from "./gather-central.ts"
import { gatherImports, gatherMentions, gatherNeighbours } from "./gather-definitions.ts"
import { gatherSiblings } from "./gather-siblings.ts"
import { gatherTypes } from "./gather-types.ts"
import { gatherWindowModules, gatherWindowNames, rankInWindows } from "./gather-windows.ts"
import { settle } from "./settle.ts"
import { type SimilarWindow, similarWindows } from "./similar-windows.ts"
import type { Survey } from "./survey.ts"

/** Central declarations are looked at where there are fewer candidates than one for so many tokens, and at most so many. */
const TOKENS_PER_CANDIDATE = 5
const TOKENS_PER_CENTRAL = 16

/** Fills the survey's candidates with all that speaks for them, and gives code like the code at the cursor. */
export function gather(survey: Survey, budget: number): readonly SimilarWindow[] {
  const leads = [...gatherImports(survey), ...gatherMentions(survey)]
  gatherNeighbours(survey, leads)
  gatherTypes(survey, leads)
  gatherSiblings(survey)
  const windows = similarWindows(survey)
  const ranks = rankInWindows(windows)
  gatherWindowNames(survey, ranks)
  gatherWindowModules(survey, ranks)
  gatherCentral(survey, centralWithin(survey, budget))
  settle(survey, ranks)
  return windows
}

/** How many central declarations are worth a look: the more, the larger the budget and the fewer others there are. */
function centralWithin({ scale, candidates }: Survey, budget: number): number {
  const lacking = (budget * scale) / TOKENS_PER_CANDIDATE - candidates.list.length
  return Math.max(0, Math.min((budget * scale) / TOKENS_PER_CENTRAL, lacking))
}
