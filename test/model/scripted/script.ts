/** Trouble that a step makes; `drop` and `half-frame` happen after its deltas. */
type StepFault = "drop" | "half-frame" | "no-end" | "double-end" | "garbage" | "rate-limit" | "server-error"

/** How one ask is answered. Absent parts: a short sentence, at once, without trouble. */
export interface Step {
  /** The pieces of the answer. */
  readonly deltas?: readonly string[]
  /** Instead of `deltas`: this many pieces of made-up text. */
  readonly tokens?: number
  /** Milliseconds before the first piece. */
  readonly firstMs?: number
  /** Milliseconds between pieces; 0 sends them as fast as they go. */
  readonly tokenMs?: number
  readonly fault?: StepFault
}

/** What a scripted model does: one step per ask in order, then the last one again and again. */
export interface Script {
  readonly models?: readonly string[]
  readonly lanes?: boolean
  readonly steps: readonly Step[]
}

/** Reads a script file's text. Throws if it is not JSON with a list of steps. */
export function parseScript(text: string): Script {
  const script: unknown = JSON.parse(text)
  if (typeof script !== "object" || script === null || !Array.isArray((script as Script).steps)) {
    throw new Error('a script is JSON of the form {"steps": [{"deltas": ["…"]}]}')
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
