/** Part of a package.json: what decides which file a specifier means. */
export interface PackageConfig {
  /** Null for a package without a name. */
  readonly name: string | null
  /** Paths of what the package itself stands for, as written: sources and types before compiled code. */
  readonly entries: readonly string[]
  /** As parsed, or null. */
  readonly exports: unknown
  /** As parsed, or null. */
  readonly imports: unknown
  /** Globs of folders, some with `!` before. */
  readonly workspaces: readonly string[]
}

/** Part of a tsconfig.json or jsconfig.json, as written. */
export interface CompilerConfig {
  readonly extends: readonly string[]
  readonly baseUrl: string | null
  /** Patterns with at most one `*`, each with its targets; null where there are none, not even an empty list. */
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[] | null
  /** Paths of other such files, or of their folders. */
  readonly references: readonly string[]
}

/** Part of a go.mod. */
export interface GoModule {
  readonly module: string
  /** Module paths with the folders that stand in for them, as written. */
  readonly replaced: readonly (readonly [module: string, folder: string])[]
}

/** Part of a Cargo.toml. */
export interface CargoConfig {
  /** Null for a workspace without a package of its own. */
  readonly name: string | null
  /** Paths of the root files that are named, as written. */
  readonly roots: readonly string[]
  readonly library: string | null
  /** Names in the code with the packages behind them, where they differ. */
  readonly renamed: readonly (readonly [name: string, crate: string])[]
}

/** Part of a pyproject.toml: folders that packages lie in, as written. */
export interface PythonConfig {
  readonly sourceFolders: readonly string[]
}

/** Part of a composer.json: namespaces with the folders they stand for, as written. */
export interface ComposerConfig {
  readonly namespaces: readonly (readonly [namespace: string, folder: string])[]
}

/** What is read of each kind of file. */
export interface ConfigKinds {
  readonly package: PackageConfig
  readonly compiler: CompilerConfig
  readonly go: GoModule
  readonly cargo: CargoConfig
  readonly python: PythonConfig
  readonly composer: ComposerConfig
  /** Globs of a pnpm-workspace.yaml. */
  readonly pnpm: readonly string[]
}

/** A kind of file that says how imports are meant. */
export type ConfigKind = keyof ConfigKinds

const COMPILER_NAME = /^[tj]sconfig(?:\.[\w.-]+)?\.json$/

const KIND_BY_NAME: ReadonlyMap<string, ConfigKind> = new Map([
  ["package.json", "package"],
  ["go.mod", "go"],
  ["Cargo.toml", "cargo"],
  ["pyproject.toml", "python"],
  ["composer.json", "composer"],
  ["pnpm-workspace.yaml", "pnpm"],
])

/** What kind of file a name stands for, or null if it says nothing of imports. */
export function configKindOf(name: string): ConfigKind | null {
  return KIND_BY_NAME.get(name) ?? (COMPILER_NAME.test(name) ? "compiler" : null)
}
