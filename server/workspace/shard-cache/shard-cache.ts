import { createHash } from "node:crypto"
import { throwIfAborted } from "../../base/cancel.ts"
import type { Interner } from "../../base/interner.ts"
import type { Log } from "../../base/log.ts"
import { TimeSlice } from "../../base/time-slice.ts"
import type { FileContent, FileFacts } from "../file-facts.ts"
import { CacheFolder } from "./cache-folder.ts"
import {
  type CachedFile,
  type CachedPack,
  type CacheManifest,
  decodeManifest,
  encodeManifest,
  isPackName,
  packName,
  shardKey,
} from "./cache-manifest.ts"
import { retiredPacks } from "./retired-packs.ts"
import { SealedKind, seal, sealOf, unseal } from "./sealed-file.ts"
import { ShardPacker, UnpackedShards } from "./shard-packer.ts"

/** What a cache is opened with. */
export interface ShardCacheOptions {
  /** Absolute folder of all cached indexes; made when something is written. */
  readonly folder: string
  /** Absolute roots of the workspace. */
  readonly roots: readonly string[]
  /** What the facts depend on besides the content of files; see `factsVersion`. */
  readonly version: string
  /** Most bytes that all cached indexes may take up; default 512 MB. */
  readonly maxBytes?: number
  readonly interner: Interner
  readonly log: Log
  /** Ms since 1970. */
  readonly now: () => number
}

/** Takes the facts of one file. */
type TakeFacts = (facts: FileFacts, slice: TimeSlice) => Promise<void>

/** What is saved: what is known of each path at the time of the call. */
interface SavedFacts {
  contentOf(path: string): FileContent | null
  factsOf(path: string): FileFacts | null
}

const MANIFEST = "manifest"
const DEFAULT_MAX_BYTES = 512 << 20
/** Bytes at which a pack is written: it is encoded and hashed in one stretch. */
const PACK_BYTES = 1 << 20
/** The largest files that are read, bytes: beyond what any workspace makes. */
const MAX_PACK_BYTES = 64 << 20
const MAX_MANIFEST_BYTES = 256 << 20
/** For so long another process may still read what it found listed, ms. */
const KEPT_MS = 3_600_000
/** The longest stretch of work on the main thread, ms. */
const STRETCH_MS = 4
/** Files between two looks at the clock. */
const FILES_PER_LOOK = 16

/**
 * The shards of a workspace on disk, by content. Several processes may use the same workspace's at once: packs never
 * change, and the last manifest written counts. Nothing that is found on disk is believed unless it is whole; what can't
 * be read is as if it had never been written.
 */
export class ShardCache {
  readonly #interner: Interner
  readonly #now: () => number
  readonly #maxBytes: number
  readonly #folder: CacheFolder
  /** Packs that are there, by name. */
  readonly #packs = new Map<string, CachedPack>()
  /** The pack of each shard, by its key. */
  readonly #packOf = new Map<string, CachedPack>()
  /** Packs written since the manifest was. */
  readonly #unlisted = new Set<CachedPack>()
  /** The manifest's time on disk when it was last read or written here. */
  #manifestMs = 0
  #files: readonly CachedFile[] = []

  private constructor(options: ShardCacheOptions) {
    const { folder, roots, version, maxBytes = DEFAULT_MAX_BYTES, interner, log, now } = options
    const place = createHash("sha256").update(JSON.stringify([[...roots].sort(), version]))
    this.#folder = new CacheFolder(folder, place.digest("hex").slice(0, 32), log)
    this.#interner = interner
    this.#now = now
    this.#maxBytes = maxBytes
  }

  /** Reads what the cache has of this workspace; that may be nothing. */
  static async open(options: ShardCacheOptions): Promise<ShardCache> {
    const cache = new ShardCache(options)
    const manifest = await cache.#readManifest()
    if (manifest !== null) {
      for (const pack of manifest.packs) cache.#know(pack)
      cache.#files = manifest.files
      await cache.#markUsed()
    }
    return cache
  }

  /** The files that the workspace had when it was last saved; handed over once, so that they take up no memory for long. */
  takeFiles(): readonly CachedFile[] {
    const files = this.#files
    this.#files = []
    return files
  }

