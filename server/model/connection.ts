import { ModelError } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import type { Role, Usage } from "./ask.ts"
import type { Clock, Timer } from "./clock.ts"
import { itemOf, type ResponsesAsk } from "./dialects/responses.ts"
import { UNEXPLAINED, type WireError } from "./events.ts"
import { Heartbeat } from "./heartbeat.ts"
import { type Lane, Lanes, type Work } from "./lanes.ts"
import { Ledger, type LedgerEntry } from "./ledger.ts"
import type { PendingAsk } from "./pending-ask.ts"
import { type Reading, ResponseReader } from "./response-reader.ts"
import type { Socket } from "./socket.ts"
import { decodeFrame } from "./wire.ts"

/** What the owner of a connection is told, and decides. */
export interface ConnectionOwner {
  /** A lane became idle. */
  freed(): void
  /** The provider refused or broke off this ask's response; the lane is idle again. */
  failed(ask: PendingAsk, error: WireError, from: Connection): void
  /** A running answer can't be steered; the instruction was not heard. */
  notSteered(ask: PendingAsk, instruction: string, from: Connection): void
  /** An error that names no lane while several are busy, or one about a warm-up. */
  complained(error: WireError, from: Connection): void
  /** An answer ended as it should, whether or not anybody waited for it. */
  answered(): void
  counted(role: Role, usage: Usage): void
  /** The socket's time is nearly over, or it can't be trusted: replace it while it still serves. */
  worn(from: Connection): void
  /** It answered nothing for too long. */
  dead(from: Connection): void
}

/** What the server at the other end can do. */
interface ConnectionTraits {
  readonly lanes: boolean
  readonly continuation: boolean
  readonly maxAgeMs: number
}

/** How long in ms an abandoned response or a warm-up may stay unfinished before its socket is replaced. */
const STUCK_MS = 60_000

/** How long in ms after the end of a steered response its successor may stay away. */
const SUCCESSOR_MS = 3_000

/** Ids of former responses and their items that a lane keeps, to know late events by. */
const REMEMBERED_IDS = 64

/** Unreadable messages after which a socket is replaced. */
const GARBAGE_LIMIT = 8

/**
 * One open socket with its lanes and what its server remembers.
 * Invariant: a lane with an unfinished response is never used for another; what comes on it is read and dropped.
 */
export class Connection {
  readonly lanes: Lanes
  readonly openedAt: number
  readonly #socket: Socket
  readonly #traits: ConnectionTraits
  readonly #ledger = new Ledger()
  readonly #heartbeat: Heartbeat
  readonly #clock: Clock
  readonly #owner: ConnectionOwner
  readonly #log: Log
  readonly #ageTimer: Timer
  #garbage = 0
  #retired = false
  #served = false

