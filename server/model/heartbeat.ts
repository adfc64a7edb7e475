import type { Clock, Timer } from "./clock.ts"

/** What a heartbeat needs of a connection. */
interface HeartbeatPort {
  ping(): void
  /** Nothing was heard for two beats, or the machine slept: whatever is open now is not to be trusted. */
  dead(): void
  /** Once a beat, for whatever else must be looked at now and then. */
  beat(): void
}

/** Time between pings, in ms. */
const BEAT_MS = 20_000

/** Beats without a sign of life after which a peer counts as dead. */
const MISSES = 2

/** Pings a peer and notices when it has gone. */
export class Heartbeat {
  readonly #clock: Clock
  readonly #port: HeartbeatPort
  #timer: Timer
  #lastBeat: number
  #missed = 0

  constructor(clock: Clock, port: HeartbeatPort) {
    this.#clock = clock
    this.#port = port
    this.#lastBeat = clock.now()
    this.#timer = this.#arm()
  }

  /** Something came from the peer. */
  heard(): void {
    this.#missed = 0
  }

  stop(): void {
    this.#timer.stop()
  }

  /** Whether the machine must have slept since the last beat: the peer and what it remembers are likely gone. */
  slept(): boolean {
    return this.#clock.now() - this.#lastBeat > BEAT_MS * (MISSES + 1)
  }

  #arm(): Timer {
    return this.#clock.after(BEAT_MS, () => this.#beat())
  }

  #beat(): void {
    const slept = this.slept()
    this.#lastBeat = this.#clock.now()
    if (slept || this.#missed >= MISSES) {
      this.#port.dead()
      return
    }
    this.#missed++
    this.#timer = this.#arm()
    this.#port.ping()
    this.#port.beat()
  }
}
