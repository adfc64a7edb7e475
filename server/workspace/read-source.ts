import { createHash } from "node:crypto"
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from "node:fs"

/** What a file is without being text to index. */
type SkipReason = "gone" | "unreadable" | "folder" | "special" | "large" | "binary"

/** A file's text, or why there is none. `detail` is a sentence for the log, set for `unreadable` only. */
type SourceFile =
  | {
      readonly kind: "text"
      readonly text: string
      readonly hash: string
      readonly bytes: number
      /** When it was last changed: whole ms since 1970. */
      readonly mtimeMs: number
    }
  | { readonly kind: "skip"; readonly reason: SkipReason; readonly detail: string }

/** Reads of a file that keeps changing under the reader before what was read is taken. */
const READS = 3
/** Where a NUL is looked for, bytes; text has none. */
const BINARY_PROBE = 8192

/**
 * Reads a file of at most `maxBytes`: UTF-8 (a mark is dropped, broken sequences become U+FFFD), or UTF-16 with a mark.
 * `hash` is the SHA-1 of the bytes, hex. Links, folders, devices and binary files give `skip`. Never throws, never waits
 * for a pipe. Synchronous: for child processes. Bytes are read into `room`.
 */
export function readSource(path: string, maxBytes: number, room: ReadRoom = new ReadRoom()): SourceFile {
  let descriptor = -1
  try {
    const stats = lstatSync(path)
    if (stats.isDirectory()) return skip("folder")
    if (!stats.isFile()) return skip("special")
    if (stats.size > maxBytes) return skip("large")
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const steady = readSteady({ descriptor, maxBytes, room }, stats)
    if (steady === null) return skip("large")
    const { bytes, mtimeMs } = steady
    const text = decodeText(bytes)
    if (text === null) return skip("binary")
    return { kind: "text", text, hash: contentHash(bytes), bytes: bytes.length, mtimeMs }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === "ENOENT" || code === "ENOTDIR" ? skip("gone") : skip("unreadable", message)
  } finally {
    if (descriptor !== -1) closeSync(descriptor)
  }
}

/** The hash by which two contents of a file are told apart: SHA-1, hex. */
export function contentHash(bytes: Uint8Array): string {
  return createHash("sha1").update(bytes).digest("hex")
}

/** Bytes as text by their mark, else as UTF-8; null if they are binary. */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes)
  if (bytes.subarray(0, BINARY_PROBE).includes(0)) return null
  const marked = first === 0xef && second === 0xbb && third === 0xbf
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return view.toString("utf8", marked ? 3 : 0)
}

/** Memory to read files into, one after the other: to take it anew for each costs more than the reading. */
export class ReadRoom {
  #bytes = Buffer.alloc(0)

  /** Memory for `size` bytes, the same as before if that was enough. */
  take(size: number): Buffer {
    if (size > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(2 * size)
    return this.#bytes.subarray(0, size)
  }
}

interface OpenFile {
  readonly descriptor: number
  readonly maxBytes: number
  readonly room: ReadRoom
}

/** Within so many ms a file can change twice and have the same time. */
const FRESH_MS = 2000

/** A file's time in whole ms; 0 if it changed so shortly before now, or by its clock will, that a later change may not show. */
function tellingTime(mtimeMs: number): number {
  return Date.now() - mtimeMs < FRESH_MS ? 0 : Math.max(0, Math.floor(mtimeMs))
}

/**
 * The bytes of an open file, read again while it changes, and when it was last changed, in ms, or 0 if that does not tell
 * whether it has changed since;
 * null once it is longer than `maxBytes`. `found` is what was known of it before it was opened.
 */
function readSteady(file: OpenFile, found: Stats): { bytes: Uint8Array; mtimeMs: number } | null {
  let bytes: Uint8Array = new Uint8Array()
  let before = found
  for (let read = 0; read < READS; read++) {
    if (before.size > file.maxBytes) return null
    bytes = readFrom(file.descriptor, file.room.take(before.size))
    const { ino, size, mtimeMs } = before
    before = fstatSync(file.descriptor)
    if (
      bytes.length === before.size &&
      size === before.size &&
      mtimeMs === before.mtimeMs &&
      ino === before.ino
    ) {
      return { bytes, mtimeMs: tellingTime(mtimeMs) }
    }
  }
  return { bytes, mtimeMs: 0 }
}

function readFrom(descriptor: number, bytes: Uint8Array): Uint8Array {
  let length = 0
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, length)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}

function skip(reason: SkipReason, detail = ""): SourceFile {
  return { kind: "skip", reason, detail }
}
