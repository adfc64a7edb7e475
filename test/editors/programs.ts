import { accessSync, constants } from "node:fs"
import { homedir } from "node:os"
import { delimiter, join } from "node:path"

/** Folders that are searched, in order: `$PILOTLIGHT_EDITORS/bin`, the folder install.sh fills by itself, then PATH. */
function searchFolders(): readonly string[] {
  const own = process.env["PILOTLIGHT_EDITORS"]
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache")
  const installed = [...(own ? [own] : []), join(cache, "pilotlight-editors")]
  return [...installed.map(folder => join(folder, "bin")), ...(process.env["PATH"] ?? "").split(delimiter)]
}

/** Absolute path of a program that can be run, or null. */
export function findProgram(name: string): string | null {
  return (
    searchFolders()
      .map(folder => join(folder, name))
      .find(isExecutable) ?? null
  )
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
