import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { ImportWorld } from "./import-world.ts"

describe("importers", () => {
  test("are known for each file, whatever way leads to it", async () => {
    const world = await ImportWorld.of(`
      //- /a.ts
      import { b } from "./b"
      export * from "./b.js"
      //- /b.ts
      import "./b"
      //- /c/c.ts
      import "../b"
      `)
    expect(world.graph.importersOf("/b.ts")).toEqual(["/a.ts", "/c/c.ts"])
    expect(world.graph.importersOf("/gone.ts")).toEqual([])
  })
  test("change with the importing file alone", async () => {
    const world = await ImportWorld.of(`
      //- /a.ts
      import "./b"
      //- /b.ts
      //- /c.ts
      `)
    world.write("/a.ts", `import "./c"`)
    await world.graph.ready()
    expect(world.graph.importersOf("/b.ts")).toEqual([])
    expect(world.graph.importersOf("/c.ts")).toEqual(["/a.ts"])
    world.remove("/a.ts")
    expect(world.graph.importersOf("/c.ts")).toEqual([])
  })
})

test("until a moment only what is asked about is resolved, configurations and all", async () => {
  const world = await ImportWorld.of("//- /b.ts\n")
  let go: () => void = () => {}
  world.graph.holdUntil(new Promise(resolve => (go = resolve)))
  world.write("/tsconfig.json", `{ "compilerOptions": { "paths": { "x": ["./b"] } } }`)
  for (const path of ["/a.ts", "/c.ts"]) world.write(path, `import "x"`)
  const targets = (): readonly (string | null)[] => world.graph.targetsOf("/a.ts").map(each => each.path)
  await expect.poll(targets, { timeout: 10_000 }).toEqual(["/b.ts"])
  expect(world.graph.importersOf("/b.ts")).toEqual(["/a.ts"])
  go()
  await world.graph.ready()
  expect(world.graph.importersOf("/b.ts")).toEqual(["/a.ts", "/c.ts"])
})

test("what was asked about until a moment is resolved anew by itself, whatever changes", async () => {
  const world = await ImportWorld.of("")
  let go: () => void = () => {}
  world.graph.holdUntil(new Promise(resolve => (go = resolve)))
  world.graph.holdUntil(Promise.resolve())
  for (const path of ["/a.ts", "/c.ts"]) world.write(path, `import "./b"\nimport "x"`)
  expect(world.graph.targetsOf("/a.ts").map(each => each.path)).toEqual([null, null])
  world.write("/b.ts", "")
  await expect.poll(() => world.graph.importersOf("/b.ts"), { timeout: 10_000 }).toEqual(["/a.ts"])
  world.write("/x.ts", "")
  world.write("/tsconfig.json", `{ "compilerOptions": { "baseUrl": "." } }`)
  await expect.poll(() => world.graph.importersOf("/x.ts"), { timeout: 10_000 }).toEqual(["/a.ts"])
  expect(world.graph.importersOf("/b.ts")).toEqual(["/a.ts"])
  go()
  await world.graph.ready()
  expect(world.graph.importersOf("/b.ts")).toEqual(["/a.ts", "/c.ts"])
  expect(world.graph.importersOf("/x.ts")).toEqual(["/a.ts", "/c.ts"])
})

