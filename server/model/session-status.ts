import type { Refusal } from "./limits.ts"

/** What a user may want to know of the session, in one sentence and a word for each case. */
export interface SessionStatus {
  readonly state: "refused" | "unauthorized" | "limited" | "spent" | "connecting" | "ready" | "unavailable"
  /** What answers come over now; a change between the two is no trouble. */
  readonly transport: "socket" | "http"
  /** One sentence for the user. */
  readonly detail: string
}

/** What the status is told by. */
interface StatusFacts {
  readonly problem: string | null
  readonly refusal: Refusal | null
  readonly transport: SessionStatus["transport"]
  readonly connecting: boolean
  /** Asks that wait for the refusal to pass. */
  readonly waiting: number
  /** What the last failure of the transport said; null after a success. */
  readonly failure: string | null
}

const REFUSALS: { readonly [reason in Refusal["reason"]]: readonly [SessionStatus["state"], string] } = {
  "rate-limited": ["limited", "the model's provider limits the rate of requests"],
  overloaded: ["limited", "the model's servers are overloaded"],
  "asks-spent": ["spent", "this minute's budget of asks is used up"],
  "tokens-spent": ["spent", "today's budget of tokens is used up"],
  unauthorized: ["unauthorized", "the model's provider refuses the key"],
}

/** The sentence for a refusal. */
export function sentenceOf(refusal: Refusal): string {
  return `${REFUSALS[refusal.reason][1]}, until ${new Date(refusal.until).toISOString()}`
}

/** The status that the facts amount to; the gravest fact wins. */
export function statusOf(facts: StatusFacts): SessionStatus {
  const { problem, refusal, transport, connecting, failure } = facts
  if (problem !== null) return { state: "refused", transport, detail: problem }
  if (refusal !== null) {
    const detail = sentenceOf(refusal) + waitingText(facts.waiting)
    return { state: REFUSALS[refusal.reason][0], transport, detail }
  }
  if (failure !== null) return { state: "unavailable", transport, detail: failure }
  if (connecting) return { state: "connecting", transport, detail: "connecting to the model" }
  return {
    state: "ready",
    transport,
    detail: `the model answers over ${transport === "socket" ? "one socket" : "HTTP"}`,
  }
}

function waitingText(waiting: number): string {
  if (waiting === 0) return ""
  return waiting === 1 ? "; one ask waits for that" : `; ${waiting} asks wait for that`
}
