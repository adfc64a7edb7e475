import { mkdirSync, rmSync, utimesSync } from "node:fs"
import { expect, test } from "vitest"
import { Cancelled } from "../../server/base/errors.ts"
import type { FileContent } from "../../server/workspace/file-facts.ts"
import { staleFiles } from "../../server/workspace/stale-files.ts"
import { TempProject } from "./temp-project.ts"

const NEVER = new AbortController().signal
const TIME_MS = 1_700_000_000_250

function known(path: string): FileContent {
  return { path, language: null, hash: "h", rough: false, bytes: 5, mtimeMs: TIME_MS }
}

test("files are stale whose size or time is another one, and those that are gone", async () => {
  const project = new TempProject()
  const names = ["same", "longer", "newer", "older", "gone", "folder", "unknown"]
  const paths = names.map(name => project.write(name, "let a"))
  project.write("longer", "let ab")
  for (const path of paths) utimesSync(path, TIME_MS / 1000, TIME_MS / 1000)
  utimesSync(project.path("newer"), 1_800_000_000, 1_800_000_000)
  utimesSync(project.path("older"), 1_600_000_000, 1_600_000_000)
  for (const name of ["gone", "folder"]) rmSync(project.path(name))
  mkdirSync(project.path("folder"))
  const contentOf = (path: string): FileContent | null => (path.endsWith("unknown") ? null : known(path))
  const stale = await staleFiles(paths, contentOf, NEVER)
  expect(stale.map(path => project.shorten(path))).toEqual([
    "/longer",
    "/newer",
    "/older",
    "/gone",
    "/folder",
  ])
})

test("a file that was too new when it was read is always stale", async () => {
  const path = new TempProject().write("a", "let a")
  utimesSync(path, 0, 0)
  const fresh = { ...known(path), mtimeMs: 0 }
  expect(await staleFiles([path], () => fresh, NEVER)).toEqual([path])
})

test("looking ends when it is not wanted any more", async () => {
  const stop = new AbortController()
  stop.abort()
  await expect(staleFiles(["/a"], known, stop.signal)).rejects.toThrow(Cancelled)
})
