/** Where a file's tests, or what a test is of, can stand beside its own folder. */
const TEST_FOLDERS: readonly string[] = ["__tests__", "test", "tests"]
const TEST_NAME = /^(?:(.+)[._-](?:test|spec)|test_(.+)|(.+)Tests?)$/

/** Whether a path is that of a test. */
export function isTest(path: string): boolean {
  return TEST_NAME.test(partsOf(path).stem)
}

/** The test of a source file or the source file of a test, the first there is; null for none. */
export function testPair(path: string, has: (path: string) => boolean): string | null {
  return pairsOf(path).find(each => each !== path && has(each)) ?? null
}

/** All paths where the pair of a file could stand, the likeliest first. */
function pairsOf(path: string): readonly string[] {
  const { folder, stem, extension } = partsOf(path)
  const match = TEST_NAME.exec(stem)
  const source = match && (match[1] ?? match[2] ?? match[3]!)
  const stems = source === null ? testStems(stem, extension) : [source]
  const folders = source === null ? testFolders(folder) : sourceFolders(folder)
  return folders.flatMap(each => stems.map(name => `${each}/${name}${extension}`))
}

function testStems(stem: string, extension: string): readonly string[] {
  if (extension === ".py") return [`test_${stem}`, `${stem}_test`]
  if (extension === ".go") return [`${stem}_test`]
  if (/^\.(java|kt|scala|cs|swift|php)$/.test(extension)) return [`${stem}Test`, `${stem}Tests`]
  return [`${stem}.test`, `${stem}.spec`, `${stem}_test`, `${stem}-test`, `${stem}_spec`]
}

/** The folder itself, a folder of tests in it or beside it, and its mirror in a tree of tests. */
function testFolders(folder: string): readonly string[] {
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))
  const near = [folder, ...TEST_FOLDERS.flatMap(name => [`${folder}/${name}`, `${above}/${name}`])]
  return [...near, ...mirrors(folder, ["src", "lib", "main", "server"], ["test", "tests"])]
}

function sourceFolders(folder: string): readonly string[] {
  const at = folder.lastIndexOf("/")
  const above = folder.slice(0, Math.max(0, at))
  const beside = TEST_FOLDERS.includes(folder.slice(at + 1)) ? [above, `${above}/src`, `${above}/lib`] : []
  return [folder, ...beside, ...mirrors(folder, ["test", "tests"], ["src", "lib", "main", "server"])]
}

/** A folder with one of its parts exchanged. */
function mirrors(folder: string, from: readonly string[], to: readonly string[]): readonly string[] {
  const parts = folder.split("/")
  return parts.flatMap((part, at) =>
    from.includes(part)
      ? to.map(name => [...parts.slice(0, at), name, ...parts.slice(at + 1)].join("/"))
      : [],
  )
}

function partsOf(path: string): {
  readonly folder: string
  readonly stem: string
  readonly extension: string
} {
  const slash = path.lastIndexOf("/")
  const name = path.slice(slash + 1)
  const dot = name.lastIndexOf(".")
  return dot <= 0
    ? { folder: path.slice(0, Math.max(0, slash)), stem: name, extension: "" }
    : { folder: path.slice(0, Math.max(0, slash)), stem: name.slice(0, dot), extension: name.slice(dot) }
}
