import { mkdirSync, rmSync } from "node:fs"
import { expect, test } from "vitest"
import { Cancelled } from "../../server/base/errors.ts"
import { type DocumentSnapshot, openSnapshot } from "../../server/workspace/document.ts"
import { contentHash } from "../../server/workspace/read-source.ts"
import { SourceTexts } from "../../server/workspace/source-texts.ts"
import { TempProject } from "./temp-project.ts"

const KB = 1024

/** Texts of files that the index knows as they were written, until `hashes` is changed. */
class Texts {
  readonly project: TempProject = new TempProject()
  readonly hashes: Map<string, string> = new Map()
  readonly open: DocumentSnapshot[] = []
  readonly texts: SourceTexts

  constructor(maxBytes: number = 64 * KB) {
    const index = { hashOf: (path: string): string | null => this.hashes.get(path) ?? null }
    this.texts = new SourceTexts({ index, open: () => this.open, maxBytes })
  }

  write(name: string, content: string): string {
    const path = this.project.write(name, content)
    this.hashes.set(path, contentHash(Buffer.from(content)))
    return path
  }

  async read(...paths: readonly string[]): Promise<(string | null)[]> {
    await this.texts.read(paths, new AbortController().signal)
    return paths.map(path => this.texts.peek(path))
  }
}

test("a text is at hand once it was read", async () => {
  const world = new Texts()
  const path = world.write("a.ts", "let größe = 1\n")
  expect(world.texts.peek(path)).toBeNull()
  expect(await world.read(path)).toEqual(["let größe = 1\n"])
})

test("only files that the index knows are read", async () => {
  const world = new Texts()
  const stranger = world.project.write("secret.env", "KEY=1")
  expect(await world.read(stranger)).toEqual([null])
})

test("a text that is not the one the index knows is not given", async () => {
  const world = new Texts()
  const path = world.write("a.ts", "old")
  await world.read(path)
  world.write("a.ts", "new")
  expect(world.texts.peek(path)).toBeNull()
  expect(await world.read(path)).toEqual(["new"])
  world.project.write("a.ts", "newer than the index")
  world.hashes.set(path, "of another content")
  expect(await world.read(path)).toEqual([null])
})

test("a file that is gone, a folder, and a binary file have no text", async () => {
  const world = new Texts()
  const [gone, folder, binary] = [
    world.write("gone", "x"),
    world.write("folder", "x"),
    world.write("b", "\0"),
  ]
  rmSync(gone)
  rmSync(folder)
  mkdirSync(folder)
  expect(await world.read(gone, folder, binary)).toEqual([null, null, null])
})

test("an open document comes before its file", async () => {
  const world = new Texts()
  const path = world.write("a.ts", "saved")
  await world.read(path)
  world.open.push(openSnapshot({ uri: "file:///a.ts", path, language: null, version: 1, text: "typed" }))
  expect(world.texts.peek(path)).toBe("typed")
})

test("the texts unused for longest go first when the memory is full", async () => {
  const world = new Texts(3 * KB)
  const [a, b, c] = ["a", "b", "c"].map(name => world.write(name, name.repeat(KB)))
  await world.read(a!, b!)
  world.texts.peek(a!)
  await world.read(c!)
  expect([a!, b!, c!].map(path => world.texts.peek(path) !== null)).toEqual([true, false, true])
  const wide = world.write("wide", "λ".repeat(2 * KB))
  expect(await world.read(wide)).toEqual([null])
})

test("an aborted read rejects, and the file can be read later", async () => {
  const world = new Texts()
  const path = world.write("a.ts", "text")
  const reading = world.texts.read([path], AbortSignal.abort())
  await expect(reading).rejects.toBeInstanceOf(Cancelled)
  expect(await world.read(path)).toEqual(["text"])
})
