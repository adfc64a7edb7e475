import type { HeldOut } from "./held-out.ts"

/** Stands for the cursor in the naive client's prompt. */
export const CURSOR = "<|cursor|>"

/** Where a prompt asks for more. */
interface AskedPlace {
  /** The body up to the cursor, as the user has it. */
  readonly typed: string
  /** The answer is to begin again at the beginning of the cursor's line. */
  readonly restart: boolean
  /** No more is wanted than the statement at the cursor. */
  readonly statementOnly: boolean
}

/** So much in front of the body is looked for, in UTF-16 code units: more than one line, less than any window shows. */
const ANCHOR_UNITS = 60

/** Finds the cursor of a prompt in the function that is typed; null where the prompt does not show it. */
export function askedPlace(input: string, held: HeldOut): AskedPlace | null {
  const cursor = input.indexOf(CURSOR)
  if (cursor >= 0) return placed(input.slice(0, cursor), held, { restart: false, statementOnly: false })
  const turn = input.slice(input.lastIndexOf("<code_before "))
  const [, above = "", wanted = "", line = ""] = PROMPT.exec(turn) ?? []
  const statementOnly = !/rest of|whole body/.test(wanted)
  return placed(above + line, held, { restart: true, statementOnly })
}

/** The end of the server's prompt. */
const PROMPT = /^<code_before [^>]*>\n([\s\S]*)<\/code_before>\n(.*)\n<line_start>([\s\S]*)<\/line_start>\n$/

function placed(
  before: string,
  held: HeldOut,
  how: Pick<AskedPlace, "restart" | "statementOnly">,
): AskedPlace | null {
  const anchor = held.before.slice(-ANCHOR_UNITS)
  const at = before.lastIndexOf(anchor)
  return at < 0 ? null : { typed: before.slice(at + anchor.length), ...how }
}
