import type { ConfigKind, ConfigKinds } from "./config-kinds.ts"
import { readCompilerConfig, readComposer, readPackage } from "./json-config.ts"
import { readGoModule, readPnpmWorkspace } from "./line-config.ts"
import { readCargo, readPython } from "./toml-config.ts"

/** Longer files say nothing of imports, UTF-16 code units. */
const LONGEST = 1_000_000

const READERS: { readonly [K in ConfigKind]: (text: string) => ConfigKinds[K] | null } = {
  package: readPackage,
  compiler: readCompilerConfig,
  composer: readComposer,
  cargo: readCargo,
  python: readPython,
  go: readGoModule,
  pnpm: readPnpmWorkspace,
}

/** What the text of a configuration says of imports; null if it can't be read. Never throws. */
export function readConfig<K extends ConfigKind>(kind: K, text: string): ConfigKinds[K] | null {
  if (text.length > LONGEST) return null
  try {
    return READERS[kind](text.replace(/^\uFEFF/, ""))
  } catch {
    // Broken TOML, or brackets nested deeper than the stack.
    return null
  }
}
