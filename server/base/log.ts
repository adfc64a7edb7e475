/** How much a line matters. */
export type LogLevel = "debug" | "info" | "warn" | "error"

/** Where everything that is not an answer goes: one line per call, never stdout. */
export interface Log {
  debug(message: string): void
  info(message: string): void
  warn(message: string): void
  error(message: string, cause?: unknown): void
  /** A broken invariant: logged once per place with its stack in use, thrown in tests. */
  bug(message: string, cause?: unknown): void
}

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/** A log that writes `LEVEL message` lines at or above `level` through `write` (a line without its break). */
export function createLog(write: (level: LogLevel, line: string) => void, level: LogLevel): Log {
  const seen = new Set<string>()
  const put = (at: LogLevel, message: string): void => {
    if (RANK[at] >= RANK[level]) write(at, message)
  }
  return {
    debug: message => put("debug", message),
    info: message => put("info", message),
    warn: message => put("warn", message),
    error: (message, cause) => put("error", cause === undefined ? message : `${message}: ${describe(cause)}`),
    bug: (message, cause) => {
      const stack = describe(cause ?? new Error(message))
      if (seen.has(stack)) return
      seen.add(stack)
      put("error", `bug: ${message}: ${stack}`)
    },
  }
}

/** A log for tests: keeps quiet, but a bug is thrown where it happens. */
export function strictLog(): Log {
  const quiet = (): void => {}
  return {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: quiet,
    bug: (message, cause) => {
      throw new Error(message, { cause })
    },
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
