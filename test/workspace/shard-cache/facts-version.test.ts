import { expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import { readGrammars } from "../../../server/workspace/grammar-folder.ts"
import { type FactsSource, factsVersion } from "../../../server/workspace/shard-cache/facts-version.ts"
import { GRAMMARS, TempProject } from "../temp-project.ts"

const languages = readGrammars([GRAMMARS], strictLog())

function sourceIn(project: TempProject): FactsSource {
  project.write("child.cjs", "the program")
  project.write("node_modules/tree-sitter-python/package.json", '{"version":"1"}')
  return { childEntry: project.path("child.cjs"), languages, grammarFolders: [project.root] }
}

test("the version is the same for the same program, wherever it is installed", async () => {
  expect(await factsVersion(sourceIn(new TempProject()))).toBe(
    await factsVersion(sourceIn(new TempProject())),
  )
})

test("the version is another one after any change that facts depend on", async () => {
  const project = new TempProject()
  const source = sourceIn(project)
  const seen = new Set([await factsVersion(source)])
  project.write("child.cjs", "the next program")
  seen.add(await factsVersion(source))
  project.write("node_modules/tree-sitter-python/package.json", '{"version":"2"}')
  seen.add(await factsVersion(source))
  project.write("node_modules/tree-sitter-go/package.json", '{"version":"1"}')
  seen.add(await factsVersion(source))
  seen.add(await factsVersion({ ...source, languages: languages.slice(1) }))
  const [first, ...others] = languages
  seen.add(await factsVersion({ ...source, languages: [{ ...first!, names: new Set(["a"]) }, ...others] }))
  expect(seen.size).toBe(6)
})

test("what is missing has a version too", async () => {
  const nothing = { childEntry: "/nowhere/child.cjs", languages: [], grammarFolders: ["/nowhere"] }
  expect(await factsVersion(nothing)).toMatch(/^[0-9a-f]{40}$/)
})
