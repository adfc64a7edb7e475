import { describe, expect, test } from "vitest"
import { ImportWorld } from "./import-world.ts"

async function checkTargets(
  fixture: string,
  path: string,
  links: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const world = await ImportWorld.of(fixture, links)
  return world.targets(path)
}

describe("relative imports", () => {
  test("find files with their ending left out, compiled or in full", async () => {
    const targets = await checkTargets(
      `
      //- /src/a.ts
      import { b } from "./b"
      import { c } from "./c.js"
      import d from "./d.jsx"
      import "./e.css"
      import f from "../f.json"
      import g from "./g.test"
      import h from "./h?raw"
      import { gone } from "./gone"
      //- /src/b.ts
      //- /src/c.ts
      //- /src/d.tsx
      //- /src/e.css
      //- /f.json
      //- /src/g.test.ts
      //- /src/h.ts
      `,
      "/src/a.ts",
    )
    expect(targets).toEqual([
      "./b -> /src/b.ts: b",
      "./c.js -> /src/c.ts: c",
      "./d.jsx -> /src/d.tsx: default as d",
      "./e.css -> /src/e.css",
      "../f.json -> /f.json: default as f",
      "./g.test -> /src/g.test.ts: default as g",
      "./h?raw -> /src/h.ts: default as h",
      "./gone -> nothing: gone",
    ])
  })
  test("find folders by their index or package.json, and themselves by dots", async () => {
    const targets = await checkTargets(
      `
      //- /src/a/a.ts
      import x from "./b"
      import x from "."
      import x from ".."
      import x from "../"
      import x from "../c"
      import x from "./"
      //- /src/a/b/index.ts
      //- /src/a/index.tsx
      //- /src/index.js
      //- /src.ts
      //- /src/c/package.json
      { "main": "lib/start.js" }
      //- /src/c/lib/start.ts
      `,
      "/src/a/a.ts",
    )
    expect(targets.map(target => target.split(": ")[0])).toEqual([
      "./b -> /src/a/b/index.ts",
      ". -> /src/a/index.tsx",
      ".. -> /src/index.js",
      "../ -> /src/index.js",
      "../c -> /src/c/lib/start.ts",
      "./ -> /src/a/index.tsx",
    ])
  })
  test("prefer a file to a folder, and sources to compiled code", async () => {
    const targets = await checkTargets(
      `
      //- /a.ts
      export * from "./b"
      export * from "./c.js"
      const d = require("./d")
      //- /b.ts
      //- /b/index.ts
      //- /c.js
      //- /c.d.ts
      //- /d.js
      `,
      "/a.ts",
    )
    expect(targets.map(target => target.split(": ")[0])).toEqual([
      "./b -> /b.ts",
      "./c.js -> /c.d.ts",
      "./d -> /d.js",
    ])
  })
})

