import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type ConfigKind, configKindOf } from "../../../server/workspace/imports/config-kinds.ts"
import { DependencyFiles } from "../../../server/workspace/imports/dependency-files.ts"
import { exportTargets } from "../../../server/workspace/imports/package-exports.ts"
import { readConfig } from "../../../server/workspace/imports/read-config.ts"

const KINDS: readonly ConfigKind[] = ["package", "compiler", "go", "cargo", "python", "composer", "pnpm"]

test("files are told apart by their names", () => {
  const names = [
    "package.json",
    "tsconfig.json",
    "tsconfig.app.json",
    "jsconfig.json",
    "my-tsconfig.json",
    "go.mod",
  ]
  expect(names.map(name => configKindOf(name))).toEqual([
    "package",
    "compiler",
    "compiler",
    "compiler",
    null,
    "go",
  ])
})

describe("the reading of", () => {
  test("a compiler's configuration forgives comments, commas and an early end", () => {
    const text = `\uFEFF{ // one
      "extends": ["a", 1, "b",], /* two */
      "references": [{ "path": "./c" }, "d", null],
      "compilerOptions": { "paths": { "x": "y", "z/*": ["1", 2] }, "baseUrl": "."`
    expect(readConfig("compiler", text)).toEqual({
      extends: ["a", "b"],
      baseUrl: ".",
      paths: [
        ["x", ["y"]],
        ["z/*", ["1"]],
      ],
      references: ["./c"],
    })
  })
  test("go.mod sees modules, and folders put in place of others", () => {
    const text = `module "a.b/c" // c\nreplace x.y/z => ./z\nreplace (\n  q.r/s v1.2.3 => ../s\n  t => u.v/w v1.0.0\n)`
    expect(readConfig("go", text)).toEqual({
      module: "a.b/c",
      replaced: [
        ["x.y/z", "./z"],
        ["q.r/s", "../s"],
      ],
    })
    expect(readConfig("go", "go 1.22")).toBeNull()
  })
  test("pnpm's workspaces sees lists in blocks and in brackets", () => {
    expect(readConfig("pnpm", `packages:\n- a/*\n  - "b/**" # b\n\n  - '!c'\ncatalog:\n  - d`)).toEqual([
      "a/*",
      "b/**",
      "!c",
    ])
    expect(readConfig("pnpm", `packages: ["a", 'b/*']`)).toEqual(["a", "b/*"])
  })
  test("Cargo.toml sees names, roots and renamed packages", () => {
    const text = `[package]\nname = "a-b"\n[lib]\npath = "l.rs"\n[[bin]]\npath = "m.rs"\n[dependencies]\nx = { package = "y" }\nz = "1"`
    expect(readConfig("cargo", text)).toEqual({
      name: "a-b",
      roots: ["l.rs", "m.rs"],
      library: "l.rs",
      renamed: [["x", "y"]],
    })
    expect(readConfig("cargo", "= broken")).toBeNull()
  })
  test("any text of any kind ends without an error", () => {
    const piece = fc.constantFrom(
      ...'{ } [ ] " : , // /* */ - ! packages: module => name paths exports __proto__ \n = #'.split(" "),
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(" ")),
    )
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), text, (kind, source) => {
        readConfig(kind, source)
      }),
      { numRuns: 500 },
    )
    for (const kind of KINDS) readConfig(kind, `{"a":${"[".repeat(100_000)}`)
  })
  test("names of prototypes finds nothing", () => {
    const config = readConfig(
      "package",
      `{ "__proto__": { "name": "evil", "main": "x" }, "exports": { "__proto__": "./y" } }`,
    )
    expect(config).toMatchObject({ name: null, entries: [] })
    expect(exportTargets(config?.exports, "__proto__")).toEqual([])
    expect(exportTargets({ ".": "./a" }, "constructor")).toEqual([])
  })
})

test.each<[unknown, string, readonly string[]]>([
  ["./a.js", ".", ["./a.js"]],
  ["./a.js", "./b", []],
  [{ import: "./a.mjs", other: "./no.js", require: { types: "./a.d.ts" } }, ".", ["./a.mjs", "./a.d.ts"]],
  [{ "./x/*": "./src/x/*.ts", "./x/deep/*": "./deep/*/*.ts" }, "./x/deep/b", ["./deep/b/b.ts"]],
  [{ "./x/*.js": "./src/*.ts" }, "./x/a/b.js", ["./src/a/b.ts"]],
  [{ "./x/*": null, "./x/a": ["./one.js", { default: "./two.js" }] }, "./x/a", ["./one.js", "./two.js"]],
  [{ "./x/*": null }, "./x/b", []],
  [{ "./old/": "./src/" }, "./old/a.js", ["./src/a.js"]],
  [{ "#a/*": { node: "./n/*.js", default: "./d/*.js" } }, "#a/b", ["./n/b.js", "./d/b.js"]],
  [{ "./*": "./$&*" }, "./$1", ["./$&$1"]],
])("exports %j offer %s as %j", (table, key, expected) => {
  expect(exportTargets(table, key)).toEqual(expected)
})

test("of too many installed files those are read that are fewest steps away, in order", () => {
  const near = Array.from({ length: 700 }, (_, at) => `/n/${1000 + at}`)
  const far = Array.from({ length: 700 }, (_, at) => `/f/${1000 + at}`)
  const files = new DependencyFiles({
    isWanted: path => near.includes(path),
    neededBy: path => (path === near[0] ? far : []),
  })
  for (const path of [...far, ...near]) files.see(path)
  expect(files.choose().wanted).toEqual([...near, ...far.slice(0, 300)])
  expect(files.choose()).toEqual({ wanted: [], dropped: [] })
})
