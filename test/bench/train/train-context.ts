import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Weights } from "../../../server/context/weights.ts"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { placeContext, TRAINING_PROJECTS } from "../context/projects.ts"
import { truthOf } from "../context/truth-cache.ts"
import { rounded } from "../table.ts"
import { type ContextExamples, contextLesson, noContextExamples } from "./context-lesson.ts"
import { learn, meanLogShare, type Training } from "./learn.ts"
import type { UseExamples } from "./use-examples.ts"

/** Seed of the lines learned from. */
const LINES_SEED = 1
const TRAINING: Training = { epochs: 8, rate: 0.05, decay: 1e-4, seed: 11 }

/**
 * Learns the constants of the choice of context anew from the training projects and writes them where the program reads
 * them, or to `--out`: which of all candidates of a line does the line name, by TypeScript's checker?
 */
export const trainContext: Bench = async (world: BenchWorld): Promise<Figures> => {
  const { values } = parseArgs({
    args: [...world.args],
    options: {
      lines: { type: "string", default: "300" },
      projects: { type: "string" },
      out: { type: "string", default: join(world.repository, "server", "context", "weights.json") },
    },
  })
  const chosen = values.projects?.split(",") ?? TRAINING_PROJECTS.map(({ name }) => name)
  const examples = noContextExamples()
  for (const each of TRAINING_PROJECTS.filter(({ name }) => chosen.includes(name))) {
    const project = placeContext(world.corpus, each)
    const truth = truthOf(world.corpus, project, LINES_SEED, Number(values.lines))
    await contextLesson(world.repository, project, truth, examples)
    world.say(`${each.name}: ${truth.lines.length} lines, ${describe(examples)} so far`)
  }
  const head = learned(examples.heads, world)
  const body = learned(examples.bodies, world)
  const weights: Weights = { head: head.constants, body: body.constants }
  writeFileSync(values.out, `${JSON.stringify(weights)}\n`)
  return { head: head.figures, body: body.figures }
}

function describe({ heads, bodies }: ContextExamples): string {
  return `${heads.count} declarations and ${bodies.count} bodies`
}

function learned(
  examples: UseExamples,
  world: BenchWorld,
): { readonly constants: readonly number[]; readonly figures: Figures } {
  const weights = new Float64Array(examples.constants)
  learn(examples, weights, TRAINING, (epoch, mean) => world.say(`  epoch ${epoch + 1}: ${mean.toFixed(5)}`))
  return {
    constants: Array.from(weights, weight => Number(weight.toFixed(2))),
    figures: { examples: examples.count, logShare: rounded(meanLogShare(examples, weights)) },
  }
}
