import type { MessageConnection } from "vscode-languageserver/node"
import { createLog, type Log, type LogLevel } from "../base/log.ts"
import type { Clock } from "../model/clock.ts"

/** How the server speaks to its editor on its own account. */
export interface ClientLink {
  /** Sends a notification; a closed connection drops it. */
  notify(method: string, params: unknown): void
  /**
   * Asks the editor and gives its answer; null if it refuses or has not answered within `limitMs`.
   * Never rejects. Some editors never answer, so nothing may depend on it.
   */
  ask(method: string, params: unknown, limitMs: number): Promise<ClientAnswer | null>
}

/** What an editor answered; `result` may well be null. */
interface ClientAnswer {
  readonly result: unknown
}

/** A link over a connection. Never rejects: what an editor does with our questions is its own business. */
export function linkOver(connection: MessageConnection, clock: Clock): ClientLink {
  return {
    notify: (method, params) => void attempt(() => connection.sendNotification(method, params)),
    ask: async (method, params, limitMs) => {
      const answer = attempt(async () => ({ result: await connection.sendRequest<unknown>(method, params) }))
      return new Promise(resolve => {
        const timer = clock.after(limitMs, () => resolve(null))
        void answer.then(result => {
          timer.stop()
          resolve(result)
        })
      })
    },
  }
}

/** What `send` settles to; null if it throws, now or later, as it does on a closed connection. */
async function attempt<T>(send: () => Promise<T>): Promise<T | null> {
  try {
    return await send()
  } catch {
    return null
  }
}

/** A log that the editor shows: lines below `level` are dropped. */
export function clientLog(link: ClientLink, level: () => LogLevel): Log {
  const send = (at: LogLevel, message: string): void => {
    if (RANK[at] <= RANK[level()]) link.notify("window/logMessage", { type: RANK[at], message })
  }
  return createLog(send, "debug")
}

/** LSP's message types; a larger number matters less. */
const RANK: Record<LogLevel, number> = { error: 1, warn: 2, info: 3, debug: 4 }
