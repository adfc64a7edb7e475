import { expect, test } from "vitest"
import { FileOutline, Outlines } from "../../server/context/file-outline.ts"
import type { SymbolIndex } from "../../server/workspace/file-facts.ts"
import { ContextWorld } from "./context-world.ts"

const GO = `
  //- /p/box.go
  package p

  func (b *Box) Size() int { return b.size }

  type Box struct {
    size int
  }
  //- /p/main.go open
  package p
  <|>
`

const TS = `
  //- /p/a.ts
  export function open(name: string): void
  export function open(name: number): void {}
  export class Box {
    size = 1
    static Inner = class {
      depth = 2
    }
  }
  export const size = 2
  //- /p/main.ts open
  <|>
`

async function outlineIn(fixture: string, path: string): Promise<FileOutline> {
  const { view } = await ContextWorld.of(fixture)
  return new FileOutline(path, view.index.inFile(path))
}

/** The names of the members of what is declared under a name. */
function membersIn(outline: FileOutline, name: string): readonly string[] {
  return outline.membersOf(outline.top(name)).map(row => outline.symbols[row]!.name)
}

test("a member that stands outside of its owner belongs to it all the same", async () => {
  expect(membersIn(await outlineIn(GO, "/p/box.go"), "Box")).toEqual(["Size", "size"])
})

test("a name at the top level is not one in a class, and all its declarations are told", async () => {
  const outline = await outlineIn(TS, "/p/a.ts")
  expect(outline.tops("open").map(row => outline.symbols[row]!.line)).toEqual([0, 1])
  expect(outline.symbols[outline.top("size")]!.line).toBe(8)
  expect(membersIn(outline, "Box")).toContain("size")
  expect([outline.top("__proto__"), outline.rowAt(-1), outline.membersOf(-1)]).toEqual([-1, -1, []])
})

test("an outline of rough facts gives way to that of the same content when it is parsed", async () => {
  const { view } = await ContextWorld.of(TS)
  const outlines = new Outlines()
  const rough = outlines.of(withRough(view.index), "/p/a.ts")
  expect(rough.symbols).toEqual([])
  expect(outlines.of(view.index, "/p/a.ts").symbols).not.toEqual([])
})

/** An index of the same contents before anything was parsed. */
function withRough(index: SymbolIndex): SymbolIndex {
  const hashOf = index.hashOf.bind(index)
  return Object.assign(Object.create(index) as SymbolIndex, { isRough: () => true, inFile: () => [], hashOf })
}

test("an outline is kept for a file on disk, and made anew for an open document", async () => {
  const { view } = await ContextWorld.of(TS)
  const outlines = new Outlines()
  expect(outlines.of(view.index, "/p/a.ts")).toBe(outlines.of(view.index, "/p/a.ts"))
  expect(outlines.of(view.index, "/p/main.ts")).not.toBe(outlines.of(view.index, "/p/main.ts"))
})
