import type { Log } from "../base/log.ts"
import type { Role } from "./ask.ts"
import { backoffMs } from "./backoff.ts"
import type { Clock, Timer } from "./clock.ts"
import { Connection, type ConnectionOwner } from "./connection.ts"
import type { ResponsesAsk } from "./dialects/responses.ts"
import type { PendingAsk } from "./pending-ask.ts"
import { openSocket, type Socket } from "./socket.ts"
import type { Target } from "./target.ts"
import { retryAfter } from "./wire-error.ts"

/** What the provider can do over a socket, as believed now: a server that says otherwise is believed. */
export interface SocketTraits {
  lanes: boolean
  warmUp: boolean
  readonly continuation: boolean
  readonly maxAgeMs: number
}

/** What the owner of the sockets is told; the rest goes to the connection's owner. */
export interface PoolOwner extends Omit<ConnectionOwner, "freed" | "worn" | "dead"> {
  /** Something may go forward that could not before. */
  changed(): void
  /** A socket closed under these asks: what became of them is not known. */
  lost(asks: readonly PendingAsk[], code: number): void
  /** The upgrade was refused for the key's sake; whether another key was found to try. */
  unauthorized(): boolean
  limited(retryAfterMs: number | null): void
}

/** What the pool is built from. */
interface PoolOptions {
  /** Where to dial, with the key of this moment. */
  readonly target: () => Target
  readonly traits: SocketTraits
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly owner: PoolOwner
}

type DialState =
  | { readonly kind: "idle" }
  /** `timer` runs out when asks should no longer wait for it. */
  | { readonly kind: "dialing"; readonly socket: Socket; readonly timer: Timer }
  | { readonly kind: "waiting"; readonly timer: Timer }
  | { readonly kind: "closed" }

const HANDSHAKE_MS = 10_000

/** How long in ms asks wait for a handshake before they go over HTTP. */
const SLOW_DIAL_MS = 1_500

/** Transport failures in a row after which HTTP is used, and how long until the socket is tried again. */
const FAILURES_TO_FALL_BACK = 3
const PROBE_MS = 10 * 60_000

/** A socket that closes sooner than this after opening, in ms, was not worth opening. */
const FLAP_MS = 10_000

/** Sockets of a provider without lanes. */
const SINGLE_LANE_SOCKETS = 3

/** Least time in ms between two sockets that are replaced because their lanes drain. */
const REPLACE_SPACING_MS = 1_000

/**
 * The open sockets to one provider, and the dialing of new ones.
 * Invariant: one dial at a time. A socket is replaced before it is retired, and retired before it is closed.
 */
export class SocketPool {
  readonly #options: PoolOptions
  readonly #open = new Set<Connection>()
  readonly #worn = new Set<Connection>()
  readonly #warm = new Map<Role, ResponsesAsk>()
  #dial: DialState = { kind: "idle" }
  #failures = 0
  #fellBack = false
  #slow = false
  #retriedKey = false
  /** Runs since a socket was last replaced because its lanes drain, for as long as no other may be. */
  #spacing: Timer | null = null

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Whether sockets are given up for now, so that HTTP must do. */
  get fellBack(): boolean {
    return this.#fellBack
  }

  /** Whether a socket is open and takes asks. */
  get ready(): boolean {
    return this.#serving().length > 0
  }

  get dialing(): boolean {
    return this.#dial.kind === "dialing"
  }

  /** How many asks can be answered at once. */
  get capacity(): number {
    const each = this.#serving()[0]?.lanes.capacity ?? 1
    return this.#options.traits.lanes ? each : SINGLE_LANE_SOCKETS
  }

