import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"

/** Half of the simulated round trip, in ms. */
export const ONE_WAY_MS = 20

/** A sender's first window: ten segments, as RFC 6928 has it. */
const FIRST_WINDOW_BYTES = 10 * 1460

/** A simulated line to a server on this machine. */
export interface Line {
  readonly port: number
  /** Bytes that went up since the last call. */
  takeBytesUp(): number
  close(): void
}

/**
 * Listens on a port and passes everything on to `serverPort`, late: 20 ms each way, one more round trip before the
 * first bytes of a connection (TCP's own handshake), and no more bytes under way than TCP's slow start allows. Loss
 * and bandwidth are not simulated, nor does an idle connection start slowly again: that spares the kept-alive ones.
 */
export async function openLine(serverPort: number): Promise<Line> {
  const schedule = new Schedule()
  let bytesUp = 0
  const server = createServer({ noDelay: true }, near => {
    const far = connect({ port: serverPort, host: "127.0.0.1", noDelay: true })
    const up = new Direction(far, schedule, 2 * ONE_WAY_MS)
    const down = new Direction(near, schedule, 0)
    near.on("data", chunk => {
      bytesUp += chunk.length
      up.pass(chunk)
    })
    far.on("data", chunk => down.pass(chunk))
    near.on("close", () => up.end())
    far.on("close", () => down.end())
    near.on("error", () => up.end())
    far.on("error", () => down.end())
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    port: (server.address() as AddressInfo).port,
    takeBytesUp: () => {
      const taken = bytesUp
      bytesUp = 0
      return taken
    },
    close: () => server.close(),
  }
}

/** Runs things at their moment, in order, closer than timers can: it spins through the last two milliseconds. */
class Schedule {
  readonly #due: { readonly at: number; readonly run: () => void }[] = []
  #awake = false

  at(at: number, run: () => void): void {
    let place = this.#due.length
    while (place > 0 && this.#due[place - 1]!.at > at) place--
    this.#due.splice(place, 0, { at, run })
    if (!this.#awake) this.#wake()
  }

  #wake(): void {
    for (let next = this.#due[0]; next !== undefined && next.at <= performance.now(); next = this.#due[0]) {
      this.#due.shift()
      next.run()
    }
    const next = this.#due[0]
    this.#awake = next !== undefined
    if (next === undefined) return
    const ms = next.at - performance.now()
    if (ms > 2) setTimeout(() => this.#wake(), ms - 2)
    else setImmediate(() => this.#wake())
  }
}

/** One direction of one connection. */
class Direction {
  readonly #to: Socket
  readonly #schedule: Schedule
  readonly #queue: Buffer[] = []
  #window = FIRST_WINDOW_BYTES
  #underWay = 0
  readonly #notBefore: number

  /** Nothing leaves in the first `handshakeMs`. */
  constructor(to: Socket, schedule: Schedule, handshakeMs: number) {
    this.#to = to
    this.#schedule = schedule
    this.#notBefore = performance.now() + handshakeMs
  }

  pass(chunk: Buffer): void {
    this.#queue.push(chunk)
    this.#send()
  }

  end(): void {
    this.#schedule.at(this.#arrival(), () => this.#to.destroy())
  }

  #send(): void {
    for (let room = this.#window - this.#underWay; room > 0 && this.#queue.length > 0; ) {
      const chunk = this.#queue.shift()!
      const part = chunk.subarray(0, room)
      if (part.length < chunk.length) this.#queue.unshift(chunk.subarray(room))
      room -= part.length
      this.#launch(part)
    }
  }

  #launch(part: Buffer): void {
    const arrival = this.#arrival()
    this.#underWay += part.length
    this.#schedule.at(arrival, () => this.#to.write(part))
    this.#schedule.at(arrival + ONE_WAY_MS, () => {
      this.#underWay -= part.length
      this.#window += part.length
      this.#send()
    })
  }

  #arrival(): number {
    return Math.max(performance.now(), this.#notBefore) + ONE_WAY_MS
  }
}