describe("an import", () => {
  test("leads elsewhere when a better file comes, and back when it goes", async () => {
    const world = await ImportWorld.of(`
      //- /a.ts
      import "./b"
      //- /b/index.ts
      `)
    world.write("/b.ts", "")
    expect(await world.targets("/a.ts")).toEqual(["./b -> /b.ts"])
    world.remove("/b.ts")
    expect(await world.targets("/a.ts")).toEqual(["./b -> /b/index.ts"])
    world.remove("/b/index.ts")
    expect(await world.targets("/a.ts")).toEqual(["./b -> nothing"])
  })
  test("follows a changed configuration, and one that goes", async () => {
    const paths = (target: string): string => `{ "compilerOptions": { "paths": { "x": ["${target}"] } } }`
    const world = await ImportWorld.of(`
      //- /a.ts
      import "x"
      //- /b.ts
      //- /c.ts
      `)
    world.write("/tsconfig.json", paths("./b"))
    expect(await world.targets("/a.ts")).toEqual(["x -> /b.ts"])
    world.write("/tsconfig.json", paths("./c"))
    expect(await world.targets("/a.ts")).toEqual(["x -> /c.ts"])
    world.remove("/tsconfig.json")
    expect(await world.targets("/a.ts")).toEqual(["x -> nothing"])
  })
  test("of a text that is only open is resolved without being kept", async () => {
    const world = await ImportWorld.of(`
      //- /a.ts
      import { b } from "./b"
      //- /b.ts
      //- /c.ts
      `)
    const fact = { source: "./c", names: [{ name: "c", as: "c" }], start: 0, end: 1, reexport: false }
    expect(world.graph.resolve("/a.ts", [fact]).map(each => each.path)).toEqual(["/c.ts"])
    expect(world.graph.importersOf("/c.ts")).toEqual([])
  })
  test("never leads to a file beyond the project", async () => {
    const fixture = `
      //- /shop/a.ts
      import "../outside/secret"
      //- /outside/secret.ts
      `
    const world = await ImportWorld.of(fixture, {}, ["/work"])
    expect(await world.targets("/shop/a.ts")).toEqual(["../outside/secret -> nothing"])
    expect(world.reads).toEqual([])
  })
})

describe("an exported name", () => {
  const NAMES = `
    //- /index.ts
    export * from "./star"
    export { own as renamed, default as Box } from "./own"
    export * as space from "./own"
    import { local } from "./local"
    import Default from "./own"
    export { local, Default }
    //- /star.ts
    export * from "./index"
    export * from "./deep/index"
    export const near = 1
    //- /deep/index.ts
    export * from "./far"
    export class Deep { near() {} }
    //- /deep/far.ts
    export { near as away } from "../star"
    export const hidden = 1
    //- /own.ts
    export default class Own {}
    export function own() {}
    //- /local.ts
    export const local = 1
  `
  test.each([
    ["near", "near@/star.ts:3"],
    ["Deep", "Deep@/deep/index.ts:2"],
    ["away", "near@/star.ts:3"],
    ["renamed", "own@/own.ts:2"],
    ["own", "nothing"],
    ["Box", "Own@/own.ts:1"],
    ["Default", "Own@/own.ts:1"],
    ["local", "local@/local.ts:1"],
    ["space", "nothing"],
    ["__proto__", "nothing"],
    ["constructor", "nothing"],
  ])("%s is followed to its declaration, through circles", async (name, expected) => {
    const world = await ImportWorld.of(NAMES)
    expect(await world.exported("/index.ts", name)).toBe(expected)
  })
  test("is found anew once a file on the way to it changes, comes or goes", async () => {
    const world = await ImportWorld.of(`
      //- /index.ts
      export { one } from "./a"
      //- /a.ts
      export const one = 1
      //- /b.ts
      export const two = 2

      export const one = 3
    `)
    expect(await world.exported("/index.ts", "one")).toBe("one@/a.ts:1")
    expect(await world.exported("/index.ts", "two")).toBe("nothing")
    world.write("/index.ts", `export { one } from "./b"\nexport { two } from "./b"`)
    expect(await world.exported("/index.ts", "one")).toBe("one@/b.ts:3")
    expect(await world.exported("/index.ts", "two")).toBe("two@/b.ts:1")
    world.write("/b.ts", "export const one = 3")
    expect(await world.exported("/index.ts", "one")).toBe("one@/b.ts:1")
    world.remove("/b.ts")
    expect(await world.exported("/index.ts", "one")).toBe("nothing")
  })

  test("is what the file says it exports under the name, whatever else has it", async () => {
    const world = await ImportWorld.of(`
      //- /card.ts
      export const card = 1
      export default class Other { card() {} }
      //- /list.ts
      const a = 1
      const b = 2
      function list() {}
      export { a as b, b as "c-d", list as default }
      //- /passed.ts
      import Other, { card as own } from "./card"
      export { own as passed }
      export default Other
      //- /circle.ts
      export { a as b, b as a }
      //- /index.ts
      export { default as Card } from "./card"
      import { b } from "./list"
      `)
    expect(await world.exported("/card.ts", "default")).toBe("Other@/card.ts:2")
    expect(await world.exported("/index.ts", "Card")).toBe("Other@/card.ts:2")
    expect(await world.exported("/list.ts", "b")).toBe("a@/list.ts:1")
    expect(await world.exported("/list.ts", "c-d")).toBe("b@/list.ts:2")
    expect(await world.exported("/list.ts", "default")).toBe("list@/list.ts:3")
    expect(await world.exported("/passed.ts", "passed")).toBe("card@/card.ts:1")
    expect(await world.exported("/passed.ts", "default")).toBe("Other@/card.ts:2")
    expect(await world.exported("/circle.ts", "a")).toBe("nothing")
    expect(world.graph.importedSymbol("/index.ts", "b")?.name).toBe("a")
    expect(world.graph.targetsOf("/list.ts")).toEqual([])
    expect(world.graph.importersOf("/list.ts")).toEqual(["/index.ts"])
  })
  test("by default is what has the file's name, or stands alone, where the file gives no name", async () => {
    const world = await ImportWorld.of(`
      //- /user-card.ts
      export const other = 1
      const UserCard = 1
      export { UserCard }
      export default wrapped(UserCard)
      //- /one/index.ts
      const one = 1
      export { one }
      export default () => one
      //- /two.ts
      export const a = 1
      export const b = 1
      `)
    expect(await world.exported("/user-card.ts", "default")).toBe("UserCard@/user-card.ts:2")
    expect(await world.exported("/one/index.ts", "default")).toBe("one@/one/index.ts:1")
    expect(await world.exported("/two.ts", "default")).toBe("nothing")
    world.write("/c.ts", `import b from "./two"`)
    expect(world.graph.importedSymbol("/c.ts", "b")?.path).toBe("/two.ts")
  })
  test("is passed on by packages of Python and by Rust's pub use", async () => {
    const world = await ImportWorld.of(`
      //- /pkg/__init__.py
      from .core import *
      from .more import thing as other
      //- /pkg/core.py
      class Core: pass
      //- /pkg/more.py
      def thing(): pass
      //- /src/lib.rs
      mod inner;
      pub use inner::Thing as Renamed;
      //- /src/inner.rs
      pub struct Thing;
      `)
    expect(await world.exported("/pkg/__init__.py", "Core")).toBe("Core@/pkg/core.py:1")
    expect(await world.exported("/pkg/__init__.py", "other")).toBe("thing@/pkg/more.py:1")
    expect(await world.exported("/src/lib.rs", "Renamed")).toBe("Thing@/src/inner.rs:1")
  })
})

