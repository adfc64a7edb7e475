import type { Role } from "./ask.ts"
import type { Patience } from "./deadline.ts"
import type { KeySources } from "./keys.ts"
import type { Budget } from "./limits.ts"
import type { Provider } from "./provider.ts"

/** Something for each role. */
export type PerRole<T> = { readonly [role in Role]: T }

/**
 * How to reach a model, from the user's own settings alone: nothing of it may come from a workspace, because it
 * decides where code is sent.
 */
export interface ModelSettings {
  readonly provider: Provider
  /** Overrides the provider's own address; required where that has none. */
  readonly baseUrl: string | null
  /** Allows unencrypted addresses that are not this machine. */
  readonly allowPlain: boolean
  /** A model per role; null for the best ranked one that the provider lists. */
  readonly models: PerRole<string | null>
  /** A reasoning effort per role; null for the lowest (`live`) or the middle one (`deep`). */
  readonly efforts: PerRole<string | null>
  readonly tiers: PerRole<string | null>
  /** The fill-in-the-middle family of a raw completion model; null to tell it by the model's name. */
  readonly template: string | null
  /** Has the provider prepare the stable prefix ahead of asks; may be billed. */
  readonly warmUp: boolean
  readonly budget: Budget
  readonly keys: KeySources
  readonly patience: PerRole<Patience>
}
