import { dirname, join, sep } from "node:path"

/** A folder as it ends in paths of what lies in it. */
export function slashed(folder: string): string {
  return folder.endsWith("/") || folder.endsWith(sep) ? folder : `${folder}${sep}`
}

/** Whether a path is a folder itself or lies in it, at any depth. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(slashed(folder))
}

/** The folder of a file and those above it, up to and with the first that is one of `last`, or else the topmost. */
export function foldersAbove(path: string, last: readonly string[]): readonly string[] {
  const folders: string[] = []
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder)
    if (last.includes(folder) || dirname(folder) === folder) return folders
  }
}

/** The path that a relative one means in a file, with its slash at the end; quick for the usual `./name` and `../name`. */
export function beside(from: string, relative: string): string {
  let folder = dirname(from)
  let at = relative.startsWith("./") ? 2 : 0
  for (; relative.startsWith("../", at); at += 3) folder = dirname(folder)
  const rest = relative.slice(at)
  return ODD_PARTS.test(rest) ? join(folder, rest) : `${slashed(folder)}${rest}`
}

/** Parts that are no plain names, and separators of another system. */
const ODD_PARTS = /^\/|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|\\/

/** Whether a path lies in some `node_modules`. */
export function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`)
}

/** Of several paths the one that shares the most leading characters with `from`; then the shortest; then the first by text. */
export function closest(paths: readonly string[], from: string): string | null {
  let best: string | null = null
  let bestShared = -1
  for (const path of paths) {
    const shared = sharedLength(path, from)
    if (best === null || shared > bestShared || (shared === bestShared && isShorter(path, best))) {
      best = path
      bestShared = shared
    }
  }
  return best
}

function isShorter(a: string, b: string): boolean {
  return a.length < b.length || (a.length === b.length && a < b)
}

/** Length of the folders that two paths share. */
function sharedLength(a: string, b: string): number {
  let shared = 0
  for (let at = 0; at < a.length && a[at] === b[at]; at++) {
    if (a[at] === "/" || a[at] === sep) shared = at + 1
  }
  return shared
}

/** Whether a text begins and ends so, without the two ends running into each other. */
export function matchesStar(prefix: string, suffix: string, text: string): boolean {
  return text.length >= prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix)
}
