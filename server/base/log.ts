/** How much a line matters. */
export type LogLevel = "debug" | "info" | "warn" | "error"

/** Where everything that is not an answer goes: one line per call, never stdout. */
export interface Log {
  debug(message: string): void
  info(message: string): void
  warn(message: string): void
  error(message: string, cause?: unknown): void
  /** A line that is logged the first time only, whoever says it: child processes say what the main one says. */
  once(level: "info" | "warn", message: string): void
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
  const isNew = (said: string): boolean => {
    const { size } = seen
    return seen.add(said).size > size
  }
  return {
    debug: message => put("debug", message),
    info: message => put("info", message),
    warn: message => put("warn", message),
    error: (message, cause) => put("error", cause === undefined ? message : `${message}: ${describe(cause)}`),
    once: (at, message) => {
      if (isNew(message)) put(at, message)
    },
    bug: (message, cause) => {
      const stack = describe(cause ?? new Error(message))
      if (isNew(stack)) put("error", `bug: ${message}: ${stack}`)
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
    once: quiet,
    bug: (message, cause) => {
      throw new Error(message, { cause })
    },
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
