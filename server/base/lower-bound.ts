/** Index of the first value that is not below `value` in an ascending column. */
export function lowerBound(column: Int32Array | Float64Array, value: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (column[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
