/** How one thing stands: `warn` works less well than it could, `fail` does not work. */
export type Level = "ok" | "warn" | "fail"

/** One line of what the doctor says. */
export interface Diagnosis {
  readonly level: Level
  /** What was looked at, a word or two. */
  readonly about: string
  /** How it stands, a sentence without a full stop. */
  readonly says: string
  /** What to do about it, a sentence without a full stop; null if nothing need be done. */
  readonly cure: string | null
}

/** Nothing is wrong with it. */
export function fine(about: string, says: string): Diagnosis {
  return { level: "ok", about, says, cure: null }
}

/** It works less well than it could. */
export function doubtful(about: string, says: string, cure: string): Diagnosis {
  return { level: "warn", about, says, cure }
}

/** It does not work. */
export function broken(about: string, says: string, cure: string): Diagnosis {
  return { level: "fail", about, says, cure }
}
