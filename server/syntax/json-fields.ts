/** Thrown for data that is not what a manifest must be; the message is one sentence that names the place. */
export class ManifestError extends Error {
  constructor(where: string, complaint: string) {
    super(`${where} ${complaint}`)
    this.name = "ManifestError"
  }
}

/**
 * The fields of one object of parsed JSON, each read once with its type checked.
 * Every method throws `ManifestError` for a value of another type; an absent field gives the fallback.
 */
export class JsonFields {
  readonly #fields: ReadonlyMap<string, unknown>
  readonly #where: string
  readonly #read = new Set<string>()

  /** `where` is how sentences name the object. Throws `ManifestError` if `value` is no object. */
  constructor(value: unknown, where: string) {
    if (!isObject(value)) throw new ManifestError(where, "must be an object")
    this.#fields = new Map(Object.entries(value))
    this.#where = where
  }

  /** The string at `key`; throws if it is absent and there is no fallback. */
  string(key: string, fallback?: string): string {
    const value = this.#take(key) ?? fallback
    if (typeof value !== "string") throw this.#error(key, "must be a string")
    return value
  }

  /** The string at `key`, which must match `pattern`; `complaint` is what is said if it does not. */
  matching(key: string, pattern: RegExp, complaint: string): string {
    const value = this.string(key)
    if (!pattern.test(value)) throw this.#error(key, complaint)
    return value
  }

  /** The boolean at `key`, false if absent. */
  flag(key: string): boolean {
    const value = this.#take(key) ?? false
    if (typeof value !== "boolean") throw this.#error(key, "must be true or false")
    return value
  }

  /** The strings at `key`, none if absent. */
  strings(key: string): readonly string[] {
    return stringsIn(this.#take(key) ?? [], `${this.#where}.${key}`)
  }

  /** The words, parted by spaces, of the string at `key`; none if absent. */
  words(key: string): readonly string[] {
    return wordsIn(this.#take(key) ?? "", `${this.#where}.${key}`)
  }

  /** The `[opener, closer]` pairs at `key`, none if absent. */
  pairs(key: string): readonly (readonly [string, string])[] {
    const value = this.#take(key) ?? []
    if (!Array.isArray(value)) throw this.#error(key, "must be an array")
    return value.map((pair, index) => {
      const [first, second, ...rest] = stringsIn(pair, `${this.#where}.${key}[${index}]`)
      if (first === undefined || second === undefined || rest.length > 0) {
        throw this.#error(`${key}[${index}]`, "must hold two strings")
      }
      return [first, second]
    })
  }

  /** One of `choices` at `key`, or null if absent. */
  choice<T extends string>(key: string, choices: readonly T[]): T | null {
    const value = this.#take(key)
    return value === undefined ? null : choiceOf(value, choices, `${this.#where}.${key}`)
  }

  /** The object at `key`, or null if it is absent or null. */
  object(key: string): JsonFields | null {
    const value = this.#take(key) ?? null
    return value === null ? null : new JsonFields(value, `${this.#where}.${key}`)
  }

  /** The object at `key` as a map, each value made by `read` from the raw value and its place; empty if absent. */
  map<T>(key: string, read: (value: unknown, where: string) => T): ReadonlyMap<string, T> {
    const value = this.#take(key) ?? {}
    if (!isObject(value)) throw this.#error(key, "must be an object")
    return new Map(
      Object.entries(value).map(([name, field]) => [name, read(field, `${this.#where}.${key}.${name}`)]),
    )
  }

  /** Throws if a field was never read, because a misspelt name would else do nothing in silence. */
  end(): void {
    for (const key of this.#fields.keys()) {
      if (!this.#read.has(key)) throw this.#error(key, "is not a known field")
    }
  }

  #take(key: string): unknown {
    this.#read.add(key)
    return this.#fields.get(key)
  }

  #error(key: string, complaint: string): ManifestError {
    return new ManifestError(`${this.#where}.${key}`, complaint)
  }
}

function stringsIn(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value) || !value.every(item => typeof item === "string")) {
    throw new ManifestError(where, "must be an array of strings")
  }
  return value
}

/** The words, parted by spaces, of a string; throws `ManifestError` if `value` is none. */
export function wordsIn(value: unknown, where: string): readonly string[] {
  if (typeof value !== "string") throw new ManifestError(where, "must be a string of words")
  return value.split(" ").filter(word => word !== "")
}

/** `value` as one of `choices`; throws `ManifestError` naming them if it is none. */
export function choiceOf<T extends string>(value: unknown, choices: readonly T[], where: string): T {
  const found = choices.find(choice => choice === value)
  if (found === undefined) throw new ManifestError(where, `must be one of ${choices.join(", ")}`)
  return found
}

/** Whether parsed JSON is an object and no array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
