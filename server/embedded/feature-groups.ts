/** Index of each group's first constant, where groups stand one after the other in the order of their names here. */
export function groupOffsets<Group extends string>(
  sizes: Readonly<Record<Group, number>>,
): Readonly<Record<Group, number>> {
  const out = {} as Record<Group, number>
  let next = 0
  for (const group of Object.keys(sizes) as Group[]) {
    out[group] = next
    next += sizes[group]
  }
  return out
}
