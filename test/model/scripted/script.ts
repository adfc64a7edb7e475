import { isFault, type StepFault } from "./faults.ts"
import type { UpgradeTrouble } from "./scripted-model.ts"

/** How one ask is answered. Absent parts: a short sentence, at once, without trouble. */
export interface Step {
  /** The pieces of the answer; half of a character may be one. */
  readonly deltas?: readonly string[]
  /** Instead of `deltas`: this many pieces of made-up text. */
  readonly tokens?: number
  /** Milliseconds before the first piece. */
  readonly firstMs?: number
  /** Milliseconds between pieces; 0 sends them as fast as they go. */
  readonly tokenMs?: number
  /** Milliseconds between the last piece and the end. */
  readonly endMs?: number
  readonly fault?: StepFault
  /** With the fault `rate-limit`: how many seconds it says to wait. Without, it says it in words. */
  readonly retryAfter?: number
}

/** What a scripted model does: one step per ask in order, then the last one again and again. */
export interface Script {
  readonly models?: readonly string[]
  readonly lanes?: boolean
  readonly steering?: boolean
  /** Keys that are taken; without any, none is asked for. */
  readonly keys?: readonly string[]
  /** What becomes of the first upgrades: a status instead, or one of the troubles by name. */
  readonly upgrades?: readonly (number | UpgradeTrouble)[]
  /** Statuses that the first HTTP requests are answered with; 0 cuts the connection. */
  readonly refusals?: readonly number[]
  readonly steps: readonly Step[]
}

/** Reads a script file's text. Throws if it is not JSON with a list of steps, or names a fault that there is not. */
export function parseScript(text: string): Script {
  const script: unknown = JSON.parse(text)
  if (typeof script !== "object" || script === null || !Array.isArray((script as Script).steps)) {
    throw new Error('a script is JSON of the form {"steps": [{"deltas": ["…"]}]}')
  }
  for (const { fault } of (script as Script).steps) {
    if (fault !== undefined && !isFault(fault)) throw new Error(`there is no fault "${fault}"`)
  }
  return script as Script
}

const WORDS = [
  "const",
  " total",
  " =",
  " items",
  ".reduce",
  "((sum",
  ",",
  " it)",
  " =>",
  " sum",
  " +",
  " it",
  ";\n",
]

/** The pieces that a step answers with. */
export function piecesOf(step: Step): readonly string[] {
  if (step.deltas !== undefined) return step.deltas
  return Array.from({ length: step.tokens ?? 5 }, (_, at) => WORDS[at % WORDS.length]!)
}
