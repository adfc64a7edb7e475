import type { Place } from "../features/actions/actions.ts"
import { offsetAt } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { type Fields, fieldsOf, invalid, positionOf } from "./params.ts"

/** The place that a command's `uri` and `range` name. Throws RequestError (InvalidParams) where there is none. */
export function neededPlace(fields: Fields, context: MethodContext): Place {
  const place = placeIn(fields, context)
  if (place === null) throw invalid("uri must name a document that is open, with a range in it")
  return place
}

/** The same; null without them, or if the document is not open. */
export function placeIn({ uri, range }: Fields, { session }: MethodContext): Place | null {
  const document = typeof uri === "string" ? session.document(uri) : null
  if (document === null || range === undefined || range === null) return null
  const at = (end: "start" | "end"): number =>
    offsetAt(document, positionOf(fieldsOf(range)[end], `range.${end}`), session.encoding)
  const start = at("start")
  return { uri: document.uri, start, end: Math.max(start, at("end")) }
}
