import { expect, test } from "vitest"
import { packageLoader } from "../../server/workspace/package-loader.ts"
import { TempProject } from "./temp-project.ts"

const project = (): TempProject =>
  TempProject.of(`
  //- /broken/node_modules/toy/index.js
  throw new Error("wrong ELF class")
  //- /partial/node_modules/toy/index.js
  require("its-missing-part")
  //- /good/node_modules/toy/index.js
  module.exports = { good: true }
  //- /empty/package.json
  {}
  `)

function load(packages: TempProject, ...folders: readonly string[]): unknown {
  return packageLoader(folders.map(folder => packages.path(folder)))("toy")
}

test("a package comes from the first folder where it loads", () => {
  expect(load(project(), "empty", "broken", "good")).toEqual({ good: true })
})

test("a package that is nowhere is null", () => {
  expect(load(project(), "empty", "empty")).toBeNull()
  expect(load(project())).toBeNull()
})

test("a broken package is not hidden by folders that do not have it", () => {
  expect(() => load(project(), "empty", "broken", "empty")).toThrow("wrong ELF class")
  expect(() => load(project(), "partial", "empty")).toThrow("its-missing-part")
})
