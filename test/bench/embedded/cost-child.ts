import type { EmbeddedEngine } from "../../../server/embedded/engine.ts"
import type { Languages } from "../../../server/syntax/languages.ts"
import type { Bench, BenchWorld } from "../bench.ts"
import { sendToParent } from "../child.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"
import { LARGE_PROJECT } from "../corpus/packages.ts"
import { readReleases } from "../corpus/projects.ts"
import type { SourceFile } from "../corpus/source-files.ts"
import { mulberry32, pickBelow } from "../random.ts"
import { quantile } from "../table.ts"
import type { AnswerCost } from "./answer-cost.ts"
import { learnedEngine, projectDocument } from "./contestants/product.ts"

const POINTS = 1500
const SEED = 3
const MIN_FILE_UNITS = 200
/** Answers asked before the clock counts, so that the code under test is compiled. */
const WARM_UP = 100

/** Builds the engine over the large project and answers at random points; sends one `AnswerCost` to the parent. */
export const costChild: Bench = async (world: BenchWorld) => {
  const languages = benchLanguages(world.repository)
  const sources = readReleases(world.corpus, LARGE_PROJECT)
  const before = heldBytes()
  const started = performance.now()
  const engine = await learnedEngine(sources, languages, {})
  const buildMs = performance.now() - started
  const held = heldBytes() - before
  const bytes = sources.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0)
  const cost: AnswerCost = {
    sourceMB: bytes / 1e6,
    files: sources.length,
    ...timeAnswers(engine, sources, languages),
    buildMBs: bytes / 1e3 / buildMs,
    bytesPerSourceByte: held / bytes,
  }
  await engine.dispose()
  sendToParent(cost)
  return {}
}

/** Bytes in use after a collection: the heap and array buffers, shared ones included. */
function heldBytes(): number {
  globalThis.gc!()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

type Times = Pick<AnswerCost, "answerP50Ms" | "answerP99Ms" | "openP50Ms" | "openP99Ms">

/**
 * Answers at random places of random files, the rest of the line hidden: once when the file is opened, and once more
 * after the next character was typed, which is what counts as an answer.
 */
function timeAnswers(engine: EmbeddedEngine, sources: readonly SourceFile[], languages: Languages): Times {
  const random = mulberry32(SEED)
  const large = sources.filter(file => file.text.length >= MIN_FILE_UNITS)
  const [opens, answers]: [number[], number[]] = [[], []]
  for (let point = 0; point < POINTS + WARM_UP; point++) {
    const { path, text } = large[pickBelow(random, large.length)]!
    const cursor = 1 + pickBelow(random, text.length - 2)
    const lineEnd = text.indexOf("\n", cursor + 1)
    const time = (offset: number): number => {
      const visible = text.slice(0, offset) + (lineEnd < 0 ? "" : text.slice(lineEnd))
      const document = projectDocument(path, visible, offset, languages)
      const start = performance.now()
      engine.answer({ document, offset, threshold: 0.7, maxLines: 1, maxWords: 20 })
      return performance.now() - start
    }
    const [open, answer] = [time(cursor), time(cursor + 1)]
    if (point >= WARM_UP) {
      opens.push(open)
      answers.push(answer)
    }
    engine.close(projectDocument(path, "", 0, languages).uri)
  }
  return {
    answerP50Ms: quantile(answers, 0.5),
    answerP99Ms: quantile(answers, 0.99),
    openP50Ms: quantile(opens, 0.5),
    openP99Ms: quantile(opens, 0.99),
  }
}
