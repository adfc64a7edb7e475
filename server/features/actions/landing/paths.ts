/**
 * A path of an answer as files are named in tasks: relative, `/` between its parts; null if it leads out of the workspace
 * or is none.
 */
export function pathInside(path: string): string | null {
  const parts = path.replaceAll("\\", "/").split("/")
  const isAbsolute = parts[0] === "" || /^[a-z][a-z0-9+.-]*:/i.test(path)
  const kept = parts.filter(part => part !== ".")
  const isOdd = kept.some(part => part === "" || part === ".." || part === "~" || /[\0-\x1f]/.test(part))
  return isAbsolute || isOdd || kept.length === 0 ? null : kept.join("/")
}
