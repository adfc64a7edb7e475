/** Columns of a tab where nobody said: only used to compare. */
const TAB = 4

/** Columns of white space, where a tab stands for `size` of them. */
export function columnsOf(indent: string, size: number = TAB): number {
  let columns = 0
  for (const unit of indent) columns += unit === "\t" ? size : 1
  return columns
}
