import { dirname } from "node:path"
import { detached } from "../../base/detached.ts"
import type { TimeSlice } from "../../base/time-slice.ts"
import { BatchReader, BatchWriter, type EncodedBatch } from "../shard-codec.ts"

/** One pack of shards on disk. */
export interface CachedPack {
  /** File name; made of the pack's own digest, so that a name never means two contents. */
  readonly name: string
  readonly bytes: number
  /** `shardKey` of each shard in it. */
  readonly keys: readonly string[]
}

/** A file of the workspace as it was when the manifest was written. */
export interface CachedFile {
  /** Absolute path. */
  readonly path: string
  readonly mtimeMs: number
  /** `shardKey` of its shard. */
  readonly key: string
}

/** What a workspace's part of the cache holds. */
export interface CacheManifest {
  readonly packs: readonly CachedPack[]
  readonly files: readonly CachedFile[]
}

const PACK_NAME = /^[0-9a-f]{40}\.pack$/
/** Files between two looks at the clock. */
const FILES_PER_LOOK = 64

/** By what a shard is found: the content, and the language it was read as. */
export function shardKey(facts: { readonly hash: string; readonly language: string | null }): string {
  return `${facts.hash} ${facts.language ?? ""}`
}

/** The file name of the pack with a digest. */
export function packName(digest: string): string {
  return `${digest}.pack`
}

/** Whether a file name is that of a pack. */
export function isPackName(name: string): boolean {
  return PACK_NAME.test(name)
}

/** A manifest in two flat values. Each file's key must be in one of its packs. */
export async function encodeManifest(manifest: CacheManifest, slice: TimeSlice): Promise<EncodedBatch> {
  const writer = new BatchWriter()
  const places = new Map<string, number>()
  writer.int(manifest.packs.length)
  for (const { name, bytes, keys } of manifest.packs) {
    if (slice.due()) await slice.pause()
    writer.string(name)
    writer.int(bytes)
    writer.strings(keys)
    for (const key of keys) places.set(key, places.size)
  }
  const folders = new Map<string, number>()
  for (const { path } of manifest.files)
    folders.set(dirname(path), folders.get(dirname(path)) ?? folders.size)
  writer.strings([...folders.keys()])
  writer.int(manifest.files.length)
  for (const [index, { path, mtimeMs, key }] of manifest.files.entries()) {
    if (index % FILES_PER_LOOK === 0 && slice.due()) await slice.pause()
    const folder = dirname(path)
    writer.int(folders.get(folder)!)
    writer.string(path.slice(folder.length))
    writer.long(mtimeMs)
    writer.int(places.get(key)!)
  }
  return writer.finish()
}

/** What `encodeManifest` was given, sharing no memory with it. Rejects with RangeError if it is not such a manifest. */
export async function decodeManifest(encoded: EncodedBatch, slice: TimeSlice): Promise<CacheManifest> {
  const reader = new BatchReader(encoded)
  const packs: CachedPack[] = []
  const placed: string[] = []
  for (let left = reader.int(); left > 0; left--) {
    if (slice.due()) await slice.pause()
    const name = detached(reader.string())
    if (!isPackName(name)) throw new RangeError(`a cached index names a pack ${name}`)
    const pack = { name, bytes: reader.int(), keys: reader.strings().map(detached) }
    packs.push(pack)
    for (const key of pack.keys) placed.push(key)
  }
  const folders = reader.strings()
  const files: CachedFile[] = []
  for (let left = reader.int(); left > 0; left--) {
    if (left % FILES_PER_LOOK === 0 && slice.due()) await slice.pause()
    const folder = folders[reader.int()]
    const name = reader.string()
    const mtimeMs = reader.long()
    const key = placed[reader.int()]
    if (folder === undefined || key === undefined) throw new RangeError("a cached index refers to nothing")
    files.push({ path: detached(folder + name), mtimeMs, key })
  }
  return { packs, files }
}
