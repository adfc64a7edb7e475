import type { Bench } from "../bench.ts"
import { trainContext } from "./train-context.ts"
import { trainEngine } from "./train-engine.ts"

/** Learns constants anew: `npm run train` those of the engine, `npm run train -- context` those of the choice of context. */
export const train: Bench = world => {
  const [subject, ...args] = world.args
  return subject === "context" ? trainContext({ ...world, args }) : trainEngine(world)
}
