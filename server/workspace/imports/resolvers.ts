import {
  resolveElixir,
  resolveInclude,
  resolveJvm,
  resolveLua,
  resolveNamespace,
  resolveRuby,
} from "./resolve-by-name.ts"
import { resolveEsm } from "./resolve-esm.ts"
import { resolveGo } from "./resolve-go.ts"
import { resolvePhp } from "./resolve-php.ts"
import { resolvePython } from "./resolve-python.ts"
import { resolveRust } from "./resolve-rust.ts"
import { resolveStyle } from "./resolve-style.ts"
import type { ImportResolver } from "./resolver-disk.ts"

/** Languages that resolve imports alike. */
interface Family {
  /** With the dot, lower case; parted by spaces. */
  readonly endings: string
  readonly resolve: ImportResolver
  /** Whether its files are found by their name or the end of their path. */
  readonly byName: boolean
}

const FAMILIES: readonly Family[] = [
  {
    endings: ".ts .tsx .mts .cts .js .jsx .mjs .cjs .vue .svelte .astro",
    resolve: resolveEsm,
    byName: false,
  },
  { endings: ".py .pyi", resolve: resolvePython, byName: true },
  { endings: ".go", resolve: resolveGo, byName: false },
  { endings: ".rs", resolve: resolveRust, byName: false },
  { endings: ".java .kt .kts .scala .groovy", resolve: resolveJvm, byName: true },
  { endings: ".cs", resolve: resolveNamespace, byName: false },
  {
    endings: ".h .hh .hpp .hxx .inc .inl .ipp .tpp .c .cc .cpp .cxx .m .mm .cu .cuh",
    resolve: resolveInclude,
    byName: true,
  },
  { endings: ".rb .rake", resolve: resolveRuby, byName: true },
  { endings: ".lua", resolve: resolveLua, byName: true },
  { endings: ".ex .exs", resolve: resolveElixir, byName: true },
  { endings: ".php", resolve: resolvePhp, byName: false },
  { endings: ".css .scss .sass .less", resolve: resolveStyle, byName: false },
]

const FAMILY_BY_ENDING: ReadonlyMap<string, Family> = new Map(
  FAMILIES.flatMap(family => family.endings.split(" ").map(ending => [ending, family] as const)),
)

function familyOf(path: string): Family | null {
  const ending = path.slice(path.lastIndexOf("."))
  return FAMILY_BY_ENDING.get(ending) ?? FAMILY_BY_ENDING.get(ending.toLowerCase()) ?? null
}

/** How the imports of a file are resolved; null for a language without any. */
export function resolverFor(path: string): ImportResolver | null {
  return familyOf(path)?.resolve ?? null
}

/** Whether imports are resolved by the name of such a file, wherever it lies. */
export function isFoundByName(path: string): boolean {
  return familyOf(path)?.byName ?? false
}

/** Whether an import by folder in one file, of a package say, brings in another. */
export function isOfSameFamily(importer: string, path: string): boolean {
  const family = familyOf(path)
  return family !== null && family === familyOf(importer) && !path.endsWith("_test.go")
}