describe("a compiler's configuration", () => {
  test("maps specifiers, with comments and commas too many, through what it extends", async () => {
    const targets = await checkTargets(
      `
      //- /app/src/a.ts
      import "@/x"
      import "lib"
      import "lib/y"
      import "based/z"
      import "both/w"
      //- /app/tsconfig.json
      {
        // comments
        "extends": ["../none.json", "../tsconfig.base", "@org/config/strict"],
        "compilerOptions": { "baseUrl": "./src", /* and */ },
      }
      //- /tsconfig.base.json
      { "compilerOptions": { "paths": {
        "@/*": ["*"], "lib": ["lib/main.ts"], "lib/*": ["lib/*"], "both/*": ["missing/*", "lib/*"]
      } } }
      //- /node_modules/@org/config/package.json
      {}
      //- /node_modules/@org/config/strict.json
      { "compilerOptions": { "strict": true } }
      //- /app/src/x.ts
      //- /app/src/lib/main.ts
      //- /app/src/lib/y.ts
      //- /app/src/lib/w.ts
      //- /app/src/based/z.ts
      `,
      "/app/src/a.ts",
    )
    expect(targets).toEqual([
      "@/x -> /app/src/x.ts",
      "lib -> /app/src/lib/main.ts",
      "lib/y -> /app/src/lib/y.ts",
      "based/z -> /app/src/based/z.ts",
      "both/w -> /app/src/lib/w.ts",
    ])
  })
  test("is read beyond the project where it is extended", async () => {
    const fixture = `
      //- /shop/tsconfig.json
      { "extends": "../outside/tsconfig.json" }
      //- /outside/tsconfig.json
      { "compilerOptions": { "paths": { "@/*": ["\${configDir}/src/*"] } } }
      //- /shop/a.ts
      import "@/b"
      //- /shop/src/b.ts
      `
    const world = await ImportWorld.of(fixture, {}, ["/work"])
    expect(await world.targets("/shop/a.ts")).toEqual(["@/b -> /shop/src/b.ts"])
  })
  test("may extend itself in a circle, or be broken", async () => {
    const targets = await checkTargets(
      `
      //- /tsconfig.json
      { "extends": "./other.json", "compilerOptions": { "baseUrl": "src"
      //- /other.json
      { "extends": "./tsconfig.json", "compilerOptions": { "paths": { "#*": ["*"], "__proto__": ["x"] } } }
      //- /a.ts
      import "#b"
      import "__proto__"
      //- /src/b.ts
      //- /src/x.ts
      `,
      "/a.ts",
    )
    expect(targets).toEqual(["#b -> /src/b.ts", "__proto__ -> nothing"])
  })
  test("may leave its rules to the parts it refers to", async () => {
    const targets = await checkTargets(
      `
      //- /tsconfig.json
      { "files": [], "references": [{ "path": "./tsconfig.node.json" }, { "path": "./tsconfig.app.json" }] }
      //- /tsconfig.node.json
      {}
      //- /tsconfig.app.json
      { "compilerOptions": { "paths": { "@/*": ["./app/*"] } } }
      //- /a.ts
      import "@/b"
      //- /app/b.ts
      `,
      "/a.ts",
    )
    expect(targets).toEqual(["@/b -> /app/b.ts"])
  })
})

describe("packages of a workspace", () => {
  const MONOREPO = `
    //- /package.json
    { "workspaces": ["packages/*", "!packages/old"] }
    //- /packages/shape/package.json
    { "name": "@org/shape", "exports": {
      ".": { "import": { "types": "./dist/esm/index.d.ts", "default": "./dist/esm/index.js" } },
      "./area/*": "./dist/area/*.js",
      "./hidden/*": null
    } }
    //- /packages/shape/src/index.ts
    //- /packages/shape/src/area/circle.ts
    //- /packages/plain/package.json
    { "name": "plain", "main": "lib/index.js", "imports": { "#deep/*": "./dist/deep/*.js" } }
    //- /packages/plain/src/index.ts
    import "#deep/down"
    //- /packages/plain/src/deep/down.ts
    //- /packages/old/package.json
    { "name": "@org/shape" }
    //- /packages/old/index.ts
  `
  test("are found by name, their sources where compiled code is named", async () => {
    const world = await ImportWorld.of(MONOREPO)
    world.write(
      "/packages/app/a.ts",
      ["@org/shape", "@org/shape/area/circle", "plain", "plain/src/deep/down", "@org/none"]
        .map(name => `import "${name}"`)
        .join("\n"),
    )
    expect(await world.targets("/packages/app/a.ts")).toEqual([
      "@org/shape -> /packages/shape/src/index.ts",
      "@org/shape/area/circle -> /packages/shape/src/area/circle.ts",
      "plain -> /packages/plain/src/index.ts",
      "plain/src/deep/down -> /packages/plain/src/deep/down.ts",
      "@org/none -> nothing",
    ])
  })
  test("import from within themselves by #", async () => {
    expect(await checkTargets(MONOREPO, "/packages/plain/src/index.ts")).toEqual([
      "#deep/down -> /packages/plain/src/deep/down.ts",
    ])
  })
  test("are named by pnpm, or linked to", async () => {
    const fixture = `
      //- /pnpm-workspace.yaml
      packages: # all
        - "libs/**"
        - '!**/test'
      //- /libs/deep/one/package.json
      { "name": "one", "main": "build/one.js" }
      //- /libs/deep/one/one.ts
      //- /other/two/package.json
      { "name": "renamed" }
      //- /other/two/index.ts
      //- /a.ts
      import "one"
      import "two"
      `
    const links = { "/node_modules/two": "/other/two" }
    expect(await checkTargets(fixture, "/a.ts", links)).toEqual([
      "one -> /libs/deep/one/one.ts",
      "two -> /other/two/index.ts",
    ])
  })
})

