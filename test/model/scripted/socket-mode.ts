import type { Duplex } from "node:stream"
import type { WebSocket } from "ws"
import { arrayOf, type JsonObject, objectOf, parseJson, textOf } from "../../../server/base/json.ts"
import { paddingFor } from "./padding.ts"
import { ScriptedAsk, type Surface } from "./scripted-ask.ts"
import { inputTextOf, problemWithCreate, type Refusal, type ServerTraits } from "./strictness.ts"

interface Remembered {
  readonly id: string
  readonly lane: string
  readonly fields: string
  readonly input: string
}

interface LaneState {
  latest: Remembered | null
  busy: boolean
  readonly waiting: JsonObject[]
}

const MAX_NAMES = 32
const MAX_IN_FLIGHT = 16

/** The lane without a name. */
const DEFAULT_LANE = ""

/** What a socket tells the model. */
interface SocketHost {
  readonly traits: ServerTraits
  asked(ask: ScriptedAsk): void
  nextId(): string
}

/** One client's socket, as strict as the reference says: lanes, forks, and what each lane remembers. */
export class SocketMode {
  readonly ws: WebSocket
  /** Every event received, in order. */
  readonly received: JsonObject[] = []
  readonly #stream: Duplex
  readonly #host: SocketHost
  readonly #lanes = new Map<string, LaneState>()
  readonly #closed: Promise<void>
  readonly #arrivals = new WeakMap<JsonObject, number>()
  #inFlight = 0
  readonly #overflow: JsonObject[] = []
  readonly #running = new Map<string, { steered(text: string): void }>()

  constructor(ws: WebSocket, stream: Duplex, host: SocketHost) {
    this.ws = ws
    this.#stream = stream
    this.#host = host
    this.#closed = new Promise(resolve => ws.on("close", () => resolve()))
    ws.on("error", () => {})
    ws.on("message", data => {
      const arrivedAt = performance.now()
      const event = objectOf(parseJson(String(data))) ?? {}
      this.#arrivals.set(event, arrivedAt)
      this.#receive(event)
    })
  }

  /** Sends an event as it stands. */
  send(event: JsonObject): void {
    if (this.ws.readyState === this.ws.OPEN) this.sendBytes(textFrame(JSON.stringify(event)))
  }

  /** Writes raw bytes under the WebSocket's own framing. */
  sendBytes(bytes: Uint8Array): void {
    this.#stream.write(bytes)
  }

  /** Cuts the connection without a word. */
  drop(): void {
    this.#stream.destroy()
  }

  /** Forgets what every lane remembers, as servers do when they please. */
  forget(): void {
    for (const lane of this.#lanes.values()) lane.latest = null
  }

  #receive(event: JsonObject): void {
    this.received.push(event)
    if (event["type"] === "response.steer") this.#steer(event)
    else if (event["type"] === "response.create") this.#accept(event)
    else this.#refuse(event, { status: 400, code: "invalid_type", param: "type" })
  }

