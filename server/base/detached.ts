/** From this length on, V8 cuts a slice that keeps the text it was cut from alive. */
const SLICE_LENGTH = 13

/** An equal string, lone surrogates and all, that shares no memory with the text it was cut from. */
export function detached(text: string): string {
  if (text.length < SLICE_LENGTH) return text
  const narrow = Buffer.from(text, "latin1").toString("latin1")
  return narrow === text ? narrow : Buffer.from(text, "utf16le").toString("utf16le")
}
