import type { FillTemplate } from "./dialects/fill-templates.ts"
import type { Provider } from "./provider.ts"

/** Everything that decides how one role's asks are written down. */
export interface Route {
  readonly provider: Provider
  readonly model: string
  /** Reasoning effort, always said where the model has one; null where it has none. */
  readonly effort: string | null
  /** Service tier; null for the provider's own choice. */
  readonly tier: string | null
  /** The fill-in-the-middle tokens of a raw completion model. */
  readonly template: FillTemplate | null
}
