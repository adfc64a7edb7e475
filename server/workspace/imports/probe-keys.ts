import { basename } from "node:path"

/** Keys are below this; two things may share one, which costs a resolution too many and nothing else. */
const KEYS = 1 << 17
/** Of the FNV-1a hash. */
const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** The key of all files in one folder whose names are equal up to their first dot. */
export function fileKey(path: string): number {
  return keyOf("", path.slice(0, stemEnd(path)))
}

/** The key of all files whose names are equal up to their first dot. */
export function nameKey(path: string): number {
  return keyOf("*", path.slice(path.length - basename(path).length, stemEnd(path)))
}

/** The key of one folder. */
export function folderKey(path: string): number {
  return keyOf("/", path)
}

/** The key of all folders with the same name. */
export function folderNameKey(path: string): number {
  return keyOf("*/", basename(path))
}

/** Where the first dot of a file's name is, save one it begins with; else the end. */
function stemEnd(path: string): number {
  const dot = path.indexOf(".", path.length - basename(path).length + 1)
  return dot === -1 ? path.length : dot
}

function keyOf(kind: string, text: string): number {
  let hash = OFFSET
  for (let at = 0; at < kind.length; at++) hash = Math.imul(hash ^ kind.charCodeAt(at), PRIME)
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME)
  return (hash ^ (hash >>> 15)) & (KEYS - 1)
}
