import { existsSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { Interner } from "../../../server/base/interner.ts"
import { strictLog } from "../../../server/base/log.ts"
import { FactStore } from "../../../server/workspace/fact-store.ts"
import type { FileFacts } from "../../../server/workspace/file-facts.ts"
import { KeptIndex } from "../../../server/workspace/shard-cache/kept-index.ts"
import { factsOf } from "../symbol-facts.ts"
import { OpenedWorkspace, TempProject } from "../temp-project.ts"
import { cacheHome, NEVER } from "./cached-facts.ts"

const FIXTURE = `
//- /shape.ts
export class Shape { area() {} }
//- /lib/main.ts
import { Shape } from "../shape"
export function main() {}
`
const LONG_AGO = new Date(2026, 0, 1)

/** A project whose files are old enough for their times to tell something, and a cache in which it was saved. */
async function savedProject(): Promise<{ project: TempProject; cacheFolder: string }> {
  const project = TempProject.of(FIXTURE)
  for (const file of ["shape.ts", "lib/main.ts"]) utimesSync(project.path(file), LONG_AGO, LONG_AGO)
  const cacheFolder = cacheHome()
  const first = await OpenedWorkspace.started([project.root], { cacheFolder })
  await first.workspace.saved()
  await first.workspace.dispose()
  return { project, cacheFolder }
}

/** Starts a workspace; gives the paths of the files whose facts changed after those of the earlier run were there. */
async function startAgain(
  project: TempProject,
  cacheFolder: string,
): Promise<[OpenedWorkspace, Set<string>]> {
  const opened = new OpenedWorkspace([project.root], { cacheFolder })
  const changed = new Set<string>()
  const started = opened.workspace.start(NEVER)
  await opened.workspace.restored
  const changedNow = (path: string): void => void changed.add(project.shorten(path))
  opened.workspace.listen({ changed: changedNow, removed: changedNow })
  await started
  return [opened, changed]
}

test("what an earlier run knew is there before a file is read, then corrected", async () => {
  const { project, cacheFolder } = await savedProject()
  rmSync(project.path("shape.ts"))
  const opened = new OpenedWorkspace([project.root], { cacheFolder })
  const started = opened.workspace.start(NEVER)
  await opened.workspace.restored
  expect(opened.find(project, "Shape", "main")).toEqual(["Shape@/shape.ts:1", "main@/lib/main.ts:2"])
  expect(opened.workspace.index.importsOf(project.path("lib/main.ts"))).toMatchObject([
    { source: "../shape" },
  ])
  expect(opened.progress).toEqual([])
  await started
  expect(opened.find(project, "Shape", "main")).toEqual(["main@/lib/main.ts:2"])
  expect(opened.tokens.get(project.path("lib/main.ts"))?.slice(0, 3)).toEqual(["import", "{", "Shape"])
})

test("only what changed is read for its facts", async () => {
  const { project, cacheFolder } = await savedProject()
  project.write("shape.ts", "export class Circle {}")
  const [opened, changed] = await startAgain(project, cacheFolder)
  expect(opened.find(project, "Shape", "Circle", "main")).toEqual([
    "Circle@/shape.ts:1",
    "main@/lib/main.ts:2",
  ])
  expect([...changed]).toEqual(["/shape.ts"])
})

test("a change of the time alone, backwards too, changes no facts", async () => {
  const { project, cacheFolder } = await savedProject()
  utimesSync(project.path("shape.ts"), new Date(2001, 0, 1), new Date(2001, 0, 1))
  const [opened, changed] = await startAgain(project, cacheFolder)
  expect(opened.find(project, "Shape")).toEqual(["Shape@/shape.ts:1"])
  expect([...changed]).toEqual([])
})

test("a change that neither size nor time shows is found when the file is read for the engine", async () => {
  const { project, cacheFolder } = await savedProject()
  const path = project.path("shape.ts")
  const { atime, mtime } = statSync(path)
  writeFileSync(path, "export class Sharp { area() {} }\n")
  utimesSync(path, atime, mtime)
  const opened = await OpenedWorkspace.started([project.root], { cacheFolder })
  expect(opened.find(project, "Shape", "Sharp")).toEqual(["Sharp@/shape.ts:1"])
})

test("a file that moved keeps what is known of it", async () => {
  const { project, cacheFolder } = await savedProject()
  renameSync(project.path("lib/main.ts"), project.path("start.ts"))
  const opened = await OpenedWorkspace.started([project.root], { cacheFolder })
  expect(opened.find(project, "main")).toEqual(["main@/start.ts:2"])
})

test("a workspace that is closed at once leaves no bug behind", async () => {
  const { project, cacheFolder } = await savedProject()
  const opened = new OpenedWorkspace([project.root], { cacheFolder })
  const started = opened.workspace.start(NEVER)
  const restored = opened.workspace.restored
  await Promise.all([opened.workspace.dispose(), expect(started).rejects.toThrow("cancelled")])
  await restored
  await opened.workspace.saved()
  expect(opened.logged.lines).toEqual([])
})

test("nothing is kept where no folder is given", async () => {
  const { project } = await savedProject()
  const opened = await OpenedWorkspace.started([project.root])
  await opened.workspace.restored
  await opened.workspace.saved()
  expect(opened.find(project, "main")).toEqual(["main@/lib/main.ts:2"])
})

test("content known from an earlier run is taken for a file that was only searched so far, once all is searched", async () => {
  const folder = cacheHome()
  const interner = new Interner()
  const parsed = factsOf(interner, "/p/a.ts", "+Shape Shape.area")
  const rough: FileFacts = { ...factsOf(interner, "/p/b.ts", ""), rough: true, hash: parsed.hash }
  const unknown: FileFacts = { ...rough, path: "/p/c.ts", hash: "other" }
  const refined: FileFacts[] = []
  let searched: () => void = () => {}
  const keep = (store: FactStore): KeptIndex => {
    const source = { childEntry: "", languages: [], grammarFolders: [] }
    const builder = {
      restore: (facts: FileFacts) => store.replace(facts),
      refine: (facts: FileFacts) => void refined.push(facts),
      idle: () => new Promise<void>(resolve => (searched = resolve)),
    }
    return new KeptIndex({ folder, roots: ["/p"], source, interner, store, builder, log: strictLog() })
  }
  const [before, store] = [new FactStore(interner), new FactStore(interner)]
  const first = keep(before)
  await first.restore(NEVER)
  before.replace(parsed)
  first.changed("/p/a.ts")
  await first.saved()
  const kept = keep(store)
  await kept.restore(NEVER)
  expect([...store.paths()]).toEqual(["/p/a.ts"])
  for (const facts of [rough, unknown]) {
    store.replace(facts)
    kept.changed(facts.path)
  }
  expect(refined).toEqual([])
  searched()
  await expect.poll(() => refined).toEqual([{ ...parsed, path: "/p/b.ts" }])
  expect(existsSync(folder)).toBe(true)
})