  /** Figures for the status page and for tests: nothing of it may grow without bound. */
  counts(): { readonly sockets: number; readonly busy: number; readonly draining: number } {
    const lanes = [...this.#open].flatMap(each => each.lanes.all)
    const draining = [...this.#open].reduce((sum, each) => sum + each.lanes.draining().length, 0)
    return { sockets: this.#open.size, busy: lanes.filter(lane => lane.work !== null).length, draining }
  }

  /** Opens the first socket, off the request path. */
  connect(): void {
    if (!this.ready && !this.#fellBack) this.#dialNow()
  }

  /** Sends an ask if it can; "wait" if a lane or a socket for it is on its way, "no" if there will be none soon. */
  start(ask: PendingAsk, wanted: ResponsesAsk): "sent" | "wait" | "no" {
    if (this.#sendNow(ask, wanted)) return "sent"
    if (this.#fellBack) return "no"
    const serving = this.#serving()
    if (serving.length < this.#sockets()) {
      const soon = this.#dialNow() && !this.#slow
      return soon || serving.length > 0 ? "wait" : "no"
    }
    this.#replaceDraining(serving)
    return "wait"
  }

  /** Prepares the stable part of an ask on the server, where that is possible and no socket has it yet. */
  warm(role: Role, like: ResponsesAsk): void {
    if (!this.#options.traits.warmUp) return
    this.#warm.set(role, like)
    for (const connection of this.#serving()) connection.warm(role, like)
  }

  /** Nobody waits for this ask any more. If that is because nothing came, a socket that never served is given up. */
  abandon(ask: PendingAsk, timedOut: boolean): void {
    for (const connection of this.#open) {
      if (!connection.abandon(ask)) continue
      if (!timedOut || connection.served || connection.retired) return
      connection.end()
    }
  }

  /** Steers a running answer; false if it can't be done on its socket. */
  steer(ask: PendingAsk, instruction: string): boolean {
    return [...this.#open].some(connection => connection.steer(ask, instruction))
  }

  /** Replaces a socket: another is dialed, then this one takes no more asks and closes once it is idle. */
  replace(connection: Connection): void {
    if (connection.retired || !this.#open.has(connection)) return
    const others = this.#serving().length > 1
    if (others || this.#fellBack) connection.retire()
    else this.#worn.add(connection)
    if (!others) this.#dialNow()
  }

  /** Closes everything for good. */
  close(): void {
    const state = this.#dial
    this.#enter({ kind: "closed" })
    this.#spacing?.stop()
    if (state.kind === "dialing") state.socket.end()
    for (const connection of this.#open) connection.end()
  }

  /** Whether an open socket has an idle lane for the ask, and has taken it. */
  #sendNow(ask: PendingAsk, wanted: ResponsesAsk): boolean {
    for (const connection of this.#serving()) {
      const result = connection.slept() ? "gone" : connection.start(ask, wanted)
      // Not trusted any more; one that is only closing may take half a minute to be closed.
      if (result === "gone") connection.end()
      if (result === "whole") this.#warmLater(connection, ask.request.role, wanted)
      if (result === "whole" || result === "rest") return true
    }
    return false
  }

  #serving(): Connection[] {
    return [...this.#open].filter(connection => !connection.retired)
  }

  #sockets(): number {
    return this.#options.traits.lanes ? 1 : SINGLE_LANE_SOCKETS
  }

  /** Starts a dial unless one is under way or must not be yet; whether one is under way now. */
  #dialNow(): boolean {
    if (this.#dial.kind !== "idle") return this.#dial.kind === "dialing"
    let connection: Connection | null = null
    const socket = openSocket(this.#options.target(), HANDSHAKE_MS, this.#options.clock, {
      opened: () => {
        connection = this.#opened(socket)
      },
      refused: (status, headers) => {
        this.#enter({ kind: "idle" })
        this.#refused(status, headers)
      },
      heard: () => connection?.heard(),
      message: text => connection?.read(text),
      closed: code => {
        if (connection !== null) this.#closed(connection, code)
        else {
          this.#enter({ kind: "idle" })
          this.#failed()
        }
      },
    })
    this.#slow = false
    const timer = this.#options.clock.after(SLOW_DIAL_MS, () => {
      this.#slow = true
      this.#options.owner.changed()
    })
    this.#enter({ kind: "dialing", socket, timer })
    return true
  }

  /** The one place where dialing changes its state; a closed pool stays closed. */
  #enter(state: DialState): void {
    if (this.#dial.kind === "closed") return
    if (this.#dial.kind === "dialing" || this.#dial.kind === "waiting") this.#dial.timer.stop()
    this.#dial = state
  }

  #opened(socket: Socket): Connection {
    const { traits, clock, log, owner } = this.#options
    const connection = new Connection(socket, traits, clock, log, {
      freed: () => owner.changed(),
      failed: owner.failed.bind(owner),
      notSteered: owner.notSteered.bind(owner),
      complained: owner.complained.bind(owner),
      answered: owner.answered.bind(owner),
      counted: owner.counted.bind(owner),
      worn: from => this.replace(from),
      dead: from => from.end(),
    })
    if (this.#dial.kind === "closed") {
      connection.end()
      return connection
    }
    this.#enter({ kind: "idle" })
    this.#fellBack = false
    this.#retriedKey = false
    this.#open.add(connection)
    for (const worn of this.#worn) worn.retire()
    this.#worn.clear()
    if (traits.lanes) for (const [role, like] of this.#warm) connection.warm(role, like)
    owner.changed()
    return connection
  }

  #refused(status: number, headers: { readonly [name: string]: unknown }): void {
    if (status === 401 && !this.#retriedKey && this.#options.owner.unauthorized()) {
      this.#retriedKey = true
      this.#dialNow()
      return
    }
    if (status === 429) this.#options.owner.limited(retryAfter(headers))
    if (status === 401 || status === 403 || status === 429 || status >= 500) this.#failed()
    else this.#fallBack()
  }

  /** A dial failed, or a socket that never served: wait, or give up on sockets for a while. */
  #failed(): void {
    this.#failures++
    if (this.#failures >= FAILURES_TO_FALL_BACK) this.#fallBack()
    else this.#waitToDial(backoffMs(this.#failures - 1, this.#options.random))
  }

  #fallBack(): void {
    this.#fellBack = true
    for (const worn of this.#worn) worn.retire()
    this.#worn.clear()
    this.#waitToDial(PROBE_MS)
  }

  /** Waits before the next dial; a dial that is under way anyway decides for itself. */
  #waitToDial(ms: number): void {
    if (this.#dial.kind === "closed" || this.#dial.kind === "dialing") return
    const timer = this.#options.clock.after(ms, () => {
      this.#enter({ kind: "idle" })
      if (!this.ready || this.#worn.size > 0) this.#dialNow()
    })
    this.#enter({ kind: "waiting", timer })
    this.#options.owner.changed()
  }

  #closed(connection: Connection, code: number): void {
    const sound =
      connection.served || (connection.idle && this.#options.clock.now() - connection.openedAt > FLAP_MS)
    const asks = connection.closed()
    this.#open.delete(connection)
    this.#worn.delete(connection)
    if (connection.served) this.#failures = 0
    this.#options.owner.lost(asks, code)
    if (this.ready || this.#dial.kind === "closed") return
    if (!sound || code === TRY_AGAIN_LATER) this.#failed()
    else this.#dialNow()
  }

  /** After a whole input went up: have the next one find its stable part there. */
  #warmLater(connection: Connection, role: Role, wanted: ResponsesAsk): void {
    if (!this.#options.traits.warmUp || !this.#options.traits.lanes) return
    this.#warm.set(role, wanted)
    connection.warm(role, wanted)
  }

  /** When half of all lanes or more drain, the oldest socket makes way for a new one. */
  #replaceDraining(serving: readonly Connection[]): void {
    if (this.#worn.size > 0 || this.#spacing !== null) return
    const oldest = oldestOf(serving)
    const draining = serving.reduce((sum, each) => sum + each.lanes.draining().length, 0)
    const lanes = serving.reduce((sum, each) => sum + each.lanes.capacity, 0)
    if (oldest === null || draining * 2 < lanes) return
    this.#spacing = this.#options.clock.after(REPLACE_SPACING_MS, () => {
      this.#spacing = null
      this.#options.owner.changed()
    })
    this.replace(oldest)
    this.#dialNow()
  }
}

function oldestOf(connections: readonly Connection[]): Connection | null {
  let oldest: Connection | null = null
  for (const each of connections) if (oldest === null || each.openedAt < oldest.openedAt) oldest = each
  return oldest
}

/** The close code of a server that is overloaded. */
const TRY_AGAIN_LATER = 1013
