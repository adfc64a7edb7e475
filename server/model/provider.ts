import type { Role } from "./ask.ts"

/** The shape of a request and its answer. All but `responses` are HTTP only. */
export type DialectName = "responses" | "chat" | "infill" | "ollama" | "mistral" | "suffix" | "template"

/** Which reasoning efforts a model takes, lowest first; `model` is how its name starts, empty for any other model. */
export interface EffortRule {
  readonly model: string
  readonly values: readonly string[]
}

/** What is true of one way to reach a model. Plain data: a new provider needs no code. */
export interface Provider {
  readonly name: string
  /** Where it lives, without a trailing slash; null if only the user can know. */
  readonly baseUrl: string | null
  /** How the key travels; local servers often want none. */
  readonly auth: "bearer" | "api-key"
  /** Environment variables that may hold the key, best first. */
  readonly keyNames: readonly string[]
  /** The dialect of each role; an ask without a hole uses `deep`'s even if it is live. */
  readonly dialects: { readonly [role in Role]: DialectName }
  /** The Responses API over a WebSocket. */
  readonly socket: boolean
  /** Several responses at once on one socket. */
  readonly lanes: boolean
  /** `generate: false` prepares a prefix. */
  readonly warmUp: boolean
  /** `previous_response_id` over the socket. */
  readonly continuation: boolean
  /** Age in ms at which a socket is replaced, a little before the provider closes it. */
  readonly maxAgeMs: number
  /** The field that bounds the output; null where bounding it is refused. */
  readonly outputBound: string | null
  /** Whether `temperature` may be sent. */
  readonly sampling: boolean
  /** How the names of models start that take `response.steer`. */
  readonly steering: readonly string[]
  /** Best rule first; empty only where the surface has no such field or refuses it for most models. */
  readonly efforts: readonly EffortRule[]
  /** Service tiers that may be named. */
  readonly tiers: readonly string[]
  /** Whether `prompt_cache_key` is known. */
  readonly cacheKey: boolean
  /** Whether deltas are padded unless told not to be. */
  readonly padding: boolean
  /** Models per role, best first, as name beginnings; empty means whatever the server lists first. */
  readonly models: { readonly [role in Role]: readonly string[] }
}

/** The lowest effort a model takes for `live`, the middle one for `deep`; null if none may be sent. */
export function effortOf(provider: Provider, model: string, role: Role): string | null {
  const values = provider.efforts.find(rule => model.startsWith(rule.model))?.values ?? []
  const at = role === "live" ? 0 : Math.floor((values.length - 1) / 2)
  return values[at] ?? null
}

/** Whether a running response of this model can be steered over the socket. */
export function canSteer(provider: Provider, model: string): boolean {
  return provider.steering.some(start => model.startsWith(start))
}
