const FIRST_MS = 250
const LAST_MS = 30_000

/** How long in ms to wait before try number `tries` (from 0): doubled each time up to 30 s, and somewhere in the upper half of that. */
export function backoffMs(tries: number, random: () => number): number {
  const most = Math.min(LAST_MS, FIRST_MS * 2 ** tries)
  return most * (0.5 + random() / 2)
}
