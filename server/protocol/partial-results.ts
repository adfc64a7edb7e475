import type { ClientLink } from "./client-link.ts"
import { fieldsOf } from "./params.ts"

/**
 * Sends items of an answer before the answer, to clients that gave a `partialResultToken`. LSP's rule: what was sent so is
 * added up, and once anything was, everything must be.
 */
export class PartialResults<Item> {
  readonly #link: ClientLink
  readonly #token: string | number
  readonly #sent = new Set<string>()

  private constructor(link: ClientLink, token: string | number) {
    this.#link = link
    this.#token = token
  }

  /** Null where the client asked for no partial results. */
  static of<Item>(params: unknown, link: ClientLink): PartialResults<Item> | null {
    const token = fieldsOf(params)["partialResultToken"]
    return typeof token === "string" || typeof token === "number"
      ? new PartialResults<Item>(link, token)
      : null
  }

  /** Sends those of the items that were not sent yet; none, if there are none. */
  send(items: readonly Item[]): void {
    const fresh = items.filter(item => !this.#sent.has(JSON.stringify(item)))
    for (const item of fresh) this.#sent.add(JSON.stringify(item))
    if (fresh.length > 0) this.#link.notify("$/progress", { token: this.#token, value: fresh })
  }

  /** The items for the answer itself: none once some were sent, the last ones among them. */
  rest(items: readonly Item[]): readonly Item[] {
    if (this.#sent.size === 0) return items
    this.send(items)
    return []
  }
}
