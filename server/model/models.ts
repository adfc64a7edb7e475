import { arrayOf, objectOf, textOf } from "../base/json.ts"
import type { Role } from "./ask.ts"
import type { Provider } from "./provider.ts"

/** What is asked for where a server lists nothing and nothing is set: single-model servers take any name. */
const ANY_MODEL = "default"

/**
 * Which model answers a role: the one set, else the best ranked one that the provider lists, else the first listed.
 * Models that the provider refuses by name are passed over.
 */
export class Models {
  readonly #provider: Provider
  readonly #set: { readonly [role in Role]: string | null }
  readonly #refused = new Set<string>()
  readonly #effortless = new Set<string>()
  #listed: readonly string[] | null = null
  readonly #awaiting = new Set<Role>(["live", "deep"])

  constructor(provider: Provider, set: { readonly [role in Role]: string | null }) {
    this.#provider = provider
    this.#set = set
  }

  /** Whether the provider's own list is needed to know every role's model. */
  get needsList(): boolean {
    return this.#set.live === null || this.#set.deep === null
  }

  /** Whether a role's model is ours to choose, so that another list may change it. */
  chooses(role: Role): boolean {
    return this.#set[role] === null
  }

  /** A list is on its way, which decides a role's model. */
  awaitList(role: Role): void {
    this.#awaiting.add(role)
  }

  /**
   * Takes the provider's answer to a request for its models, in any known shape; null if it gave none. With a new list
   * a model that was refused has another chance.
   */
  learn(answer: unknown): void {
    const body = objectOf(answer)
    const entries = [...arrayOf(body?.["data"]), ...arrayOf(body?.["models"])].map(objectOf)
    const names = entries.map(
      entry => textOf(entry?.["id"]) ?? textOf(entry?.["slug"]) ?? textOf(entry?.["name"]),
    )
    const known = names.filter(name => name !== null)
    this.#listed = known.length === 0 ? null : known
    if (this.#listed !== null) this.#refused.clear()
    this.#awaiting.clear()
  }

  /** The provider does not know this model, or not for us. */
  refuse(model: string): void {
    this.#refused.add(model)
  }

  /** The model takes no reasoning effort, or not the one that was named: none is named from now on. */
  dropEffort(model: string): void {
    this.#effortless.add(model)
  }

  /** Whether a reasoning effort may be named to a model. */
  takesEffort(model: string): boolean {
    return !this.#effortless.has(model)
  }

  /** The model for a role; null only while the list that decides it is still on its way. */
  of(role: Role): string | null {
    const set = this.#set[role]
    if (set !== null) return set
    if (this.#awaiting.has(role)) return null
    const usable = this.#listed?.filter(name => !this.#refused.has(name)) ?? null
    for (const start of this.#provider.models[role]) {
      const found = usable === null ? (this.#refused.has(start) ? undefined : start) : bestOf(usable, start)
      if (found !== undefined) return found
    }
    return usable?.[0] ?? ANY_MODEL
  }
}

/** The exact name if it is listed, else the first that starts with it. */
function bestOf(names: readonly string[], start: string): string | undefined {
  return names.includes(start) ? start : names.find(name => name.startsWith(start))
}
