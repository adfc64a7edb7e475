import { mulberry32, type Random } from "../random.ts"
import type { HeldOut } from "./held-out.ts"

/** How the scripted model errs: shares of names that come out wrong, and of answers that are wrapped in what was not asked for. */
const WRONG_NAMES = 0.05
const PROSE = 0.02
const FENCES = 0.03
/** Of the answers that begin their line again so many leave out its indentation. */
const BARE = 0.2
/** Of the functions so many are closed by the model, though the brace stands there already. */
const CLOSES = 0.5

const NAME = /[A-Za-z_$][\w$]{2,}/g

/** What the model says, and the code of it that belongs behind the cursor. */
export interface OracleAnswer {
  readonly text: string
  readonly continuation: string
}

/** What is asked of the model. */
interface OracleAsk {
  /** A beginning of the body as the user has it, mistakes included. */
  readonly typed: string
  /** Whether the last line of `typed` is to be repeated first. */
  readonly restart: boolean
  /** Whether no more is wanted than the rest of the statement. */
  readonly statementOnly: boolean
}

/**
 * What the model writes behind the text typed so far. It does what it is asked:
 *
 * It knows the body, and errs as models do, always the same way: each name has one chance to come out as another one of
 * the file; a name that the user has typed can't go wrong any more. Some answers come in a fence, some behind a sentence.
 */
export function oracleAnswer(held: HeldOut, { typed, restart, statementOnly }: OracleAsk): OracleAnswer {
  const closer = chance(held.path, "closes") < CLOSES ? held.after.split("\n", 2).join("\n") : ""
  const rest = misremembered(held, typed.length).slice(typed.length)
  const continuation = statementOnly ? statementOf(rest) : rest + closer
  const line = restart ? lineStart(held, typed) : ""
  const wrapped = chance(held.path, `wraps ${Math.floor(typed.length / 16)}`)
  const code = line + continuation
  const fenced = `\`\`\`ts\n${code}\n\`\`\``
  if (wrapped < PROSE) return { text: `Here is the completed code:\n\n${fenced}\n`, continuation }
  return { text: wrapped < PROSE + FENCES ? fenced : code, continuation }
}

/** What the user has of the cursor's line, with its indentation or without. */
function lineStart({ path, before }: HeldOut, typed: string): string {
  const whole = before + typed
  const line = whole.slice(whole.lastIndexOf("\n") + 1)
  return chance(path, `bare ${typed.length}`) < BARE ? line.trimStart() : line
}

/** The lines up to the first at whose end no bracket is open that was opened in them. */
function statementOf(rest: string): string {
  const lines = rest.split("\n")
  let open = 0
  const last = lines.findIndex((line, at) => {
    open += (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0)
    return open <= 0 && (at > 0 || line.trim() !== "")
  })
  return last < 0 ? rest : lines.slice(0, last + 1).join("\n")
}

/** The body with names gone wrong that start at or behind `from`; up to there it is as long as it was. */
function misremembered({ path, before, body }: HeldOut, from: number): string {
  const names = [...new Set(before.match(NAME))]
  return body.replace(NAME, (name, at: number) => {
    if (at < from || chance(path, `name ${at}`) >= WRONG_NAMES || names.length === 0) return name
    return names[Math.floor(chance(path, `other ${at}`) * names.length)]!
  })
}

/** The answer in pieces such as models say: words with the space in front of them, or a few signs. */
export function tokensOf(answer: string): readonly string[] {
  return answer.match(/\s*[\w$]{1,12}|\s+|[^\w\s]{1,3}/g) ?? []
}

/** A number in [0, 1) that depends on nothing but these words. */
function chance(path: string, what: string): number {
  let hash = 0x811c9dc5
  for (const unit of `${path} ${what}`) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193)
  const random: Random = mulberry32(hash)
  return random()
}