  #accept(event: JsonObject): void {
    const refusal = problemWithCreate(event, this.#host.traits)
    if (refusal !== null) {
      this.#refuse(event, refusal)
      return
    }
    const name = textOf(event["stream_id"]) ?? DEFAULT_LANE
    const lane = this.#lanes.get(name) ?? { latest: null, busy: false, waiting: [] }
    const named = [...this.#lanes.keys()].filter(each => each !== DEFAULT_LANE).length
    if (!this.#lanes.has(name) && name !== DEFAULT_LANE && named >= MAX_NAMES) {
      this.#refuse(event, { status: 400, code: "websocket_stream_limit_reached", param: "stream_id" })
      return
    }
    this.#lanes.set(name, lane)
    if (lane.busy && !this.#host.traits.lanes) {
      this.#refuse(event, { status: 409, code: "response_already_in_flight", param: null })
      return
    }
    if (lane.busy) lane.waiting.push(event)
    else if (this.#inFlight >= MAX_IN_FLIGHT) this.#overflow.push(event)
    else this.#run(name, lane, event)
  }

  #run(name: string, lane: LaneState, event: JsonObject): void {
    const previous = textOf(event["previous_response_id"])
    const parent = previous === null ? null : this.#find(previous)
    if (previous !== null && parent === null) {
      lane.latest = null
      const param = "previous_response_id"
      this.#refuse(event, { status: 400, code: "previous_response_not_found", param })
      return
    }
    const fields = fieldsOf(event)
    if (parent !== null && parent.fields !== fields) {
      this.#refuse(event, { status: 400, code: "fields_changed", param: null })
      return
    }
    const input = (parent?.input ?? "") + inputTextOf(arrayOf(event["input"]))
    lane.busy = true
    this.#inFlight++
    if (!this.#host.traits.lanes) for (const other of this.#lanes.values()) other.latest = null
    const surface = this.#surface(name, lane, event, input)
    if (event["generate"] === false) {
      surface.begin()
      surface.end({ status: "completed", reason: null })
      return
    }
    const stream = name === DEFAULT_LANE ? null : name
    const arrivedAt = this.#arrivals.get(event) ?? 0
    this.#host.asked(new ScriptedAsk("socket", event, input, stream, surface, arrivedAt))
  }

  #find(id: string): Remembered | null {
    for (const lane of this.#lanes.values()) if (lane.latest?.id === id) return lane.latest
    return null
  }

  #surface(name: string, lane: LaneState, event: JsonObject, input: string): Surface {
    const fields = fieldsOf(event)
    const unnamed = name === DEFAULT_LANE || this.#host.traits.ignoresLanes
    const stream = unnamed ? {} : { stream_id: name }
    let item = `msg_${this.#host.nextId()}`
    let id = `resp_${this.#host.nextId()}`
    let sequence = 0
    let said = ""
    let begun = false
    const eventOf = (type: string, more: JsonObject): JsonObject => ({
      type,
      sequence_number: sequence++,
      ...more,
      ...stream,
    })
    const tell = (type: string, more: JsonObject): void => this.send(eventOf(type, more))
    const deltaOf = (text: string): JsonObject => {
      said += text
      const place = { item_id: item, output_index: 0, content_index: 0 }
      return eventOf("response.output_text.delta", {
        ...place,
        delta: text,
        logprobs: [],
        ...paddingFor(event, text),
      })
    }
    const begin = (): void => {
      if (begun) return
      begun = true
      this.#running.set(id, { steered })
      tell("response.created", { response: { id, status: "in_progress", output: [] } })
      tell("response.in_progress", { response: { id, status: "in_progress" } })
    }
    let steeredWith: string | null = null
    const steered = (text: string): void => {
      tell("response.steer.accepted", { steer: { id: "steer", previous_response_id: id } })
      steeredWith = text
    }
    const release = (latest: Remembered | null): void => {
      this.#running.delete(id)
      if (!lane.busy) return
      lane.latest = latest
      lane.busy = false
      this.#inFlight--
      this.#next(name, lane)
    }
    return {
      begin,
      delta: text => {
        begin()
        this.send(deltaOf(text))
      },
      deltas: (text, count) => {
        begin()
        this.sendBytes(
          Buffer.concat(Array.from({ length: count }, () => textFrame(JSON.stringify(deltaOf(text))))),
        )
      },
      end: ({ status, reason }) => {
        begin()
        if (steeredWith !== null) {
          const details = { incomplete_details: { reason: "steered" } }
          tell("response.incomplete", { response: { id, status: "incomplete", ...details } })
          steeredWith = null
          begun = false
          said = ""
          sequence = 0
          item = `msg_${this.#host.nextId()}`
          id = `resp_${this.#host.nextId()}`
          begin()
          return
        }
        if (said !== "") tell("response.output_text.done", { item_id: item, text: said })
        const usage = usageOf(input, said)
        const response = { id, status, usage, ...(reason === null ? {} : { incomplete_details: { reason } }) }
        tell(`response.${status}`, { response })
        release(status === "completed" ? { id, lane: name, fields, input: input + said } : null)
      },
      error: (status, error, headers) => {
        this.send({ type: "error", status, error: { ...error, ...(headers ? { headers } : {}) }, ...stream })
        release(null)
      },
      raw: message => this.ws.send(message),
      halfThenDrop: () => {
        this.#stream.write(Buffer.from([0x81, 0x7e, 0x01, 0x00, 0x7b]))
        this.#stream.end()
      },
      message: body => this.send({ ...body, ...stream }),
      drop: () => this.drop(),
      close: code => this.ws.close(code),
      item: () => item,
      response: () => id,
      gone: this.#closed,
    }
  }

  #next(name: string, lane: LaneState): void {
    const waiting = lane.waiting.shift()
    if (waiting !== undefined) this.#run(name, lane, waiting)
    const overflow = this.#inFlight < MAX_IN_FLIGHT ? this.#overflow.shift() : undefined
    if (overflow !== undefined) this.#accept(overflow)
  }

  #steer(event: JsonObject): void {
    const running = this.#running.get(textOf(event["previous_response_id"]) ?? "")
    const steer = { previous_response_id: event["previous_response_id"], input: event["input"] }
    if (running !== undefined && this.#host.traits.steering)
      running.steered(inputTextOf(arrayOf(event["input"])))
    else {
      const code = running === undefined ? "response_not_found" : "steering_not_supported"
      this.send({
        type: "response.steer.failed",
        error: { code, message: code, type: "invalid_request_error" },
        steer,
      })
    }
  }

  #refuse(event: JsonObject, { status, code, param }: Refusal): void {
    if (code === "no_lanes") {
      this.send({ detail: "Unsupported parameter: stream_id" })
      return
    }
    const stream = typeof event["stream_id"] === "string" ? { stream_id: event["stream_id"] } : {}
    this.send({
      type: "error",
      status,
      error: { type: "invalid_request_error", code, message: code, param },
      ...stream,
    })
  }
}

/** A whole text message, framed as a server frames it: one piece, so that it is one write. */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = 0x81
  frame[1] = head === 2 ? length : head === 4 ? 126 : 127
  if (head === 4) frame.writeUInt16BE(length, 2)
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, head)
  return frame
}

function fieldsOf(event: JsonObject): string {
  const { type, stream_id, previous_response_id, input, generate, ...fields } = event
  return JSON.stringify(fields)
}

/** Made-up counts: four units are a token, and all of a long input but its last part was cached. */
export function usageOf(input: string, said: string): JsonObject {
  const tokens = Math.ceil(input.length / 4)
  const cached = tokens > 1024 ? tokens - 1024 : 0
  return {
    input_tokens: tokens,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: Math.ceil(said.length / 4),
    total_tokens: tokens + Math.ceil(said.length / 4),
  }
}
