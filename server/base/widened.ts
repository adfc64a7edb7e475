/** The column, or a copy with room for at least `length` values; grows by a quarter at least, so that adding stays cheap. */
export function widened<T extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  column: T,
  length: number,
): T {
  if (length <= column.length) return column
  const room = Math.max(length, column.length + (column.length >> 2))
  const wider = column instanceof Int32Array ? new Int32Array(room) : new Uint8Array(room)
  wider.set(column)
  return wider as T
}
