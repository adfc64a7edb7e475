import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { contains, isTooBroad, projectFolder } from "../../server/features/roots.ts"

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pilotlight-home-"))
  mkdirSync(join(home, "work/shop/src/deep"), { recursive: true })
  mkdirSync(join(home, "notes"))
  writeFileSync(join(home, "work/shop/package.json"), "{}")
})

afterEach(() => rmSync(home, { recursive: true }))

test("a disk, the home folder and whatever holds it are too broad", () => {
  expect(["/", home, join(home, "..")].map(folder => isTooBroad(folder, home))).toEqual([true, true, true])
  expect(isTooBroad(join(home, "work"), home)).toBe(false)
})

test("a folder contains itself and what lies in it, not its namesakes", () => {
  expect(contains("/a/b", "/a/b")).toBe(true)
  expect(contains("/a/b", "/a/b/c.ts")).toBe(true)
  expect(contains("/a/b", "/a/bc/d.ts")).toBe(false)
  expect(contains("/a/b", "/a/..b")).toBe(false)
  expect(contains("/a/b", "/a/b/..c")).toBe(true)
})

test("a file belongs to the nearest folder that looks like a project, else to its own", () => {
  expect(projectFolder(join(home, "work/shop/src/deep/a.ts"), home)).toBe(join(home, "work/shop"))
  expect(projectFolder(join(home, "notes/a.md"), home)).toBe(join(home, "notes"))
})

test("a file that lies right in the home folder belongs to none", () => {
  expect(projectFolder(join(home, "a.txt"), home)).toBeNull()
})
