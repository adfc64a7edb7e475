import type { Role } from "./ask.ts"
import type { ResponsesAsk } from "./dialects/responses.ts"
import type { PendingAsk } from "./pending-ask.ts"
import type { ResponseReader } from "./response-reader.ts"

/** A response in progress on a lane. */
export interface Work {
  /** Whose answer it is; null for a warm-up. */
  readonly ask: PendingAsk | null
  readonly role: Role
  readonly sent: ResponsesAsk
  readonly reader: ResponseReader
  /** The lane whose response it goes on from; undefined if from none. */
  readonly parent: string | null | undefined
  readonly startedAt: number
  /** Set when nobody waits any more: the lane drains, in ms since the Unix epoch. */
  abandonedAt: number | null
}

/**
 * One ordered conversation on a socket.
 * Invariant: at most one response is in progress, and the next begins only after its terminal event.
 */
export interface Lane {
  /** Its `stream_id`; null for the socket's only lane. */
  readonly name: string | null
  /** For warm-ups of this role only; null for a lane that takes asks. */
  readonly base: Role | null
  work: Work | null
  /** Ids of the last responses here and of their items: late events of them are not the next one's. */
  earlier: ReadonlySet<string>
  lastUsed: number
}

/** How many responses a provider runs at once on one socket. */
const IN_FLIGHT = 16

/** The lanes of one socket: a fixed set of names, because a server never forgets a name. */
export class Lanes {
  readonly all: readonly Lane[]
  readonly #byName: ReadonlyMap<string | null, Lane>

  /** Sixteen named lanes, two of them bases, or a single nameless one. */
  constructor(named: boolean) {
    const names = Array.from({ length: IN_FLIGHT - 2 }, (_, at) => `c${at}`)
    this.all = named
      ? [lane("base-live", "live"), lane("base-deep", "deep"), ...names.map(name => lane(name, null))]
      : [lane(null, null)]
    this.#byName = new Map(this.all.map(each => [each.name, each]))
  }

  /** How many asks can be answered at once. */
  get capacity(): number {
    return this.all.filter(each => each.base === null).length
  }

  /** The lane of that name, if it is one of ours. */
  named(name: string | null): Lane | null {
    return this.#byName.get(name) ?? null
  }

  /** The lane that holds the stable prefix of a role; null where there is only one lane. */
  baseOf(role: Role): Lane | null {
    return this.all.find(each => each.base === role) ?? null
  }

  /** The idle lane that was used longest ago, or null. */
  idle(): Lane | null {
    let oldest: Lane | null = null
    for (const each of this.all) {
      if (each.base !== null || each.work !== null) continue
      if (oldest === null || each.lastUsed < oldest.lastUsed) oldest = each
    }
    return oldest
  }

  /** Lanes whose asker has left. */
  draining(): Lane[] {
    return this.all.filter(each => each.base === null && each.work !== null && each.work.abandonedAt !== null)
  }

  /** Asks that are still waited for. */
  asks(): PendingAsk[] {
    return this.all.flatMap(({ work }) => (work?.ask == null || work.abandonedAt !== null ? [] : [work.ask]))
  }

  /** The lane on which an ask is being answered, or null. */
  of(ask: PendingAsk): Lane | null {
    return this.all.find(each => each.work?.ask === ask && each.work.abandonedAt === null) ?? null
  }

  /** Whether some response that goes on from this lane may not have begun: until it has, the lane must stay as it is. */
  awaited(parent: Lane): boolean {
    return this.all.some(({ work }) => work !== null && work.parent === parent.name && !work.reader.running)
  }
}

function lane(name: string | null, base: Role | null): Lane {
  return { name, base, work: null, earlier: new Set(), lastUsed: 0 }
}
