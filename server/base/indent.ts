/** Columns of a tab, wherever tabs and spaces must be compared and nobody says how wide a tab is. */
export const TAB = 4

/** The tabs and spaces that a line begins with. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0]
}

/** How far an indent reaches, in columns, at `size` a tab. */
export function columnsOf(indent: string, size: number = TAB): number {
  let columns = 0
  for (const unit of indent) columns += unit === "\t" ? size : 1
  return columns
}
