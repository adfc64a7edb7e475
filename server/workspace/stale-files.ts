import { lstat } from "node:fs/promises"
import { throwIfAborted } from "../base/cancel.ts"
import type { FileContent } from "./file-facts.ts"

/** Files asked about at a time: enough to keep the disk busy. */
const ASKED_AT_A_TIME = 16

/**
 * Those of `paths` whose size or time on disk is not what it was when they were read, or that are gone. Nothing else is
 * looked at: times are compared for equality, because clocks go backwards too. Rejects with `Cancelled` alone.
 */
export async function staleFiles(
  paths: readonly string[],
  contentOf: (path: string) => FileContent | null,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const stale: string[] = []
  for (let at = 0; at < paths.length; at += ASKED_AT_A_TIME) {
    throwIfAborted(signal)
    const some = paths.slice(at, at + ASKED_AT_A_TIME)
    const stats = await Promise.all(some.map(path => lstat(path).catch(() => null)))
    some.forEach((path, index) => {
      const known = contentOf(path)
      const found = stats[index]
      const isSame =
        found?.isFile() &&
        known?.mtimeMs !== 0 &&
        found.size === known?.bytes &&
        Math.floor(found.mtimeMs) === known.mtimeMs
      if (known !== null && !isSame) stale.push(path)
    })
  }
  return stale
}
