import { accessSync, constants, statSync } from "node:fs"
import { delimiter, isAbsolute, join } from "node:path"
import type { CliIo } from "./io.ts"

/** Absolute path of a program on the user's PATH, or null. Relative entries of PATH are passed over. */
export function findProgram(name: string, env: CliIo["env"]): string | null {
  const folders = (env["PATH"] ?? "").split(delimiter).filter(isAbsolute)
  return folders.map(folder => join(folder, name)).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
