import type { ScriptedAsk } from "./scripted-ask.ts"

/** Does one trouble to an ask. */
type Trouble = (ask: ScriptedAsk) => void

type Refusal = "server-error" | "unauthorized" | "flat-error" | "detail"

type Interruption =
  | "garbage"
  | "binary"
  | "unknown-event"
  | "gap"
  | "huge-message"
  | "drop"
  | "half-frame"
  | "close-1009"
  | "close-1011"
  | "close-1013"

type Echo = "double-end" | "late-event"

/** Trouble that a step makes. `rate-limit` is a refusal, and `no-end` leaves the end out. */
export type StepFault = "rate-limit" | "no-end" | Refusal | Interruption | Echo

/** Refusals, instead of an answer. */
const REFUSALS: { readonly [fault in Refusal]: Trouble } = {
  "server-error": ask => ask.refuse(500, "server_error"),
  unauthorized: ask => ask.refuse(401, "invalid_api_key"),
  "flat-error": ask =>
    ask.surface.message({ type: "error", code: "server_error", message: "flat", param: null }),
  detail: ask => ask.surface.message({ detail: "this is refused" }),
}

/** Troubles between the last piece of an answer and its end; those that cut the connection take the end with them. */
const BEFORE_THE_END: { readonly [fault in Interruption]: Trouble } = {
  garbage: ask => ask.surface.raw("{not json"),
  binary: ask => ask.surface.raw(new Uint8Array([0, 159, 146, 150])),
  "unknown-event": ask => ask.surface.message({ type: "response.surprise.happened", sequence_number: 0 }),
  gap: ask => ask.surface.message({ ...deltaOf(ask, "!"), sequence_number: 900 }),
  "huge-message": ask => ask.surface.raw("x".repeat(20 * 1024 * 1024)),
  drop: ask => ask.surface.drop(),
  "half-frame": ask => ask.surface.halfThenDrop(),
  "close-1009": ask => ask.surface.close(1009),
  "close-1011": ask => ask.surface.close(1011),
  "close-1013": ask => ask.surface.close(1013),
}

/** Troubles after the end. */
const AFTER_THE_END: { readonly [fault in Echo]: Trouble } = {
  "double-end": ask => ask.complete(),
  "late-event": ask => ask.surface.message(deltaOf(ask, "late")),
}

/** Whether a script may name this fault. */
export function isFault(name: string): name is StepFault {
  const known: readonly object[] = [REFUSALS, BEFORE_THE_END, AFTER_THE_END, { "rate-limit": 0, "no-end": 0 }]
  return known.some(faults => Object.hasOwn(faults, name))
}

/** Refuses an ask as a fault has it; false if the fault is no refusal. */
export function refuseBy(fault: StepFault | undefined, ask: ScriptedAsk, retryAfter: number | null): boolean {
  if (fault === "rate-limit") {
    const headers = retryAfter === null ? {} : { "retry-after": String(retryAfter) }
    ask.refuse(429, "rate_limit_exceeded", retryAfter === null ? "try again in 2s" : "slow down", headers)
    return true
  }
  const refuse = troubleOf(REFUSALS, fault)
  refuse?.(ask)
  return refuse !== null
}

/** Ends an answer as a fault has it. */
export function endBy(fault: StepFault | undefined, ask: ScriptedAsk): void {
  troubleOf(BEFORE_THE_END, fault)?.(ask)
  if (fault === "no-end") return
  ask.complete()
  troubleOf(AFTER_THE_END, fault)?.(ask)
}

function troubleOf(
  faults: { readonly [name: string]: Trouble },
  fault: StepFault | undefined,
): Trouble | null {
  return fault === undefined ? null : (faults[fault] ?? null)
}

function deltaOf(ask: ScriptedAsk, delta: string): { readonly [key: string]: unknown } {
  return { type: "response.output_text.delta", item_id: ask.surface.item(), output_index: 0, delta }
}
