import { createRequire } from "node:module"
import { join } from "node:path"

/**
 * Loads npm packages from the `node_modules` of `folders` or of any folder above them, the first that has it.
 * Throws what the last folder's `require` throws if none can load it.
 */
export function packageLoader(folders: readonly string[]): (packageName: string) => unknown {
  const requires = folders.map(folder => createRequire(join(folder, "package.json")))
  return packageName => {
    const reasons: unknown[] = []
    for (const require of requires) {
      try {
        return require(packageName) as unknown
      } catch (error) {
        reasons.push(error)
      }
    }
    throw reasons.at(-1) ?? new Error(`no folder to load ${packageName} from`)
  }
}
