import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { OpenedWorkspace, TempProject } from "./temp-project.ts"

const NAMES = ["a", "b", "a/a", "a/b", "a/b/a", "b/a", "a.ts", "b.ts", "a/a.ts", "a/b/a.ts", "b/a/b.ts"]
const place = fc.constantFrom(...NAMES)
const change = fc.oneof(
  fc.record({
    kind: fc.constant("write" as const),
    at: place,
    text: fc.constantFrom("let x", "let y; let x", ""),
  }),
  fc.record({ kind: fc.constant("delete" as const), at: place }),
  fc.record({ kind: fc.constant("rename" as const), at: place, to: place }),
  fc.record({
    kind: fc.constant("ignore" as const),
    at: fc.constantFrom(".gitignore", "a/.gitignore"),
    text: fc.constantFrom("a/", "b", "*.ts\n!b.ts", "!a", ""),
  }),
)
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

/** Changes the disk, if it can be changed so, and gives the paths that a watcher would tell of. */
function apply(project: TempProject, done: Change): readonly string[] {
  const path = project.path(done.at)
  const to = done.kind === "rename" ? project.path(done.to) : path
  try {
    if (done.kind === "delete") rmSync(path, { recursive: true })
    else {
      mkdirSync(dirname(to), { recursive: true })
      if (done.kind === "rename") renameSync(path, to)
      else writeFileSync(path, done.text)
    }
  } catch {
    // A file where a folder is needed, a folder where a file is, or nothing at all: then nothing is told of either.
    return existsSync(dirname(to)) ? [dirname(to)] : []
  }
  return path === to ? [path] : [path, to]
}

function known({ workspace }: OpenedWorkspace, project: TempProject): readonly string[] {
  const { index } = workspace
  const files = [...NAMES, ".gitignore", "a/.gitignore"].filter(name => index.has(project.path(name)))
  const symbols = ["x", "y"].flatMap(name => index.exact(name, 99).map(hit => `${hit.name}@${hit.path}`))
  return [`${index.fileCount} files`, ...files, ...symbols.sort()]
}

test("after any changes the index is that of a fresh start", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(change, fc.boolean()), { maxLength: 20 }), async steps => {
      const project = TempProject.of("//- /a/b.ts\nlet x\n//- /c.ts\nlet y\n")
      const opened = await OpenedWorkspace.started([project.root])
      for (const [step, waits] of steps) {
        opened.workspace.filesChanged(apply(project, step))
        if (waits) await opened.workspace.settled()
      }
      await opened.workspace.settled()
      const fresh = await OpenedWorkspace.started([project.root])
      expect(known(opened, project)).toEqual(known(fresh, project))
      await Promise.all([opened.workspace.dispose(), fresh.workspace.dispose()])
    }),
    { numRuns: 15 },
  )
})
