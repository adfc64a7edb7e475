/** What stands in a text for a secret: `<hidden:KIND:NUMBER>`. */
const PLACEHOLDER = /<hidden:[a-z0-9-]+:\d+>/g

/** The pieces of a text between placeholders, and these themselves as pieces of their own. */
export function splitAtPlaceholders(text: string): readonly string[] {
  return text.split(/(<hidden:[a-z0-9-]+:\d+>)/)
}

/** Whether a text is one placeholder and nothing else. */
export function isPlaceholder(text: string): boolean {
  return /^<hidden:[a-z0-9-]+:\d+>$/.test(text)
}

interface Hidden {
  readonly secret: string
  /** Where it was seen: paths or URIs, as they were given. */
  readonly sources: Set<string>
}

/**
 * The secrets hidden in the texts of one prompt: the same secret has the same placeholder in all of them, and one that
 * already stood in a text is never given out again. Holds the secrets themselves: never to be logged or kept.
 */
export class Redactions {
  readonly #placeholders = new Map<string, string>()
  readonly #hidden = new Map<string, Hidden>()
  readonly #taken = new Set<string>()
  #last = 0

  /** Others that begin where these are now: the same secrets have the same placeholders, whatever either hides later. */
  copy(): Redactions {
    const copy = new Redactions()
    for (const [secret, placeholder] of this.#placeholders) copy.#placeholders.set(secret, placeholder)
    for (const [placeholder, { secret, sources }] of this.#hidden)
      copy.#hidden.set(placeholder, { secret, sources: new Set(sources) })
    for (const placeholder of this.#taken) copy.#taken.add(placeholder)
    copy.#last = this.#last
    return copy
  }

  /** The placeholder for a secret seen in `source`. */
  hide(kind: string, secret: string, source: string): string {
    const placeholder = this.#placeholders.get(secret) ?? this.#newPlaceholder(kind)
    this.#placeholders.set(secret, placeholder)
    const hidden = this.#hidden.get(placeholder) ?? { secret, sources: new Set() }
    hidden.sources.add(source)
    this.#hidden.set(placeholder, hidden)
    return placeholder
  }

  /** `text` with spaces in place of every placeholder, at equal length; notes those that are none of ours. */
  withoutPlaceholders(text: string): string {
    return text.replace(PLACEHOLDER, placeholder => {
      if (!this.#hidden.has(placeholder)) this.#taken.add(placeholder)
      return " ".repeat(placeholder.length)
    })
  }

  /** `text` with the secrets that were seen in `source` in place of their placeholders; others stay hidden. */
  restore(text: string, source: string): string {
    return text.replace(PLACEHOLDER, placeholder => {
      const hidden = this.#hidden.get(placeholder)
      return hidden?.sources.has(source) === true ? hidden.secret : placeholder
    })
  }

  #newPlaceholder(kind: string): string {
    for (;;) {
      const placeholder = `<hidden:${kind}:${++this.#last}>`
      if (!this.#taken.has(placeholder)) return placeholder
    }
  }
}
