import type { AskRequest, Role } from "./ask.ts"
import { templateFor } from "./dialects/fill-templates.ts"
import type { Models } from "./models.ts"
import { type DialectName, effortOf } from "./provider.ts"
import type { Route } from "./route.ts"
import type { ModelSettings } from "./settings.ts"

/** How an ask is written down, or null while the model is not known yet. */
export function routeOf(settings: ModelSettings, models: Models, role: Role): Route | null {
  const model = models.of(role)
  if (model === null) return null
  const { provider, efforts, tiers, template } = settings
  return {
    provider,
    model,
    effort: models.takesEffort(model) ? (efforts[role] ?? effortOf(provider, model, role)) : null,
    tier: tiers[role],
    template: templateFor(template ?? model),
  }
}

/** The dialect for an ask: one that fills holes is no use without a hole. */
export function dialectOf(settings: ModelSettings, ask: AskRequest): DialectName {
  const { dialects } = settings.provider
  return ask.hole === null ? dialects.deep : dialects[ask.role]
}
