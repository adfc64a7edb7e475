import { mkdirSync, symlinkSync } from "node:fs"
import { expect, test } from "vitest"
import { OpenedWorkspace, TempProject } from "../temp-project.ts"

const PROJECT = `
  //- /package.json
  { "name": "app" }
  //- /.gitignore
  node_modules
  //- /src/a.ts
  import { shape } from "shapes"
  import { b } from "./b"
  shape(b)
  //- /src/b.ts
  export const b = 1
  //- /node_modules/shapes/package.json
  { "types": "index.d.ts" }
  //- /node_modules/shapes/index.d.ts
  export * from "./shape"
  export * from "linked"
  //- /node_modules/shapes/shape.d.ts
  export declare function shape(corners: number): void
  //- /store/node_modules/linked/index.d.ts
  export declare function circle(): void
`

async function opened(): Promise<{ project: TempProject; workspace: OpenedWorkspace["workspace"] }> {
  const project = TempProject.of(PROJECT)
  symlinkSync(project.path("store/node_modules/linked"), project.path("node_modules/linked"))
  const { workspace } = await OpenedWorkspace.started([project.path("src")])
  await workspace.importsSettled()
  return { project, workspace }
}

test("a workspace knows its imports, and what installed packages above its root declare", async () => {
  const { project, workspace } = await opened()
  const { imports, index } = workspace
  const targets = imports
    .targetsOf(project.path("src/a.ts"))
    .map(each => project.shorten(each.path ?? "nothing"))
  expect(targets).toEqual(["/node_modules/shapes/index.d.ts", "/src/b.ts"])
  const shape = imports.importedSymbol(project.path("src/a.ts"), "shape")
  expect(shape?.signature).toBe("function shape(corners: number): void")
  expect(imports.importedSymbol(project.path("src/a.ts"), "b")?.path).toBe(project.path("src/b.ts"))
  // They are no files of the project.
  expect(index.fileCount).toBe(2)
  expect(index.exact("shape", 9)).toEqual([])
})

test("packages that are links are read where they lie", async () => {
  const { project, workspace } = await opened()
  const circle = workspace.imports.exportedFrom(project.path("node_modules/shapes/index.d.ts"), "circle")
  expect(circle?.path).toBe(project.path("store/node_modules/linked/index.d.ts"))
})

test("a lock file that changes has installed packages read anew", async () => {
  const { project, workspace } = await opened()
  project.write("node_modules/shapes/shape.d.ts", "export declare const shape: 2")
  project.write("src/package-lock.json", "{}")
  workspace.filesChanged([project.path("src/package-lock.json")])
  await workspace.settled()
  await workspace.importsSettled()
  const shape = workspace.imports.importedSymbol(project.path("src/a.ts"), "shape")
  expect(shape?.signature).toBe("const shape: 2")
})

test("a file that goes is imported no more, and a package that nothing imports is forgotten", async () => {
  const { project, workspace } = await opened()
  project.write("src/a.ts", `import { b } from "./c"`)
  project.write("src/c.ts", "")
  workspace.filesChanged([project.path("src/a.ts"), project.path("src/c.ts")])
  await workspace.settled()
  await workspace.importsSettled()
  const { imports } = workspace
  expect(imports.importersOf(project.path("src/b.ts"))).toEqual([])
  expect(imports.importersOf(project.path("src/c.ts"))).toEqual([project.path("src/a.ts")])
  expect(imports.indexOf(project.path("node_modules/shapes/shape.d.ts"))).toBe(workspace.index)
})

test("a folder called node_modules that can't be listed stops nothing", async () => {
  const project = TempProject.of(`
    //- /a.ts
    import "x"
    import "@scope/y"
    `)
  mkdirSync(project.path("node_modules/@scope/y"), { recursive: true })
  project.write("node_modules/x", "a file")
  const { workspace } = await OpenedWorkspace.started([project.root])
  await workspace.importsSettled()
  expect(workspace.imports.targetsOf(project.path("a.ts")).map(each => each.path)).toEqual([null, null])
})

test("while files are parsed only the imports of open ones are resolved, then all", async () => {
  const project = TempProject.of(`
    //- /hub.ts
    export const hub = 1
    //- /open.ts
    import { hub } from "./hub"
    `)
  for (let at = 0; at < 100; at++) project.write(`rest/${at}.ts`, `import { hub } from "../hub"`)
  const { workspace } = new OpenedWorkspace([project.root])
  const hub = project.path("hub.ts")
  const known = new Set<string>()
  const note = (): void => {
    for (const path of workspace.imports.importersOf(hub)) known.add(project.shorten(path))
  }
  workspace.listen({ changed: note, removed: note })
  workspace.prefer(project.path("open.ts"))
  await workspace.start(new AbortController().signal)
  expect([...known]).toEqual(["/open.ts"])
  await workspace.importsSettled()
  expect(workspace.imports.importersOf(hub)).toHaveLength(101)
})

test("what an open file imports is understood before the rest of the project", async () => {
  const project = TempProject.of(`
    //- /open/a.ts
    import { far } from "../far/z"
    //- /far/z.ts
    export const far = 1
    `)
  for (let at = 0; at < 300; at++) project.write(`rest/${at}.ts`, `export const name${at} = ${at}`)
  for (let at = 0; at < 300; at++) project.write(`far/${at}.ts`, `export const other${at} = ${at}`)
  const { workspace } = new OpenedWorkspace([project.root])
  const understood: string[] = []
  workspace.listen({
    changed: path => {
      if (!workspace.index.isRough(path)) understood.push(project.shorten(path))
    },
    removed: () => {},
  })
  workspace.prefer(project.path("open/a.ts"))
  await workspace.start(new AbortController().signal)
  expect(understood[0]).toBe("/open/a.ts")
  // A few steps of others may be under way by then.
  expect(understood.indexOf("/far/z.ts")).toBeLessThan(100)
  expect(understood).toHaveLength(602)
})
