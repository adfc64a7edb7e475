import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Bench, BenchWorld, Figures } from "../bench.ts"
import { fetchPackage, sourceFolder } from "../corpus/fetch.ts"
import { SCORED_PAIRS } from "../corpus/packages.ts"
import { readSources, type SourceFile } from "../corpus/source-files.ts"
import { mulberry32 } from "../random.ts"
import { rounded, tableLines } from "../table.ts"
import { type Run, type TypingFigures, typingFigures } from "./figures.ts"
import type { GhostSource } from "./ghost.ts"
import { type HeldOut, pickHeldOut } from "./held-out.ts"
import { NaiveGhost } from "./naive-ghost.ts"
import { ServerGhost, type Surface } from "./server-ghost.ts"
import { typeFunction } from "./type-function.ts"
import { TypingModel } from "./typing-model.ts"

const SEED = 21
const FUNCTIONS = 100
const QUICK_FUNCTIONS = 10
/** Typists at once, each with a server of its own. More make it short, and each other slow. */
const SERVERS_AT_ONCE = 10
/** The naive clients share this process alone. */
const NAIVE_AT_ONCE = 50

/** Debounces of naive clients: the one that the goals name, and that of the quickest plugin, which asks far more. */
const NAIVE_MS = 200
const HASTY_MS = 75

const GOALS: Partial<Record<keyof TypingFigures, string>> = {
  firstVisibleP50Ms: "< 15",
  firstVisibleP95Ms: "< 250",
  asksPer100Keys: "<= 25",
  reuseShare: ">= 0.6",
  flickerShare: "<= 0.01",
}

/** A part of the functions, of one project that has none of their bodies. */
interface Desk {
  readonly files: readonly SourceFile[]
  readonly held: readonly HeldOut[]
}

/**
 * A hundred functions typed anew in real time, each into its file without its body, in a project that is indexed without it:
 * with ghost text of the server and a model behind it that takes 150 ms to its first token, then 1 ms for each; and by naive
 * clients with the same model and the same typist. The editor asks after every key, at once. Each typist has a server
 * process and a model of its own; several type at the same time.
 */
export const typingBench: Bench = async (world: BenchWorld): Promise<Figures> => {
  const options = {
    quick: { type: "boolean" },
    surface: { type: "string" },
    functions: { type: "string" },
  } as const
  const { values } = parseArgs({ args: [...world.args], options })
  const surface: Surface = values.surface === "list" ? "list" : "ghost"
  const count = Number(values.functions ?? (values.quick ? QUICK_FUNCTIONS : FUNCTIONS))
  const desks = setUp(world.corpus, count)
  const program = join(world.repository, "dist", "pilotlight.cjs")
  const runs = (await Promise.all(desks.map(desk => typeWithServer(program, desk, surface)))).flat()
  const held = desks.flatMap(desk => desk.held)
  const [naive, hasty] = await Promise.all([typeNaively(held, NAIVE_MS), typeNaively(held, HASTY_MS)])
  const figures = { product: typingFigures(runs), naive: typingFigures(naive), hasty: typingFigures(hasty) }
  report(world, figures, held, surface)
  const asksUnplaced = runs.flatMap(({ asks }) => asks).filter(({ typed }) => typed === null).length
  return {
    ...figures.product,
    functions: held.length,
    asksUnplaced,
    naive: figures.naive,
    naive75ms: figures.hasty,
  }
}

/** Deals functions of every scored package to so many desks; a package may have several. */
function setUp(corpus: string, count: number): readonly Desk[] {
  const perPackage = SERVERS_AT_ONCE / SCORED_PAIRS.length
  return SCORED_PAIRS.flatMap(({ name, after }, at) => {
    const files = readSources(sourceFolder(fetchPackage(corpus, name, after)), "ts")
    const share =
      Math.ceil((count * (at + 1)) / SCORED_PAIRS.length) - Math.ceil((count * at) / SCORED_PAIRS.length)
    const held = pickHeldOut(files, share, SEED)
    return Array.from({ length: perPackage }, (_, desk) => {
      const own = held.filter((_, each) => each % perPackage === desk)
      const without = new Map(own.map(each => [each.path, each.before + each.after]))
      return { held: own, files: files.map(({ path, text }) => ({ path, text: without.get(path) ?? text })) }
    }).filter(desk => desk.held.length > 0)
  })
}

async function typeWithServer(program: string, desk: Desk, surface: Surface): Promise<readonly Run[]> {
  const model = await TypingModel.start()
  const server = await ServerGhost.start(program, desk.files, model.baseUrl, surface)
  const runs: Run[] = []
  for (const held of desk.held) runs.push(await typeOne(server, model, held))
  await server.stop()
  await model.stop()
  return runs
}

/** The same functions, some at a time, each with a model of its own. */
async function typeNaively(all: readonly HeldOut[], debounceMs: number): Promise<readonly Run[]> {
  const waiting = [...all]
  const typeNext = async (): Promise<readonly Run[]> => {
    const runs: Run[] = []
    for (let held = waiting.shift(); held !== undefined; held = waiting.shift()) {
      const model = await TypingModel.start()
      runs.push(await typeOne(new NaiveGhost(model.baseUrl, debounceMs), model, held))
      await model.stop()
    }
    return runs
  }
  return (await Promise.all(Array.from({ length: NAIVE_AT_ONCE }, typeNext))).flat()
}

/** Everybody types a function with the same seed. */
async function typeOne(source: GhostSource, model: TypingModel, held: HeldOut): Promise<Run> {
  const first = model.begin(held)
  const typed = await typeFunction(source, held, mulberry32(SEED + held.body.length))
  const { keys, shown, accepted } = typed
  return { held, keys, shown, accepted, asks: model.asks.slice(first) }
}

function report(
  world: BenchWorld,
  { product, naive, hasty }: Record<"product" | "naive" | "hasty", TypingFigures>,
  held: readonly HeldOut[],
  surface: Surface,
): void {
  const names = Object.keys(product) as (keyof TypingFigures)[]
  const columns = [product, naive, hasty]
  const head = [surface, "server", `naive, ${NAIVE_MS} ms`, `naive, ${HASTY_MS} ms`, "goal"]
  const rows = names.map(name => [
    name,
    ...columns.map(figures => String(rounded(figures[name], 3))),
    GOALS[name] ?? "",
  ])
  for (const line of tableLines(head, rows)) world.say(line)
  const keys = held.reduce((sum, { body }) => sum + body.length, 0)
  world.say(`${held.length} functions of ${SCORED_PAIRS.length} packages, ${keys} units, typed in real time`)
}