describe("installed packages", () => {
  const INSTALLED = `
    //- /package.json
    {}
    //- /node_modules/one/package.json
    { "exports": { ".": { "require": "./index.cjs", "types": "./types/index.d.ts" }, "./sub": "./sub.js" } }
    //- /node_modules/one/types/index.d.ts
    export * from "./shape.js"
    export { Two } from "two"
    import { Inner } from "inner"
    //- /node_modules/one/types/shape.d.ts
    export interface Shape { area: number }
    //- /node_modules/one/sub.d.ts
    //- /node_modules/two/package.json
    { "main": "two.js" }
    //- /node_modules/@types/two/index.d.ts
    export declare class Two {}
    //- /node_modules/@types/node/package.json
    {}
    //- /node_modules/@types/node/fs.d.ts
    declare module "fs" { export function readFile(path: string): string }
    //- /node_modules/inner/index.d.ts
    //- /node_modules/unused/index.d.ts
    //- /a.ts
    import { Shape, Two } from "one"
    import "one/sub"
    import "one/inside"
    import { readFile } from "node:fs"
    import "two"
    import "missing"
  `
  test("are found with the declarations they bring, or that others wrote for them", async () => {
    expect(await checkTargets(INSTALLED, "/a.ts")).toEqual([
      "one -> /node_modules/one/types/index.d.ts: Shape, Two",
      "one/sub -> /node_modules/one/sub.d.ts",
      "one/inside -> nothing",
      "node:fs -> /node_modules/@types/node/fs.d.ts: readFile",
      "two -> /node_modules/@types/two/index.d.ts",
      "missing -> nothing",
    ])
  })
  test("are read as far as the project needs them", async () => {
    const world = await ImportWorld.of(INSTALLED)
    await world.graph.ready()
    expect(world.installed()).toEqual([
      "/node_modules/@types/node/fs.d.ts",
      "/node_modules/@types/two/index.d.ts",
      "/node_modules/one/sub.d.ts",
      "/node_modules/one/types/index.d.ts",
      "/node_modules/one/types/shape.d.ts",
    ])
    expect(await world.exported("/node_modules/one/types/index.d.ts", "Shape")).toBe(
      "Shape@/node_modules/one/types/shape.d.ts:1",
    )
    expect(world.graph.importedSymbol("/a.ts", "Two")?.path).toBe("/node_modules/@types/two/index.d.ts")
    expect(world.graph.importedSymbol("/a.ts", "readFile")?.path).toBe("/node_modules/@types/node/fs.d.ts")
  })
  test("are let go when nothing imports them any more", async () => {
    const world = await ImportWorld.of(INSTALLED)
    world.write("/a.ts", `import "one/sub"`)
    await world.graph.ready()
    expect(world.installed()).toEqual(["/node_modules/one/sub.d.ts"])
  })
  test("are looked for anew when a lock file changes", async () => {
    const world = await ImportWorld.of(INSTALLED)
    world.write("/node_modules/missing/index.d.ts", "export const late = 1")
    world.graph.configChanged(["/package-lock.json"])
    expect((await world.targets("/a.ts")).at(-1)).toBe("missing -> /node_modules/missing/index.d.ts")
  })
  test("lie in a store that is linked to, beside their own packages", async () => {
    const fixture = `
      //- /package.json
      {}
      //- /node_modules/.pnpm/one@1/node_modules/one/index.d.ts
      export * from "two"
      //- /node_modules/.pnpm/one@1/node_modules/two/index.d.ts
      export const deep = 1
      //- /a.ts
      import { deep } from "one"
      `
    const links = { "/node_modules/one": "/node_modules/.pnpm/one@1/node_modules/one" }
    const world = await ImportWorld.of(fixture, links)
    expect(await world.targets("/a.ts")).toEqual([
      "one -> /node_modules/.pnpm/one@1/node_modules/one/index.d.ts: deep",
    ])
    expect(world.graph.importedSymbol("/a.ts", "deep")?.path).toBe(
      "/node_modules/.pnpm/one@1/node_modules/two/index.d.ts",
    )
  })
})

test("aliases that builders use without saying so are tried last", async () => {
  const targets = await checkTargets(
    `
    //- /package.json
    {}
    //- /src/pages/a.ts
    import "@/lib/b"
    import "~/pages/a"
    //- /src/lib/b.ts
    `,
    "/src/pages/a.ts",
  )
  expect(targets).toEqual(["@/lib/b -> /src/lib/b.ts", "~/pages/a -> /src/pages/a.ts"])
})
