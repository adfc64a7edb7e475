import { readFileSync } from "node:fs"
import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { yieldToLoop } from "../../../server/base/time-slice.ts"
import { estimateTokens } from "../../../server/context/token-estimate.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import type { Bench, BenchWorld } from "../bench.ts"
import { sendToParent } from "../child.ts"
import { ProductContext } from "../context/product-context.ts"
import { placeProject } from "../corpus/projects.ts"
import { stopwatch, type Taken } from "../stopwatch.ts"
import { keysOf, pickTypedLines, type TypedLine } from "./typed-lines.ts"

/** The argument that makes the bench's own bundle type in a process of its own. */
export const KEYSTROKE_CHILD = "keystroke-typing"

/** What is typed into: the child's one argument, as JSON. */
export interface TypingOrder {
  /** Releases of the project that is indexed. */
  readonly project: readonly string[]
  /** Releases whose files are typed in; they are among those of the project. */
  readonly typed: readonly string[]
  readonly lines: number
}

/** What keys cost. */
export interface TypingCost {
  /** Edit in, context out: each key. */
  readonly keys: readonly Taken[]
  /** How late the event loop was between keys, ms. */
  readonly stallP99Ms: number
  readonly stallMaxMs: number
  /** Lines of the project. */
  readonly lines: number
  /** Mean tokens of the contexts. */
  readonly tokens: number
}

const BUDGET = 4000
const SEED = 21
/** Lines typed before the clock counts. */
const WARM_UP_LINES = 5

/** Types lines into files of an indexed project, and asks for a context after each key. */
export const keystrokeChild: Bench = async (world: BenchWorld) => {
  const order = JSON.parse(world.args[0]!) as TypingOrder
  const { folder, files, lines } = placeProject(world.corpus, order.project)
  const context = await ProductContext.open(world.repository, folder)
  const inside = files.filter(({ path }) =>
    order.typed.some(release => path.startsWith(`${nameOf(release)}/`)),
  )
  const picked = pickTypedLines(inside, order.lines + WARM_UP_LINES, SEED)
  const keys: Key[] = []
  for (const line of picked.slice(0, WARM_UP_LINES))
    await typeLine(context, join(folder, inside[line.file]!.path), line)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  for (const line of picked.slice(WARM_UP_LINES)) {
    keys.push(...(await typeLine(context, join(folder, inside[line.file]!.path), line)))
  }
  delays.disable()
  await context.dispose()
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - 1)
  sendToParent({
    keys: keys.map(({ ms, cpuMs }) => ({ ms, cpuMs })),
    stallP99Ms: late(delays.percentile(99)),
    stallMaxMs: late(delays.max),
    lines,
    tokens: keys.reduce((sum, { tokens }) => sum + tokens, 0) / keys.length,
  } satisfies TypingCost)
  return {}
}

interface Key extends Taken {
  readonly tokens: number
}

/** Opens a file, types the line and closes it again; texts that a context wanted are read between two keys. */
async function typeLine(context: ProductContext, path: string, line: TypedLine): Promise<Key[]> {
  const { documents, source } = context
  const uri = uriOfPath(path)
  documents.open(uri, "", 0, readFileSync(path, "utf8"))
  await documents.settled()
  const keys: Key[] = []
  for (const [version, change] of keysOf(line).entries()) {
    const taken = stopwatch()
    const before = documents.get(uri)!
    documents.change(uri, [change], version + 1)
    const document = documents.get(uri)!
    source.changed(before, document, [change])
    const { tokens, wanted } = context.select({
      document,
      offset: change.start + change.text.length,
      budget: BUDGET,
      countTokens: estimateTokens,
    })
    keys.push({ ...taken(), tokens })
    await context.read(wanted)
    await documents.settled()
    await yieldToLoop()
  }
  documents.close(uri)
  source.closed(uri)
  return keys
}

function nameOf(release: string): string {
  return release.slice(0, release.lastIndexOf("@"))
}
