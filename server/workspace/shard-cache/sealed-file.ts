import { createHash } from "node:crypto"
import type { EncodedBatch } from "../shard-codec.ts"

/** What a sealed file holds; the number stands in its head. */
export const SealedKind = { pack: 1, manifest: 2 } as const

/** One of `SealedKind`. */
type Kind = (typeof SealedKind)[keyof typeof SealedKind]

/** First integer of every sealed file; reads as another number on a machine of the other byte order. */
const MAGIC = 0x504c_5331
/** Number of the layout below, and of what packs and manifests are made of: a file with another one is not read. */
const FORMAT = 1
/** Integers in the head: magic, format, kind, integers that follow, bytes of text, bytes per unit of text. */
const HEAD_INTS = 6
const HEAD_BYTES = HEAD_INTS * 4
const DIGEST_BYTES = 20
const BODY_AT = HEAD_BYTES + DIGEST_BYTES

const WIDE = /[^\0-\xff]/

/**
 * A batch as the bytes of a file: a head, the SHA-1 of everything else, the integers, and the text in one or two bytes per
 * unit. Any change of any byte is noticed by `unseal`.
 */
export function seal({ ints, text }: EncodedBatch, kind: Kind): Buffer {
  const wide = WIDE.test(text)
  const letters = Buffer.from(text, wide ? "utf16le" : "latin1")
  const file = Buffer.alloc(BODY_AT + ints.byteLength + letters.length)
  const head = Int32Array.of(MAGIC, FORMAT, kind, ints.length, letters.length, wide ? 2 : 1)
  file.set(bytesOf(head), 0)
  file.set(bytesOf(ints), BODY_AT)
  file.set(letters, BODY_AT + ints.byteLength)
  digest(file).copy(file, HEAD_BYTES)
  return file
}

/** What `seal` was given; null if these are not its bytes, or of another kind or format. Shares no memory with `file`. */
export function unseal(file: Uint8Array, kind: Kind): EncodedBatch | null {
  if (file.length < BODY_AT) return null
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  const head = intsIn(bytes, 0, HEAD_INTS)
  const [magic, format, ownKind, count = 0, textBytes = 0, width] = head
  if (magic !== MAGIC || format !== FORMAT || ownKind !== kind) return null
  if (count < 0 || textBytes < 0 || BODY_AT + count * 4 + textBytes !== bytes.length) return null
  if (!digest(bytes).equals(bytes.subarray(HEAD_BYTES, BODY_AT))) return null
  const text = bytes.toString(width === 2 ? "utf16le" : "latin1", BODY_AT + count * 4)
  return { ints: intsIn(bytes, BODY_AT, count), text }
}

/** The digest in the head of a sealed file, hex: different files have different ones. */
export function sealOf(file: Buffer): string {
  return file.toString("hex", HEAD_BYTES, BODY_AT)
}

function digest(file: Buffer): Buffer {
  const hash = createHash("sha1")
  return hash.update(file.subarray(0, HEAD_BYTES)).update(file.subarray(BODY_AT)).digest()
}

function bytesOf(ints: Int32Array): Uint8Array {
  return new Uint8Array(ints.buffer, ints.byteOffset, ints.byteLength)
}

/** A copy, because a view would have to begin at a multiple of four. */
function intsIn(bytes: Buffer, at: number, count: number): Int32Array {
  const ints = new Int32Array(count)
  bytesOf(ints).set(bytes.subarray(at, at + count * 4))
  return ints
}
