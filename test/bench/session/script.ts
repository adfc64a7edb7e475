import type { AskRequest } from "../../../server/model/ask.ts"

/** The editing script: sizes in characters, four to a token. */
const STABLE_TOKENS = 20_000
const TURN_TOKENS = 1_000

/** What the scripted model takes to think and to say one of its 64 tokens, in ms. */
export const THINK_MS = 50
export const TOKEN_MS = 1
export const ANSWER_TOKENS = 64

const LINE = "  const total = items.filter(item => item.price > limit).map(item => item.price * rate)\n"

const STABLE = [code(STABLE_TOKENS * 2, "// definitions\n"), code(STABLE_TOKENS * 2, "// neighbours\n")]

/** The ask of one turn: the same stable part each time, and new text. */
export function turnRequest(turn: number): AskRequest {
  return {
    role: "live",
    instructions: "Continue the code at the cursor. Answer with code only.",
    stable: STABLE,
    turns: [{ by: "user", text: code(TURN_TOKENS * 4, `// turn ${turn}\n`) }],
    hole: null,
    maxOutputTokens: ANSWER_TOKENS,
    priority: 0,
    cacheKey: "bench",
    stop: [],
  }
}

function code(length: number, head: string): string {
  return (head + LINE.repeat(Math.ceil(length / LINE.length))).slice(0, length)
}
