import { dirname, isAbsolute, join } from "node:path"

/**
 * The folder of all kept indexes: below `PILOTLIGHT_CACHE` where that is an absolute path, else in the user's cache folder
 * as the XDG base directories say. Undefined where nothing is to be kept: `PILOTLIGHT_CACHE` is `off`, or there is no home.
 */
export function indexCacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const own = env["PILOTLIGHT_CACHE"] ?? ""
  if (own === "off") return undefined
  const cache = env["XDG_CACHE_HOME"] ?? ""
  const home = env["HOME"] ?? ""
  if (isAbsolute(own)) return join(own, "index")
  if (isAbsolute(cache)) return join(cache, "pilotlight", "index")
  // The top of the disk stands for a home that the system can't name.
  return isAbsolute(home) && dirname(home) !== home ? join(home, ".cache", "pilotlight", "index") : undefined
}
