import { type JsonObject, objectOf } from "../../../server/base/json.ts"

const PADDING = "k2Jx9QwL0vTzR8mB"

/** The field that hides how long a delta is, unless the ask turned it off. */
export function paddingFor(body: JsonObject, text: string): JsonObject {
  if (objectOf(body["stream_options"])?.["include_obfuscation"] === false) return {}
  return { obfuscation: PADDING.slice(0, Math.max(0, PADDING.length - text.length)) }
}
