import { ErrorCodes, type Position } from "vscode-languageserver/node"
import { RequestError } from "../base/errors.ts"

/** A JSON object as it came from a client: nothing in it can be relied on. */
export type Fields = Readonly<Record<string, unknown>>

/** A value as an object; an empty one if it is none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** The `textDocument.uri` of a message. Throws RequestError (InvalidParams) without one. */
export function documentUri(params: unknown): string {
  const uri = fieldsOf(fieldsOf(params)["textDocument"])["uri"]
  if (typeof uri !== "string") throw invalid("textDocument.uri must be a string")
  return uri
}

/** The `position` of a message, whole numbers of at least 0. Throws RequestError (InvalidParams) without one. */
export function documentPosition(params: unknown): Position {
  return positionOf(fieldsOf(params)["position"], "position")
}

/** A value as a position. Throws RequestError (InvalidParams), naming it as `name`, if it is none. */
export function positionOf(value: unknown, name: string): Position {
  const { line, character } = fieldsOf(value)
  if (!isCount(line) || !isCount(character)) throw invalid(`${name} must have a line and a character`)
  return { line, character }
}

/** A refusal of malformed parameters, in one sentence. */
export function invalid(sentence: string): RequestError {
  return new RequestError(ErrorCodes.InvalidParams, sentence)
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0
}
