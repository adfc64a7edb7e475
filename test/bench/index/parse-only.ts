import { type ChildProcess, fork } from "node:child_process"
import { readFileSync } from "node:fs"
import { setPriority } from "node:os"
import { join } from "node:path"
import { strictLog } from "../../../server/base/log.ts"
import { yieldToLoop } from "../../../server/base/time-slice.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import type { Bench, BenchWorld } from "../bench.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"

/** The argument that makes the bench's own bundle parse files in a process of its own. */
export const PARSE_ONLY_CHILD = "index-parse-only"

/** Processes that parse: as many as the product's that index. */
export const PROCESSES = 2
/** Files given at a time and steps given ahead, as the product does. */
const STEP_FILES = 24
const STEPS_AHEAD = 2
/** The priority of the product's own children. */
const NICENESS = 5

/** What it cost to parse all files, and nothing else. */
export interface ParseCost {
  /** From the first process's start to the end of the last file. */
  readonly seconds: number
  /** Processor time of all the processes, ms. */
  readonly processorMs: number
}

/** Says that one more step is done, and what the process has used of the processor since its start, ms. */
interface StepDone {
  readonly processorMs: number
}

/** Has files read, decoded and parsed by `PROCESSES` processes with the product's parsers, and nothing done with the trees. */
export async function parseOnly(paths: readonly string[]): Promise<ParseCost> {
  const start = performance.now()
  const todo = [...paths]
  const children = Array.from({ length: PROCESSES }, () => fork(process.argv[1]!, [PARSE_ONLY_CHILD]))
  const spent = await Promise.all(children.map(child => feed(child, todo)))
  const seconds = (performance.now() - start) / 1000
  return { seconds, processorMs: spent.reduce((sum, ms) => sum + ms, 0) }
}

/** Gives a child files as long as there are any, then lets it go; gives the processor time it used. */
function feed(child: ChildProcess, todo: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let out = 0
    const give = (): void => {
      while (out < STEPS_AHEAD && todo.length > 0) {
        out++
        child.send(todo.splice(0, STEP_FILES))
      }
    }
    child.on("message", ({ processorMs }: StepDone) => {
      out--
      give()
      if (out > 0) return
      child.disconnect()
      resolve(processorMs)
    })
    child.once("error", reject)
    child.once("exit", code => reject(new Error(`a parsing process ended with ${code}`)))
    give()
  })
}

/** Parses the files it is sent, one step after the other, and lets the event loop turn between two as the product does. */
export const parseOnlyChild: Bench = async (world: BenchWorld) => {
  setPriority(NICENESS)
  const parse = fileParser(world.repository)
  let last = Promise.resolve()
  process.on("message", (paths: readonly string[]) => {
    last = last.then(async () => {
      for (const path of paths) {
        parse(path)
        await yieldToLoop()
      }
      const { user, system } = process.cpuUsage()
      process.send?.({ processorMs: (user + system) / 1000 } satisfies StepDone)
    })
  })
  await new Promise(resolve => process.once("disconnect", resolve))
  return {}
}

function fileParser(repository: string): (path: string) => void {
  const languages = benchLanguages(repository)
  const parsers = createNativeParsers(packageLoader([join(repository, "grammars")]), strictLog())
  const parserOf = new Map<string, ReturnType<typeof parsers.parserFor>>()
  return path => {
    const language = languages.byPath(path)!
    if (!parserOf.has(language.name)) parserOf.set(language.name, parsers.parserFor(language))
    const text = readFileSync(path).toString("utf8")
    parserOf.get(language.name)!.parse(text, null, Number.MAX_SAFE_INTEGER)?.release()
  }
}
