import type { Contestant } from "./contestant.ts"
import type { PlacedContext } from "./projects.ts"
import { askAbout, type Question } from "./question.ts"
import {
  BUDGET_KEYS,
  BUDGETS,
  type BudgetKey,
  type ByBudget,
  costOfLines,
  mean,
  type Score,
  scoreAnswer,
} from "./score.ts"
import type { DrawnLine, ProjectTruth, Target } from "./truth.ts"

/** Whether imports that only the masked line uses are shown. */
export type Setting = "recall" | "hidden"

/** Both settings. */
export const SETTINGS: readonly Setting[] = ["recall", "hidden"]

/** A target that an answer of a contestant did not hold. */
interface Miss {
  readonly project: string
  readonly contestant: string
  readonly setting: Setting
  readonly budget: BudgetKey
  readonly path: string
  /** One-based, as editors count. */
  readonly line: number
  readonly text: string
  readonly target: string
}

interface Played {
  readonly project: string
  readonly contestant: string
  readonly setting: Setting
  readonly scores: ByBudget<Score>
  readonly ms: number
}

/** Asks every contestant about the same lines and keeps the scores. */
export class Contest {
  readonly #played: Played[] = []
  readonly #missed: Miss[] = []

  /** Names of the projects played, in that order. */
  projects(): string[] {
    return [...new Set(this.#played.map(({ project }) => project))]
  }

  /** Names of the contestants, in the order they were first asked. */
  contestants(): string[] {
    return [...new Set(this.#played.map(({ contestant }) => contestant))]
  }

  /** What the answers missed. */
  misses(): readonly Miss[] {
    return this.#missed
  }

  /** Asks one contestant about every line of a project, in one setting. */
  async play(
    project: PlacedContext,
    truth: ProjectTruth,
    setting: Setting,
    contestant: Contestant,
  ): Promise<void> {
    for (const drawn of truth.lines) {
      const question = askAbout(project, truth, drawn, setting === "hidden")
      const { costs, ms } = await ask(contestant, question)
      const scores = Object.fromEntries(
        BUDGET_KEYS.map(key => {
          const { score, missed } = scoreAnswer(project, drawn.targets, costs[key], BUDGETS[key])
          this.#note(missed, key, { project, drawn, setting, contestant })
          return [key, score]
        }),
      ) as Record<BudgetKey, Score>
      this.#played.push({ project: project.name, contestant: contestant.name, setting, scores, ms })
    }
  }

  /** The mean over the projects of one figure. */
  figure(contestant: string, setting: Setting, budget: BudgetKey, of: keyof Score = "recall"): number {
    return mean(this.projects().map(project => this.projectFigure(project, contestant, setting, budget, of)))
  }

  /** The mean of one figure over the lines of a project. */
  projectFigure(
    project: string,
    contestant: string,
    setting: Setting,
    budget: BudgetKey,
    of: keyof Score = "recall",
  ): number {
    return mean(this.#of(project, contestant, setting).map(({ scores }) => scores[budget][of]))
  }

  /** Milliseconds of each answer of a contestant, all budgets of a line together. */
  times(project: string, contestant: string): number[] {
    return SETTINGS.flatMap(setting => this.#of(project, contestant, setting).map(({ ms }) => ms))
  }

  #of(project: string, contestant: string, setting: Setting): Played[] {
    return this.#played.filter(
      each => each.project === project && each.contestant === contestant && each.setting === setting,
    )
  }

  #note(
    missed: readonly Target[],
    budget: BudgetKey,
    by: { project: PlacedContext; drawn: DrawnLine; setting: Setting; contestant: Contestant },
  ): void {
    const { files } = by.project
    const source = files[by.drawn.file]!
    for (const { name, file, line } of missed) {
      this.#missed.push({
        project: by.project.name,
        contestant: by.contestant.name,
        setting: by.setting,
        budget,
        path: source.path,
        line: by.drawn.line + 1,
        text: source.text.split("\n")[by.drawn.line]!,
        target: `${name} ${files[file]!.path}:${line + 1}`,
      })
    }
  }
}

/** What each line costs in a contestant's answers, and how long these took. */
async function ask(
  contestant: Contestant,
  question: Question,
): Promise<{ costs: ByBudget<ReadonlyMap<string, number>>; ms: number }> {
  await contestant.prepare(question)
  let ms = 0
  const costWithin = async (budget: number): Promise<ReadonlyMap<string, number>> => {
    const start = performance.now()
    const pieces = await contestant.retrieve(question, budget)
    const cost = costOfLines(pieces, budget)
    ms += performance.now() - start
    return cost
  }
  if (!contestant.fitsBudget) {
    const cost = await costWithin(BUDGETS["16k"])
    return { costs: { "1k": cost, "4k": cost, "16k": cost }, ms }
  }
  const small = await costWithin(BUDGETS["1k"])
  const middle = await costWithin(BUDGETS["4k"])
  const large = await costWithin(BUDGETS["16k"])
  return { costs: { "1k": small, "4k": middle, "16k": large }, ms }
}
