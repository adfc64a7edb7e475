import { addressProblem } from "../../base/address.ts"
import { arrayOf, type JsonObject, numberOf, textOf } from "../../base/json.ts"

/**
 * How to reach a remote code search, from the user's own settings alone: nothing of it may come from a workspace,
 * because it decides where names of the user's code are sent.
 */
export interface RemoteSettings {
  /** Where the server lives, without a trailing slash. */
  readonly url: string
  /** Sent as a bearer token; null for none. */
  readonly key: string | null
  /** How long in ms an answer may take. */
  readonly deadlineMs: number
  /** Names of repositories that are checked out here, which the remote must not answer for. */
  readonly except: readonly string[]
}

/** How long in ms a remote may take unless the settings say otherwise. */
const DEADLINE_MS = 1_500

/** The longest deadline that may be set, in ms. */
const LONGEST_DEADLINE_MS = 30_000

const KNOWN = ["zoekt", "allowPlain", "key", "deadlineMs", "except"]

/**
 * Reads the `remoteIndex` section of a user's own settings: `{"zoekt": URL, "allowPlain"?, "key"?, "deadlineMs"?,
 * "except"?}`. Null settings with no mistakes where no server is named; mistakes are sentences for the user.
 */
export function readRemoteSettings(section: JsonObject): {
  readonly settings: RemoteSettings | null
  readonly mistakes: readonly string[]
} {
  if (section["zoekt"] === undefined && Object.keys(section).length === 0)
    return { settings: null, mistakes: [] }
  const mistakes = mistakesIn(section)
  if (mistakes.length > 0) return { settings: null, mistakes }
  const url = new URL(textOf(section["zoekt"]) ?? "")
  const settings = {
    url: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    key: textOf(section["key"]),
    deadlineMs: numberOf(section["deadlineMs"]) ?? DEADLINE_MS,
    except: arrayOf(section["except"]).map(String),
  }
  return { settings, mistakes }
}

function mistakesIn(section: JsonObject): readonly string[] {
  const { zoekt, allowPlain, key, deadlineMs, except } = section
  const mistakes = Object.keys(section)
    .filter(name => !KNOWN.includes(name))
    .map(name => `remoteIndex.${name} is no setting`)
  if (allowPlain !== undefined && typeof allowPlain !== "boolean")
    mistakes.push("remoteIndex.allowPlain must be true or false")
  if (key !== undefined && !/^[!-~]+$/.test(textOf(key) ?? ""))
    mistakes.push("remoteIndex.key must be a text without spaces")
  if (deadlineMs !== undefined && !isDeadline(deadlineMs))
    mistakes.push(`remoteIndex.deadlineMs must be a whole number from 1 to ${LONGEST_DEADLINE_MS}`)
  if (except !== undefined && !(Array.isArray(except) && except.every(name => typeof name === "string")))
    mistakes.push("remoteIndex.except must be a list of names")
  const problem = addressMistake(zoekt, allowPlain === true)
  return problem === null ? mistakes : [...mistakes, problem]
}

function isDeadline(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= LONGEST_DEADLINE_MS
}

function addressMistake(address: unknown, allowPlain: boolean): string | null {
  if (typeof address !== "string") return "remoteIndex.zoekt must be an http or https URL"
  const problem = addressProblem("the code search", address, allowPlain)
  if (problem !== null) return problem
  const { username, password } = new URL(address)
  return username === "" && password === ""
    ? null
    : "the code search's address must not hold a password; set remoteIndex.key"
}
