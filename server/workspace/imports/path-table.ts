/** Paths as small integers: equal paths share an id, ids count up from 0 and are never reused. */
export class PathTable {
  readonly #ids = new Map<string, number>()
  readonly #paths: string[] = []

  /** The id of a path, given now if it has none. */
  idOf(path: string): number {
    const known = this.#ids.get(path)
    if (known !== undefined) return known
    const id = this.#paths.length
    this.#paths.push(path)
    this.#ids.set(path, id)
    return id
  }

  /** The id of a path, or -1 if it never got one. */
  find(path: string): number {
    return this.#ids.get(path) ?? -1
  }

  /** The path behind an id that this table gave. */
  pathOf(id: number): string {
    return this.#paths[id]!
  }
}
