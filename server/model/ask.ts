import { Cancelled, type CancelReason, type ModelError } from "../base/errors.ts"

/** What an ask is for: `live` answers a keystroke and is dropped rather than late, `deep` may take its time. */
export type Role = "live" | "deep"

/** One thing said in a conversation; `model` turns are answers given earlier. */
export interface Turn {
  readonly by: "user" | "model"
  readonly text: string
}

/** A gap in a text that a fill-in-the-middle model closes. */
export interface Hole {
  readonly before: string
  readonly after: string
  /** Other files worth knowing, best last; providers that can't take them get none. */
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/**
 * One request to a model, the same for every provider.
 * Invariant: `instructions` and `stable` stay byte-equal until the caller's epoch ends; that is what makes them cheap.
 */
export interface AskRequest {
  readonly role: Role
  readonly instructions: string
  /** Parts of the prompt that seldom change, in order, before everything volatile. */
  readonly stable: readonly string[]
  /** What is new in this ask, and the turns it goes on from, in order. */
  readonly turns: readonly Turn[]
  /** The gap to fill, for providers that fill in the middle; null if the ask has none. */
  readonly hole: Hole | null
  /** Bound of the answer, in tokens. One that changes makes the prefix be sent anew, as any field does but the turns. */
  readonly maxOutputTokens: number
  /** Among waiting asks of one role the higher goes first. */
  readonly priority: number
  /** One per workspace and prompt version, so that a server farm can keep the prefix where it was computed. */
  readonly cacheKey: string
  /** Texts that end the answer, where the provider takes them. */
  readonly stop: readonly string[]
}

/** Tokens as the provider counted them; `input` is the whole logical context, `cached` the part of it that was cheap. */
export interface Usage {
  readonly input: number
  readonly cached: number
  readonly output: number
}

/** When things happened, in ms after `ask` was called; null if it never did. */
interface Timings {
  readonly sent: number | null
  readonly firstToken: number | null
  readonly lastToken: number | null
}

/** How an answer ended. */
export type Outcome =
  | { readonly status: "completed" }
  | { readonly status: "incomplete"; readonly reason: string }
  | { readonly status: "cancelled"; readonly reason: CancelReason }
  | { readonly status: "failed"; readonly error: ModelError }

/** The last delta of every answer. `usage` is null when the provider never said. */
export interface Ending {
  readonly kind: "end"
  readonly outcome: Outcome
  readonly usage: Usage | null
  readonly timings: Timings
  /** What it was last sent over, for people: `HTTP`, `a socket`, or with the lane's name; null if it never was. */
  readonly over: string | null
}

/**
 * One piece of an answer. `steered` marks where a new instruction took hold: text after it replaces or continues text
 * before it, as the instruction asked.
 */
export type Delta = { readonly kind: "text"; readonly text: string } | { readonly kind: "steered" } | Ending

/**
 * An answer as it comes. Iterating never throws and ends with exactly one `Ending`; leaving the loop early cancels the
 * ask. It can be iterated once, one `next` at a time. A piece of text never ends inside a surrogate pair.
 */
export interface Answer extends AsyncIterable<Delta> {
  /** Adds an instruction to the running answer; false if it had already ended. */
  steer(instruction: string): boolean
}

/** Reads an answer to its end. Throws `Cancelled` or the `ModelError` it ended with. */
export async function readAnswer(
  answer: Answer,
  onText: (text: string) => void = () => {},
): Promise<{ text: string; ending: Ending }> {
  let text = ""
  for await (const delta of answer) {
    if (delta.kind === "text") {
      text += delta.text
      onText(text)
    } else if (delta.kind === "end") return { text: text, ending: accepted(delta) }
  }
  throw new Cancelled("client")
}

/** An ending that is no failure. Throws `Cancelled` or the `ModelError` that it is otherwise. */
export function accepted(ending: Ending): Ending {
  if (ending.outcome.status === "failed") throw ending.outcome.error
  if (ending.outcome.status === "cancelled") throw new Cancelled(ending.outcome.reason)
  return ending
}