  constructor(socket: Socket, traits: ConnectionTraits, clock: Clock, log: Log, owner: ConnectionOwner) {
    this.#socket = socket
    this.#traits = traits
    this.lanes = new Lanes(traits.lanes)
    this.openedAt = clock.now()
    this.#clock = clock
    this.#log = log
    this.#owner = owner
    this.#ageTimer = clock.after(traits.maxAgeMs, () => owner.worn(this))
    this.#heartbeat = new Heartbeat(clock, {
      ping: () => socket.ping(),
      dead: () => owner.dead(this),
      beat: () => this.#lookForStuck(),
    })
  }

  /** Whether the server has answered an ask in full: a socket that never did counts as a failed dial. */
  get served(): boolean {
    return this.#served
  }

  /** Whether no response is in progress. */
  get idle(): boolean {
    return this.lanes.all.every(lane => lane.work === null)
  }

  /** Whether it takes no more asks. */
  get retired(): boolean {
    return this.#retired
  }

  /** Whether the machine has slept since the socket was last known to live. */
  slept(): boolean {
    return this.#heartbeat.slept()
  }

  /**
   * Sends an ask on an idle lane. "whole" if all of its input went up, "rest" if only what the server did not have,
   * "full" if every lane is busy, "gone" if the socket is not open; in the last two nothing was sent.
   */
  start(ask: PendingAsk, wanted: ResponsesAsk): "whole" | "rest" | "full" | "gone" {
    const now = this.#clock.now()
    const known =
      ask.wantsWholeInput || !this.#traits.continuation
        ? null
        : this.#ledger.match(wanted.fields, wanted.items, now)
    const own = known === null ? null : this.lanes.named(known.lane)
    const lane = own !== null && own.base === null && own.work === null ? own : this.lanes.idle()
    if (lane === null) return "full"
    if (!this.#socket.send(createEvent(lane, wanted, known, true))) return "gone"
    ask.markSent(lane.name === null ? "a socket" : `a socket, lane ${lane.name}`)
    this.#occupy(lane, ask, ask.request.role, wanted, known)
    return known === null ? "whole" : "rest"
  }

  /**
   * Has the server prepare the stable part of an ask, unless it already has it or its lane is in use. Does nothing for
   * an ask without a stable part.
   */
  warm(role: Role, like: ResponsesAsk): void {
    const stable: ResponsesAsk = { ...like, items: like.items.slice(0, like.stable) }
    const lane = this.lanes.baseOf(role) ?? this.lanes.idle()
    if (stable.items.length === 0 || lane === null || lane.work !== null || this.lanes.awaited(lane)) return
    const known = this.#ledger.match(like.fields, [...stable.items, ""], this.#clock.now())
    if (known?.items.length === stable.items.length) return
    if (this.#socket.send(createEvent(lane, stable, known, false)))
      this.#occupy(lane, null, role, stable, known)
  }

  /** Nobody waits for this ask any more: its lane drains. False if it is not here. */
  abandon(ask: PendingAsk): boolean {
    const work = this.lanes.of(ask)?.work
    if (work == null) return false
    work.abandonedAt = this.#clock.now()
    work.reader.leave()
    this.#closeIfDone()
    return true
  }

  /** Sends an instruction after a running answer; false if the answer has not begun or the socket is gone. */
  steer(ask: PendingAsk, instruction: string): boolean {
    const reader = this.lanes.of(ask)?.work?.reader
    if (reader?.id == null) return false
    const input = itemOf({ by: "user", text: instruction })
    const event = `{"type":"response.steer","previous_response_id":${JSON.stringify(reader.id)},"input":[${input}]}`
    if (!this.#socket.send(event)) return false
    reader.steered(instruction)
    return true
  }

  /** Takes no more asks, and closes as soon as nobody waits for one. */
  retire(): void {
    this.#retired = true
    this.#closeIfDone()
  }

  /** Ends the socket now. */
  end(): void {
    this.#retired = true
    this.#stopTimers()
    this.#socket.end()
  }

  /** The socket has closed: stops everything and gives back the asks that were waiting. */
  closed(): PendingAsk[] {
    this.#retired = true
    this.#stopTimers()
    const asks = this.lanes.asks()
    for (const lane of this.lanes.all) lane.work = null
    return asks
  }

  /** Takes back asks of which nothing has begun, so that they can go elsewhere. Their lanes drain. */
  takeUnbegun(): PendingAsk[] {
    const unbegun = this.lanes.asks().filter(ask => this.lanes.of(ask)?.work?.reader.id === null)
    for (const ask of unbegun) this.abandon(ask)
    return unbegun
  }

  /** A sign of life. */
  heard(): void {
    this.#heartbeat.heard()
  }

  /** Reads one message and does what it says. */
  read(message: string): void {
    const { lane: name, event } = decodeFrame(message)
    if (event.kind === "garbage") this.#readGarbage()
    const lane = this.#laneOf(name)
    if (event.kind === "steer") this.#readSteer(event)
    else if (lane?.work != null) {
      const { work } = lane
      this.#follow(lane, work, work.reader.read(event))
      if (event.kind === "end" && work.reader.successorDue) this.#awaitSuccessor(lane, work)
    } else if (event.kind === "error") this.#owner.complained(event.error, this)
    const unnamed = name === null && this.lanes.all.length > 1
    if (event.kind === "created" && unnamed) this.#owner.complained(LANES_IGNORED, this)
  }

  #occupy(
    lane: Lane,
    ask: PendingAsk | null,
    role: Role,
    sent: ResponsesAsk,
    known: LedgerEntry | null,
  ): void {
    this.#ledger.forget(lane.name)
    const startedAt = this.#clock.now()
    lane.lastUsed = startedAt
    lane.work = {
      ask,
      role,
      sent,
      reader: new ResponseReader(ask, lane.earlier, "created"),
      parent: known === null ? undefined : known.lane,
      startedAt,
      abandonedAt: null,
    }
  }

  #follow(lane: Lane, work: Work, reading: Reading): void {
    if (reading.kind === "more") return
    const { ask } = work
    const waiting = ask !== null && work.abandonedAt === null ? ask : null
    if (reading.kind === "garbled") {
      waiting?.fail(new ModelError("protocol", "a piece of the answer was lost on the way"))
      return
    }
    if (reading.kind === "not-steered") {
      if (reading.ended) this.#release(lane, work)
      if (reading.usage !== null) this.#owner.counted(work.role, reading.usage)
      if (waiting !== null) this.#owner.notSteered(waiting, reading.instruction, this)
      return
    }
    this.#release(lane, work)
    if (reading.kind === "failed") this.#reportFailure(waiting, work, reading.error)
    else this.#finish(lane, work, reading, waiting)
    this.#closeIfDone()
    this.#owner.freed()
  }

  /** A server that took an instruction and then does not follow it is asked again; what it may still say is drained. */
  #awaitSuccessor(lane: Lane, work: Work): void {
    const { ask, reader } = work
    this.#clock.after(SUCCESSOR_MS, () => {
      if (lane.work !== work || work.abandonedAt !== null || ask === null || !reader.successorDue) return
      const { instruction, usage } = reader.giveUpSuccessor()
      if (usage !== null) this.#owner.counted(work.role, usage)
      this.#owner.notSteered(ask, instruction, this)
    })
  }

  #reportFailure(waiting: PendingAsk | null, work: Work, error: WireError): void {
    if (work.parent !== undefined) this.#ledger.forget(work.parent)
    if (waiting !== null) this.#owner.failed(waiting, error, this)
    else if (work.ask === null) this.#owner.complained(error, this)
  }

  #finish(lane: Lane, work: Work, reading: Reading & { kind: "ended" }, waiting: PendingAsk | null): void {
    const { end, id, text } = reading
    if (work.ask !== null) this.#served = true
    if (end.usage !== null) this.#owner.counted(work.role, end.usage)
    if (end.status === "failed") {
      this.#reportFailure(waiting, work, end.error ?? UNEXPLAINED)
      return
    }
    this.#owner.answered()
    if (end.status === "completed" && id !== null) {
      const answer = work.ask === null ? [] : [itemOf({ by: "model", text })]
      const items = [...work.sent.items, ...answer]
      this.#ledger.record(
        { lane: lane.name, response: id, fields: work.sent.fields, items },
        this.#clock.now(),
      )
    }
    waiting?.settle(
      end.status === "completed"
        ? { status: "completed" }
        : { status: "incomplete", reason: end.reason ?? "unknown" },
      end.usage,
    )
  }

  #release(lane: Lane, work: Work): void {
    lane.work = null
    lane.earlier = new Set([...lane.earlier, ...work.reader.ids].slice(-REMEMBERED_IDS))
    lane.lastUsed = this.#clock.now()
  }

  /** What comes without a lane's name is about the only busy lane, if there is only one. */
  #laneOf(name: string | null): Lane | null {
    if (name !== null || this.lanes.all.length === 1) return this.lanes.named(name)
    const busy = this.lanes.all.filter(each => each.work !== null)
    return busy.length === 1 ? busy[0]! : null
  }

  #readSteer(
    event: { readonly kind: "steer"; readonly id: string | null } & Parameters<ResponseReader["read"]>[0],
  ): void {
    const lane = this.lanes.all.find(each => each.work !== null && each.work.reader.id === event.id)
    if (lane?.work != null) this.#follow(lane, lane.work, lane.work.reader.read(event))
  }

  #readGarbage(): void {
    this.#garbage++
    this.#log.debug("a message from the model could not be read")
    if (this.#garbage === GARBAGE_LIMIT) this.#owner.worn(this)
  }

  #lookForStuck(): void {
    const before = this.#clock.now() - STUCK_MS
    const stuck = this.lanes.all.some(({ work }) => {
      if (work === null) return false
      return work.ask === null
        ? work.startedAt < before
        : work.abandonedAt !== null && work.abandonedAt < before
    })
    if (stuck) this.#owner.worn(this)
  }

  #closeIfDone(): void {
    if (this.#retired && this.lanes.asks().length === 0) this.end()
  }

  #stopTimers(): void {
    this.#heartbeat.stop()
    this.#ageTimer.stop()
  }
}

/** What a server means that answers on no lane though one was named. */
const LANES_IGNORED: WireError = {
  ...UNEXPLAINED,
  code: null,
  param: "stream_id",
  message: "the server answers without naming the lane",
}

/** A `response.create`, with only the input that the server does not have. */
function createEvent(lane: Lane, wanted: ResponsesAsk, known: LedgerEntry | null, generate: boolean): string {
  const input = known === null ? wanted.items : wanted.items.slice(known.items.length)
  const stream = lane.name === null ? "" : `"stream_id":"${lane.name}",`
  const previous = known === null ? "" : `"previous_response_id":${JSON.stringify(known.response)},`
  const only = generate ? "" : `"generate":false,`
  return `{"type":"response.create",${stream}${previous}${only}${wanted.fields.slice(1, -1)},"input":[${input.join(",")}]}`
}
