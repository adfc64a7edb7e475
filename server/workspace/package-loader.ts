import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"

/**
 * Loads npm packages from the `node_modules` of `folders` or of any folder above them, the first where it loads.
 * Gives null for a package that none has; throws what the first that has it threw if it loads from none.
 */
export function packageLoader(folders: readonly string[]): (packageName: string) => unknown {
  const requires = folders.map(folder => createRequire(join(folder, "package.json")))
  return packageName => {
    const reasons: unknown[] = []
    for (const require of requires) {
      try {
        return require(packageName) as unknown
      } catch (error) {
        if (isInstalled(packageName, require)) reasons.push(error)
      }
    }
    if (reasons.length > 0) throw reasons[0]
    return null
  }
}

/** Whether there is a folder for a package, however broken what it holds is. */
function isInstalled(packageName: string, require: NodeJS.Require): boolean {
  return require.resolve.paths(packageName)?.some(folder => existsSync(join(folder, packageName))) ?? false
}
