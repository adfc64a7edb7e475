import { basename, dirname, join, parse, sep } from "node:path"

/** Where a file's tests, or what a test is of, can stand beside its own folder. */
const TEST_FOLDERS: readonly string[] = ["__tests__", "test", "tests"]
const TEST_NAME = /^(?:(.+)[._-](?:test|spec)|test_(.+)|(.+)Tests?)$/

/** Whether a path is that of a test. */
export function isTest(path: string): boolean {
  return TEST_NAME.test(parse(path).name)
}

/** The test of a source file or the source file of a test, the first there is; null for none. */
export function testPair(path: string, has: (path: string) => boolean): string | null {
  return pairsOf(path).find(each => each !== path && has(each)) ?? null
}

/** All paths where the pair of a file could stand, the likeliest first. */
function pairsOf(path: string): readonly string[] {
  const { dir: folder, name: stem, ext: extension } = parse(path)
  const match = TEST_NAME.exec(stem)
  const source = match && (match[1] ?? match[2] ?? match[3]!)
  const stems = source === null ? testStems(stem, extension) : [source]
  const folders = source === null ? testFolders(folder) : sourceFolders(folder)
  return folders.flatMap(each => stems.map(name => join(each, `${name}${extension}`)))
}

function testStems(stem: string, extension: string): readonly string[] {
  if (extension === ".py") return [`test_${stem}`, `${stem}_test`]
  if (extension === ".go") return [`${stem}_test`]
  if (/^\.(java|kt|scala|cs|swift|php)$/.test(extension)) return [`${stem}Test`, `${stem}Tests`]
  return [`${stem}.test`, `${stem}.spec`, `${stem}_test`, `${stem}-test`, `${stem}_spec`]
}

/** The folder itself, a folder of tests in it or beside it, and its mirror in a tree of tests. */
function testFolders(folder: string): readonly string[] {
  const above = dirname(folder)
  const near = [folder, ...TEST_FOLDERS.flatMap(name => [join(folder, name), join(above, name)])]
  return [...near, ...mirrors(folder, ["src", "lib", "main", "server"], ["test", "tests"])]
}

function sourceFolders(folder: string): readonly string[] {
  const above = dirname(folder)
  const isOfTests = TEST_FOLDERS.includes(basename(folder))
  const beside = isOfTests ? [above, join(above, "src"), join(above, "lib")] : []
  return [folder, ...beside, ...mirrors(folder, ["test", "tests"], ["src", "lib", "main", "server"])]
}

/** A folder with one of its parts exchanged. */
function mirrors(folder: string, from: readonly string[], to: readonly string[]): readonly string[] {
  const parts = folder.split(sep)
  return parts.flatMap((part, at) =>
    from.includes(part) ? to.map(name => parts.with(at, name).join(sep)) : [],
  )
}
