import { dirname, isAbsolute, join } from "node:path"
import type { CompilerConfig } from "./config-kinds.ts"
import { installedPackage } from "./installed-packages.ts"
import { foldersAbove, matchesStar } from "./path-parts.ts"
import type { ResolverDisk } from "./resolver-disk.ts"

/** Configurations that may stand behind one another by `extends`. */
const MAX_EXTENDS = 16
const OWN_FOLDER = "${" + "configDir}"

/** What a specifier that begins with `prefix` and ends with `suffix` may mean. */
interface PathPattern {
  readonly prefix: string
  /** Null if the pattern has no star: then the prefix is all of it. */
  readonly suffix: string | null
  /** Absolute, with the star of the pattern. */
  readonly targets: readonly string[]
}

/** What `paths` and `baseUrl` of a compiler's configuration say. */
interface PathRules {
  readonly base: string | null
  readonly patterns: readonly PathPattern[]
}

/** Absolute paths that a specifier may mean by the nearest compiler configuration above `from`, best first. */
export function mappedPaths(from: string, specifier: string, disk: ResolverDisk): readonly string[] {
  const folder = dirname(from)
  const rules = disk.memo(`paths ${folder}`, () => rulesAbove(from, disk))
  const best = bestPattern(rules.patterns, specifier)
  const mapped =
    best === null ? [] : best.targets.map(target => target.replace("*", () => starIn(best, specifier)))
  return rules.base === null ? mapped : [...mapped, join(rules.base, specifier)]
}

function bestPattern(patterns: readonly PathPattern[], specifier: string): PathPattern | null {
  let best: PathPattern | null = null
  for (const pattern of patterns) {
    const { prefix, suffix } = pattern
    if (suffix === null) {
      if (prefix === specifier) return pattern
    } else if (matchesStar(prefix, suffix, specifier) && prefix.length > (best?.prefix.length ?? -1)) {
      best = pattern
    }
  }
  return best
}

function starIn({ prefix, suffix }: PathPattern, specifier: string): string {
  return specifier.slice(prefix.length, specifier.length - (suffix ?? "").length)
}

function rulesAbove(from: string, disk: ResolverDisk): PathRules {
  for (const folder of foldersAbove(from, disk.roots)) {
    for (const name of ["tsconfig.json", "jsconfig.json"]) {
      const path = join(folder, name)
      const config = disk.config("compiler", path)
      if (config !== null) return rulesWithReferences(path, config, disk)
    }
  }
  return { base: null, patterns: [] }
}

/** The rules of a configuration, or of the first it refers to that has any: a solution leaves them to its parts. */
function rulesWithReferences(path: string, config: CompilerConfig, disk: ResolverDisk): PathRules {
  const own = rulesOf(path, disk)
  if (own.base !== null || own.patterns.length > 0) return own
  for (const reference of config.references) {
    const target = join(dirname(path), reference)
    const rules = rulesOf(target.endsWith(".json") ? target : join(target, "tsconfig.json"), disk)
    if (rules.patterns.length > 0) return rules
  }
  return own
}

function rulesOf(path: string, disk: ResolverDisk): PathRules {
  const chain = extendsChain(path, disk)
  const based = chain.find(({ config }) => config.baseUrl !== null)
  const mapped = chain.find(({ config }) => config.paths !== null)
  const inFolder = (written: string, folder: string): string => {
    const whole = written.replace(OWN_FOLDER, dirname(path))
    return isAbsolute(whole) ? whole : join(folder, whole)
  }
  const base = based === undefined ? null : inFolder(based.config.baseUrl ?? ".", dirname(based.path))
  const targetBase = base ?? dirname(mapped?.path ?? path)
  const patterns = (mapped?.config.paths ?? []).map(([pattern, targets]): PathPattern => {
    const star = pattern.indexOf("*")
    return {
      prefix: star === -1 ? pattern : pattern.slice(0, star),
      suffix: star === -1 ? null : pattern.slice(star + 1),
      targets: targets.map(target => inFolder(target, targetBase)),
    }
  })
  return { base, patterns }
}

interface PlacedConfig {
  readonly path: string
  readonly config: CompilerConfig
}

/** A configuration and those it extends, the ones that overrule others first. Circles end where they close. */
function extendsChain(path: string, disk: ResolverDisk): readonly PlacedConfig[] {
  const chain: PlacedConfig[] = []
  const seen = new Set<string>()
  const follow = (at: string): void => {
    if (seen.has(at) || seen.size >= MAX_EXTENDS) return
    seen.add(at)
    const config = disk.config("compiler", at)
    if (config === null) return
    chain.push({ path: at, config })
    // Of several, the later ones overrule.
    for (const base of config.extends.toReversed()) {
      const target = extendedPath(at, base, disk)
      if (target !== null) follow(target)
    }
  }
  follow(path)
  return chain
}

function extendedPath(from: string, written: string, disk: ResolverDisk): string | null {
  const isRelative = /^\.{1,2}(?:\/|$)/.test(written) || isAbsolute(written)
  if (isRelative) {
    const path = isAbsolute(written) ? written : join(dirname(from), written)
    if (path.endsWith(".json")) return path
    return disk.config("compiler", `${path}.json`) === null ? join(path, "tsconfig.json") : `${path}.json`
  }
  const found = installedPackage(from, written, disk)
  if (found === null) return null
  if (found.rest === "") return join(found.folder, "tsconfig.json")
  const path = join(found.folder, found.rest)
  return path.endsWith(".json") ? path : `${path}.json`
}
