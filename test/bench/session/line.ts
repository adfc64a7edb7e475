import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"

/** Half of the simulated round trip, in ms. */
export const ONE_WAY_MS = 20

/** A sender's first window: ten segments, as RFC 6928 has it. */
const FIRST_WINDOW_BYTES = 10 * 1460

/** After this long without sending, in ms, a sender begins with its first window again, as Linux does. */
const IDLE_RESTART_MS = 240

/** A simulated line to a server on this machine. */
export interface Line {
  readonly port: number
  /** Bytes that went up since the last call. */
  takeBytesUp(): number
  close(): void
}

/**
 * Listens on a port and passes everything on to `serverPort`, late: 20 ms each way, one more round trip before the
 * first bytes of a connection (TCP's own handshake), and no more bytes under way than TCP's slow start allows.
 * Loss and bandwidth are not simulated.
 */
export async function openLine(serverPort: number): Promise<Line> {
  let bytesUp = 0
  const server = createServer({ noDelay: true }, near => {
    const far = connect({ port: serverPort, host: "127.0.0.1", noDelay: true })
    const up = new Direction(far, 2 * ONE_WAY_MS)
    const down = new Direction(near, 0)
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

/** One direction of one connection. */
class Direction {
  readonly #to: Socket
  readonly #queue: Buffer[] = []
  #window = FIRST_WINDOW_BYTES
  #underWay = 0
  #lastSent = Number.NEGATIVE_INFINITY
  #notBefore: number

  /** Nothing arrives in the first `handshakeMs` on top of the usual delay. */
  constructor(to: Socket, handshakeMs: number) {
    this.#to = to
    this.#notBefore = performance.now() + handshakeMs
  }

  pass(chunk: Buffer): void {
    this.#queue.push(chunk)
    this.#send()
  }

  end(): void {
    this.#later(ONE_WAY_MS, () => this.#to.destroy())
  }

  #send(): void {
    const now = performance.now()
    if (this.#underWay === 0 && now - this.#lastSent > IDLE_RESTART_MS) this.#window = FIRST_WINDOW_BYTES
    for (let room = this.#window - this.#underWay; room > 0 && this.#queue.length > 0; ) {
      const chunk = this.#queue.shift()!
      const part = chunk.subarray(0, room)
      if (part.length < chunk.length) this.#queue.unshift(chunk.subarray(room))
      room -= part.length
      this.#lastSent = now
      this.#launch(part)
    }
  }

  #launch(part: Buffer): void {
    this.#underWay += part.length
    const wait = Math.max(0, this.#notBefore - performance.now())
    this.#later(wait + ONE_WAY_MS, () => {
      this.#to.write(part)
      setTimeout(() => {
        this.#underWay -= part.length
        this.#window += part.length
        this.#send()
      }, ONE_WAY_MS)
    })
  }

  /** Timers of one length fire in order, so bytes keep theirs; those of the handshake are not overtaken either. */
  #later(ms: number, run: () => void): void {
    const rounded = Math.round(ms)
    if (rounded > ONE_WAY_MS) setTimeout(() => setTimeout(run, ONE_WAY_MS), rounded - ONE_WAY_MS)
    else setTimeout(run, ONE_WAY_MS)
  }
}