const PATHS = ["/a.ts", "/b.ts", "/b/index.ts", "/b.d.ts", "/lib/b.ts", "/p/__init__.py", "/p/b.py", "/b.py"]
const TEXTS = [
  "",
  `import "./b"\nimport "x/b"\nexport * from "pkg"\nimport "./b.js"`,
  "from p import b\nimport b\nfrom . import b",
]
const CONFIGS = [
  ["/tsconfig.json", `{ "compilerOptions": { "paths": { "x/*": ["./lib/*"] } } }`],
  ["/tsconfig.json", `{ "compilerOptions": { "baseUrl": "."`],
  ["/lib/package.json", `{ "name": "pkg", "main": "dist/b.js" }`],
  ["/lib/package.json", `{ "name": "other" }`],
] as const

test("what is told step by step is resolved as if it had been there from the start", async () => {
  const write = fc.record({ path: fc.constantFrom(...PATHS), text: fc.constantFrom(...TEXTS, null) })
  const config = fc.constantFrom(...CONFIGS).chain(([path, text]) =>
    fc.record({
      path: fc.constant(path),
      text: fc.constantFrom(text, null),
    }),
  )
  const steps = fc.array(fc.record({ step: fc.oneof(write, config), rests: fc.boolean() }), { maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(steps, async all => {
      const world = await ImportWorld.of("")
      const files = new Map<string, string>()
      for (const { step, rests } of all) {
        if (step.text === null) world.remove(step.path)
        else world.write(step.path, step.text)
        if (step.text === null) files.delete(step.path)
        else files.set(step.path, step.text)
        if (rests) await world.graph.ready()
      }
      const fresh = await ImportWorld.of("")
      for (const [path, text] of files) fresh.write(path, text)
      await fresh.graph.ready()
      for (const path of PATHS) {
        expect(await world.targets(path)).toEqual(await fresh.targets(path))
        expect(world.graph.importersOf(path)).toEqual(fresh.graph.importersOf(path))
      }
    }),
    { numRuns: 200 },
  )
})
