import type { DialectName } from "../provider.ts"
import { CHAT } from "./chat.ts"
import type { Dialect } from "./dialect.ts"
import { MISTRAL, SUFFIX, TEMPLATE } from "./fill.ts"
import { INFILL } from "./infill.ts"
import { OLLAMA } from "./ollama.ts"
import { RESPONSES } from "./responses.ts"

/** Every dialect by its name. */
export const DIALECTS: { readonly [name in DialectName]: Dialect } = {
  responses: RESPONSES,
  chat: CHAT,
  infill: INFILL,
  ollama: OLLAMA,
  mistral: MISTRAL,
  suffix: SUFFIX,
  template: TEMPLATE,
}
