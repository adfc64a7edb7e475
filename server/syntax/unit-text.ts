const FIRST_UNITS = 1 << 12
/** Up to so many units a loop is quicker than a call that copies them. */
const SHORT = 64

/** Turns texts into arrays of their UTF-16 code units, which are quicker to go through, in memory that is used again. */
export class UnitText {
  #units = new Uint16Array(FIRST_UNITS)
  #bytes = Buffer.from(this.#units.buffer)

  /** The units of `text`, and after them whatever there was before. Good until the next call. */
  load(text: string): Uint16Array {
    if (text.length > this.#units.length) {
      this.#units = new Uint16Array(2 * text.length)
      this.#bytes = Buffer.from(this.#units.buffer)
    }
    if (text.length <= SHORT) {
      for (let at = 0; at < text.length; at++) this.#units[at] = text.charCodeAt(at)
      return this.#units
    }
    // Every platform that Node runs on keeps the lower byte first.
    this.#bytes.write(text, 0, "utf16le")
    return this.#units
  }
}
