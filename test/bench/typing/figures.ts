import { quantile, rounded } from "../table.ts"
import type { HeldOut } from "./held-out.ts"
import { tokensOf } from "./oracle.ts"
import type { TypedFunction } from "./type-function.ts"
import type { CountedAsk } from "./typing-model.ts"
import { keysOf } from "./typist.ts"

/** One function typed with one source of ghost text, and what the model was asked meanwhile. */
export interface Run extends TypedFunction {
  readonly held: HeldOut
  /** In the order of their coming. */
  readonly asks: readonly CountedAsk[]
}

/** What `--json` gives of one source of ghost text. */
export type TypingFigures = Readonly<Record<(typeof KEYS)[number], number>>

const KEYS = [
  /** From a key to the first suggestion visible after it, over the keys after which one was visible before the next key. */
  "firstVisibleP50Ms",
  "firstVisibleP95Ms",
  /** Share of keys after which a suggestion was visible before the next key. */
  "visibleShare",
  /** Asks counted where the model is, speculative ones with them, per 100 keys of any kind. */
  "asksPer100Keys",
  /** Of the keys that typed the next unit of a right suggestion: shown a suggestion again, and no ask came to the model before the next key. */
  "reuseShare",
  /** Of the keys that typed the next unit of what was shown and left some of it: what was shown next did not begin with what was left. */
  "flickerShare",
  /** The same, but nothing was shown then. */
  "vanishedShare",
  /** Tokens that the model made and the user never saw, per 100 keys; and all that it made. */
  "tokensWasted",
  "tokensMade",
  /** 1 - keys pressed / keys that the same bodies take without help, the corrections and looks elsewhere of this run added. */
  "keystrokesSaved",
  /** Suggestions accepted. */
  "accepted",
  /** Keys pressed, of every kind. */
  "keys",
] as const

/** The figures of all functions together. */
export function typingFigures(runs: readonly Run[]): TypingFigures {
  const keys = runs.flatMap(run => run.keys)
  const visible = keys.flatMap(({ visibleMs }) => (visibleMs === null ? [] : [visibleMs]))
  const along = runs.flatMap(reuseOf)
  const fates = keys.flatMap(({ fate }) => (fate === null ? [] : [fate]))
  const tokensMade = sum(runs.flatMap(({ asks }) => asks.map(({ tokens }) => tokens)))
  const figures: TypingFigures = {
    firstVisibleP50Ms: quantile(visible, 0.5),
    firstVisibleP95Ms: quantile(visible, 0.95),
    visibleShare: visible.length / keys.length,
    asksPer100Keys: (100 * sum(runs.map(({ asks }) => asks.length))) / keys.length,
    reuseShare: share(along, reused => reused),
    flickerShare: share(fates, fate => fate === "replaced"),
    vanishedShare: share(fates, fate => fate === "vanished"),
    tokensWasted: (100 * sum(runs.map(wastedTokens))) / keys.length,
    tokensMade: (100 * tokensMade) / keys.length,
    keystrokesSaved: 1 - keys.length / sum(runs.map(keysWithoutHelp)),
    accepted: sum(runs.map(({ accepted }) => accepted)),
    keys: keys.length,
  }
  return Object.fromEntries(KEYS.map(key => [key, rounded(figures[key])])) as TypingFigures
}

/** For each key along a right suggestion: whether it was served without an ask. */
function reuseOf({ keys, asks }: Run): readonly boolean[] {
  return keys.flatMap((key, at) => {
    if (!key.along) return []
    const until = keys[at + 1]?.at ?? Number.POSITIVE_INFINITY
    const asked = asks.some(ask => ask.at >= key.at && ask.at < until)
    return [key.visibleMs !== null && !asked]
  })
}

/** Tokens of answers that lie beyond what was ever visible at their place. */
function wastedTokens({ asks, shown }: Run): number {
  const seen = shown.map(({ typed, text }) => typed + text)
  return sum(
    asks.map(({ typed, continuation, tokens }) => {
      if (typed === null) return tokens
      const whole = typed + continuation
      const units = Math.max(0, ...seen.map(text => commonLength(text, whole) - typed.length))
      return Math.max(0, tokens - tokensOf(whole.slice(typed.length, typed.length + units)).length)
    }),
  )
}

function commonLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}

function keysWithoutHelp({ keys, held }: Run): number {
  const others = keys.filter(
    ({ kind }) => kind === "backspace" || kind === "jump" || kind === "return",
  ).length
  // Each unit taken back had been typed.
  const mistyped = keys.filter(({ kind }) => kind === "backspace").length
  return keysOf(held.body) + others + mistyped
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length
}
