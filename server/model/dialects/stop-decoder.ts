import { type JsonObject, objectOf, parseJson } from "../../base/json.ts"
import type { Usage } from "../ask.ts"
import type { ModelEvent } from "../events.ts"
import { readWireError } from "../wire-error.ts"
import { type AnswerDecoder, BROKEN_OFF } from "./dialect.ts"

/** One object of an answer that says itself when it stops. */
export interface StopPiece {
  readonly text: string
  /** Whether this is the last piece; "cut" if only the output bound ended it. */
  readonly stop: "no" | "done" | "cut"
  readonly usage: Usage | null
}

/** Reads answers whose last object carries the stop itself, as local servers' own surfaces do. */
export class StopDecoder implements AnswerDecoder {
  readonly #read: (body: JsonObject) => StopPiece | null
  #ended = false

  /** `read` gives null for an object that is no piece of an answer, such as an error. */
  constructor(read: (body: JsonObject) => StopPiece | null) {
    this.#read = read
  }

  data(text: string): readonly ModelEvent[] {
    if (this.#ended || text.trim() === "[DONE]") return []
    const body = objectOf(parseJson(text))
    const piece = body === null ? null : this.#read(body)
    if (piece === null) return this.#strange(body)
    const said: ModelEvent[] =
      piece.text === ""
        ? []
        : [{ kind: "text", text: piece.text, item: null, sequence: null, refusal: false }]
    if (piece.stop === "no") return said
    this.#ended = true
    const cut = piece.stop === "cut"
    const status = cut ? ("incomplete" as const) : ("completed" as const)
    const end = { status, reason: cut ? "max_output_tokens" : null, error: null, usage: piece.usage }
    return [...said, { kind: "end", id: null, end, sequence: null }]
  }

  done(): readonly ModelEvent[] {
    if (this.#ended) return []
    this.#ended = true
    return [BROKEN_OFF]
  }

  #strange(body: JsonObject | null): readonly ModelEvent[] {
    const error = body === null ? null : readWireError(body, null)
    if (error === null) return [{ kind: "garbage" }]
    this.#ended = true
    return [{ kind: "error", error }]
  }
}