  /** What its packs take up on disk. */
  get bytes(): number {
    return [...this.#packs.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Whether the facts of this content are likely to be had from `load`. */
  has(facts: { readonly hash: string; readonly language: string | null }): boolean {
    return this.#packOf.has(shardKey(facts))
  }

  /** Gives the facts of `files` to `take`, pack by pack in slices, as far as they can be had. Rejects with `Cancelled` alone. */
  async load(files: readonly CachedFile[], take: TakeFacts, signal: AbortSignal): Promise<void> {
    const wanted = new Map<CachedPack, CachedFile[]>()
    for (const file of files) {
      const pack = this.#packOf.get(file.key)
      if (pack === undefined) continue
      const others = wanted.get(pack)
      if (others === undefined) wanted.set(pack, [file])
      else others.push(file)
    }
    for (const [pack, its] of wanted) await this.#unpack(pack, its, take, signal)
  }

  /**
   * Writes down the facts of `paths`, as far as they are not rough. Costs little where little has changed since. False if
   * they can't be written; then, or if it is given up, it is as if it had not begun. Rejects with `Cancelled` alone.
   */
  async save(paths: readonly string[], facts: SavedFacts, signal: AbortSignal): Promise<boolean> {
    if (!(await this.#folder.prepare())) return false
    const slice = new TimeSlice(STRETCH_MS)
    await this.#learnOfOthers()
    const files = await parsedFiles(paths, facts, slice)
    this.#retire(files)
    try {
      const saved =
        (await this.#writePacks(files, facts, slice, signal)) &&
        (await this.#writeManifest(files, slice, signal))
      if (saved) await this.#sweep()
      return saved
    } finally {
      await this.#takeBack()
    }
  }

  #know(pack: CachedPack): void {
    this.#packs.set(pack.name, pack)
    for (const key of pack.keys) this.#packOf.set(key, pack)
  }

  #forget(pack: CachedPack): void {
    this.#packs.delete(pack.name)
    for (const key of pack.keys) if (this.#packOf.get(key) === pack) this.#packOf.delete(key)
  }

  async #unpack(
    pack: CachedPack,
    files: readonly CachedFile[],
    take: TakeFacts,
    signal: AbortSignal,
  ): Promise<void> {
    const bytes = await this.#folder.read(pack.name, MAX_PACK_BYTES)
    throwIfAborted(signal)
    const slice = new TimeSlice(STRETCH_MS)
    const sealed = bytes && packName(sealOf(bytes)) === pack.name ? unseal(bytes, SealedKind.pack) : null
    await slice.pause()
    const shards = sealed && (await unlessMalformed(() => UnpackedShards.open(sealed, this.#interner, slice)))
    if (shards === null) return this.#forget(pack)
    for (const file of files) {
      if (slice.due()) await slice.pause()
      throwIfAborted(signal)
      const facts = await unlessMalformed(() => shards.factsFor(file))
      if (facts !== null) await take(facts, slice)
    }
  }

  async #readManifest(): Promise<CacheManifest | null> {
    const bytes = await this.#folder.read(MANIFEST, MAX_MANIFEST_BYTES)
    const sealed = bytes && unseal(bytes, SealedKind.manifest)
    return sealed && unlessMalformed(() => decodeManifest(sealed, new TimeSlice(STRETCH_MS)))
  }

  /** Takes note of packs that are gone, and of those that another process has listed meanwhile. */
  async #learnOfOthers(): Promise<void> {
    const entries = new Map((await this.#folder.list()).map(entry => [entry.name, entry]))
    const isThere = (pack: CachedPack): boolean => entries.get(pack.name)?.bytes === pack.bytes
    for (const pack of [...this.#packs.values()]) if (!isThere(pack)) this.#forget(pack)
    if (entries.get(MANIFEST)?.mtimeMs === this.#manifestMs) return
    const manifest = await this.#readManifest()
    for (const pack of manifest?.packs ?? [])
      if (!this.#packs.has(pack.name) && isThere(pack)) this.#know(pack)
  }

  /** Has shards written again whose packs hold little else. */
  #retire(files: readonly CachedFile[]): void {
    const live = new Map<CachedPack, number>()
    for (const key of new Set(files.map(file => file.key))) {
      const pack = this.#packOf.get(key)
      if (pack !== undefined) live.set(pack, (live.get(pack) ?? 0) + 1)
    }
    for (const pack of retiredPacks([...this.#packs.values()], pack => live.get(pack) ?? 0))
      this.#forget(pack)
  }

  async #writePacks(
    files: readonly CachedFile[],
    source: SavedFacts,
    slice: TimeSlice,
    signal: AbortSignal,
  ): Promise<boolean> {
    let packer = new ShardPacker(this.#interner)
    let total = this.bytes
    for (const file of files) {
      if (slice.due()) await slice.pause()
      throwIfAborted(signal)
      const facts = this.#packOf.has(file.key) || packer.keys.has(file.key) ? null : factsFor(file, source)
      if (facts === null) continue
      packer.add(facts)
      if (packer.size < PACK_BYTES) continue
      total += packer.size
      if (total > this.#maxBytes) return true
      if (!(await this.#writePack(packer, slice))) return false
      packer = new ShardPacker(this.#interner)
    }
    return packer.keys.size === 0 || this.#writePack(packer, slice)
  }

  async #writePack(packer: ShardPacker, slice: TimeSlice): Promise<boolean> {
    const encoded = packer.encode()
    await slice.pause()
    const file = seal(encoded, SealedKind.pack)
    const pack = { name: packName(sealOf(file)), bytes: file.length, keys: [...packer.keys] }
    // Not synced: a pack that a crash cut short is noticed by its digest.
    if (!(await this.#folder.write(pack.name, file, false))) return false
    this.#know(pack)
    this.#unlisted.add(pack)
    await slice.pause()
    return true
  }

  async #writeManifest(all: readonly CachedFile[], slice: TimeSlice, signal: AbortSignal): Promise<boolean> {
    const files = all.filter(({ key }) => this.#packOf.has(key))
    const encoded = await encodeManifest({ packs: [...this.#packs.values()], files }, slice)
    throwIfAborted(signal)
    if (!(await this.#folder.write(MANIFEST, seal(encoded, SealedKind.manifest), true))) return false
    this.#unlisted.clear()
    await this.#markUsed()
    return true
  }

  /** Removes packs that no manifest came to list, unless another process wrote the same: a full disk is to be left as it was. */
  async #takeBack(): Promise<void> {
    if (this.#unlisted.size === 0) return
    const manifest = await this.#readManifest()
    const listed = new Set(manifest?.packs.map(({ name }) => name))
    const unlisted = [...this.#unlisted].filter(({ name }) => !listed.has(name))
    this.#unlisted.clear()
    for (const pack of unlisted) this.#forget(pack)
    await this.#folder.remove(unlisted.map(({ name }) => name))
  }

  async #markUsed(): Promise<void> {
    await this.#folder.touch(MANIFEST, this.#now())
    const entries = await this.#folder.list()
    this.#manifestMs = entries.find(({ name }) => name === MANIFEST)?.mtimeMs ?? 0
  }

  /** Removes what nobody needs any more: unlisted packs, half-written files, the longest unused workspaces. */
  async #sweep(): Promise<void> {
    const time = this.#now() - KEPT_MS
    const entries = await this.#folder.list()
    const unlisted = entries.filter(
      ({ name, mtimeMs }) => isPackName(name) && !this.#packs.has(name) && mtimeMs < time,
    )
    await this.#folder.remove([...unlisted.map(({ name }) => name), ...(await this.#folder.abandoned(time))])
    await this.#folder.makeRoom(this.#maxBytes, MANIFEST, time)
  }
}

/** The facts of a file, unless it has another content by now. */
function factsFor({ path, key }: CachedFile, source: SavedFacts): FileFacts | null {
  const facts = source.factsOf(path)
  return facts !== null && shardKey(facts) === key ? facts : null
}

/** Those of `paths` whose facts were not found by keywords alone. */
async function parsedFiles(
  paths: readonly string[],
  source: SavedFacts,
  slice: TimeSlice,
): Promise<readonly CachedFile[]> {
  const files: CachedFile[] = []
  for (const [index, path] of paths.entries()) {
    if (index % FILES_PER_LOOK === 0 && slice.due()) await slice.pause()
    const content = source.contentOf(path)
    if (content?.rough === false) files.push({ path, mtimeMs: content.mtimeMs, key: shardKey(content) })
  }
  return files
}

/** What `work` reads from a file; null if the file is whole but not what it should be. */
async function unlessMalformed<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
