/** A table as lines of text: the first column left, the others right. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map(row => (row[column] ?? "").length)))
  return all.map(row =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  )
}

/** A share from 0 to 1 in percent with one digit. */
export function percent(share: number): string {
  return (100 * share).toFixed(1)
}

/** A number rounded to so many significant digits, for JSON. */
export function rounded(value: number, digits = 4): number {
  return Number(value.toPrecision(digits))
}

/** The value below which a share of the sorted values lies; 0 for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
