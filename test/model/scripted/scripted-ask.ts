import type { JsonObject } from "../../../server/base/json.ts"
import { endBy, refuseBy } from "./faults.ts"
import { pauseUntil } from "./pace.ts"
import { piecesOf, type Step } from "./script.ts"

/** The HTTP or socket surface that an ask came in by. */
export type SurfaceName = "socket" | "responses" | "chat" | "completions" | "infill" | "ollama" | "mistral"

/** How one surface says things; each call is one message on the wire. */
export interface Surface {
  begin(): void
  delta(text: string): void
  /** The same piece many times, merged into one write as a busy network does. */
  deltas(text: string, count: number): void
  end(end: { readonly status: "completed" | "incomplete"; readonly reason: string | null }): void
  error(status: number, error: JsonObject, headers?: JsonObject): void
  raw(message: string | Uint8Array): void
  /** One message of the surface's own framing, on the ask's lane. */
  message(body: JsonObject): void
  /** Half of a message, then nothing more: the connection is cut. */
  halfThenDrop(): void
  drop(): void
  /** Closes with a code, where there is such a thing; elsewhere it cuts the connection. */
  close(code: number): void
  readonly gone: Promise<void>
  /** The id of the message that says the answer now; empty where the surface has none. */
  item(): string
  /** The id of the response, once begun; empty where the surface has none. */
  response(): string
}

/** One ask as the server got it, and the means to answer it by hand. */
export class ScriptedAsk {
  readonly surfaceName: SurfaceName
  readonly body: JsonObject
  /** The whole logical input as text, what the server remembered included. */
  readonly input: string
  readonly surface: Surface
  /** The lane's `stream_id`, null without one. */
  readonly lane: string | null
  /** When the last byte of it was there, in ms of `performance.now()`: before it was even parsed. */
  readonly arrivedAt: number
  /** Settles when the asker's connection has gone. */
  readonly gone: Promise<void>

  constructor(
    surfaceName: SurfaceName,
    body: JsonObject,
    input: string,
    lane: string | null,
    surface: Surface,
    arrivedAt: number,
  ) {
    this.surfaceName = surfaceName
    this.body = body
    this.input = input
    this.lane = lane
    this.surface = surface
    this.arrivedAt = arrivedAt
    this.gone = surface.gone
  }

  /** Begins the answer and says these pieces, without ending. */
  say(...pieces: readonly string[]): void {
    this.surface.begin()
    for (const piece of pieces) this.surface.delta(piece)
  }

  /** Says these pieces and ends the answer as complete. */
  answer(...pieces: readonly string[]): void {
    this.say(...pieces)
    this.complete()
  }

  complete(): void {
    this.surface.end({ status: "completed", reason: null })
  }

  incomplete(reason: string): void {
    this.surface.end({ status: "incomplete", reason })
  }

  /** Refuses with a documented error. */
  refuse(status: number, code: string, message: string = code, headers?: JsonObject): void {
    this.surface.error(status, { type: "invalid_request_error", code, message, param: null }, headers)
  }
}

/** Answers an ask as a step says. Settles when it has ended or its asker has gone. */
export async function playStep(ask: ScriptedAsk, step: Step): Promise<void> {
  if (refuseBy(step.fault, ask, step.retryAfter ?? null)) return
  let gone = false
  void ask.gone.then(() => {
    gone = true
  })
  await pauseUntil(performance.now() + (step.firstMs ?? 0))
  ask.surface.begin()
  const started = performance.now()
  for (const [at, piece] of piecesOf(step).entries()) {
    if (gone) return
    await pauseUntil(started + at * (step.tokenMs ?? 0))
    ask.surface.delta(piece)
  }
  await pauseUntil(performance.now() + (step.endMs ?? 0))
  if (!gone) endBy(step.fault, ask)
}
