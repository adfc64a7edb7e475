/** The distinct ones of the ids of a file, file after file. */
export class DistinctIds {
  /** By id: number of the file that it was last seen in. */
  #seen = new Int32Array(1024)
  #ids = new Int32Array(256)
  #count = 0
  #file = 1

  /** Notes an id, which is not negative. */
  add(id: number): void {
    if (id >= this.#seen.length) this.#seen = widened(this.#seen, 2 * id)
    if (this.#seen[id] === this.#file) return
    this.#seen[id] = this.#file
    if (this.#count === this.#ids.length) this.#ids = widened(this.#ids, 2 * this.#count)
    this.#ids[this.#count++] = id
  }

  /** The ids since the last call, in the order they came. */
  take(): Int32Array {
    const ids = this.#ids.slice(0, this.#count)
    this.#count = 0
    this.#file++
    return ids
  }
}

function widened(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length)
  wider.set(column)
  return wider
}
