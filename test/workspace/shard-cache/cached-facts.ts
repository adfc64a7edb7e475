import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { Interner } from "../../../server/base/interner.ts"
import { type Log, strictLog } from "../../../server/base/log.ts"
import { SYMBOL_STRIDE, SymbolColumn } from "../../../server/syntax/symbols.ts"
import type { FileFacts } from "../../../server/workspace/file-facts.ts"
import type { CachedFile } from "../../../server/workspace/shard-cache/cache-manifest.ts"
import { ShardCache, type ShardCacheOptions } from "../../../server/workspace/shard-cache/shard-cache.ts"
import { factsOf } from "../symbol-facts.ts"

/** Paths with what their files declare, as `factsOf` takes it: the content of a file is its declarations. */
export type CachedTexts = Readonly<Record<string, string>>

export const NEVER: AbortSignal = new AbortController().signal
export const NOW: number = Date.UTC(2026, 10, 21)

/** A folder for cached indexes that goes with the test. */
export function cacheHome(): string {
  const home = mkdtempSync(join(tmpdir(), "pilotlight-cache-"))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return join(home, "index")
}

/** What a cache is to save. */
export function savedFrom(facts: ReadonlyMap<string, FileFacts>): Parameters<ShardCache["save"]>[1] {
  const factsOf = (path: string): FileFacts | null => facts.get(path) ?? null
  return { contentOf: factsOf, factsOf }
}

/** One process's cache: words get other ids than in any other. */
export async function openCache(
  folder: string,
  over: Partial<ShardCacheOptions> = {},
): Promise<CacheProcess> {
  const interner = new Interner()
  interner.intern(`process ${Math.random()}`)
  const options = { folder, roots: ["/p"], version: "1", interner, log: strictLog(), now: () => NOW, ...over }
  return new CacheProcess(await ShardCache.open(options), options.interner)
}

/** A cache with the words of its process. */
export class CacheProcess {
  readonly cache: ShardCache
  readonly interner: Interner

  constructor(cache: ShardCache, interner: Interner) {
    this.cache = cache
    this.interner = interner
  }

  /** Saves these files as all there are. */
  save(texts: CachedTexts): Promise<boolean> {
    const byPath = new Map(Object.entries(texts).map(([path, text]) => [path, this.#facts(path, text)]))
    return this.cache.save([...byPath.keys()], savedFrom(byPath), NEVER)
  }

  /** What the cache gives for all files it lists. */
  load(): Promise<CachedTexts> {
    return this.loadAs(this.cache.takeFiles())
  }

  /** What the cache gives for `files`. */
  async loadAs(files: readonly CachedFile[]): Promise<CachedTexts> {
    const texts: Record<string, string> = {}
    const take = async (facts: FileFacts): Promise<void> => {
      texts[facts.path] = this.#textOf(facts)
    }
    await this.cache.load(files, take, NEVER)
    return texts
  }

  #facts(path: string, text: string): FileFacts {
    const imports = [
      { source: `./${text}`, names: [{ name: "a", as: "b" }], start: 1, end: 2, reexport: true },
    ]
    return { ...factsOf(this.interner, path, text), mtimeMs: path.length * 1e12, imports }
  }

  /** The text that facts are of, after a look at everything in them. */
  #textOf(facts: FileFacts): string {
    const expected = this.#facts(facts.path, facts.hash)
    if (
      JSON.stringify(readable(facts, this.interner)) === JSON.stringify(readable(expected, this.interner))
    ) {
      return facts.hash
    }
    throw new Error(`these are not the facts of any file: ${JSON.stringify(readable(facts, this.interner))}`)
  }
}

/** Facts with words instead of their ids. */
function readable(facts: FileFacts, interner: Interner): unknown {
  const symbols = Array.from(facts.symbols, (value, at) =>
    at % SYMBOL_STRIDE === SymbolColumn.name ? interner.text(value) : value,
  )
  const words = Array.from(facts.words, word => interner.text(word)).sort()
  return Object.entries({ ...facts, symbols, words, ascending: isAscending(facts.words) }).sort()
}

function isAscending(values: Int32Array): boolean {
  return values.every((value, at) => at === 0 || values[at - 1]! < value)
}

/** A log that keeps its info lines. */
export function infoLog(lines: string[]): Log {
  return { ...strictLog(), once: (_level, message) => void lines.push(message) }
}
