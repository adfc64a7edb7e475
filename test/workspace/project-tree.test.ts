import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { Cancelled } from "../../server/base/errors.ts"
import { ProjectTree } from "../../server/workspace/project-tree.ts"
import { LogLines, TempProject } from "./temp-project.ts"

const never = new AbortController().signal

async function walked(project: TempProject, roots = [project.root], log = new LogLines()): Promise<string[]> {
  const tree = await ProjectTree.open(roots, log.log)
  const found: string[] = []
  await tree.walk({ files: paths => found.push(...paths) }, never)
  return found.map(path => project.shorten(path)).sort()
}

async function checkWalk(fixture: string, expected: readonly string[]): Promise<void> {
  expect(await walked(TempProject.of(fixture))).toEqual(expected)
}

describe("ignore rules", () => {
  test("of deeper folders count over those above", () =>
    checkWalk(
      `
      //- /.gitignore
      *.gen.ts
      /top.ts
      //- /a.gen.ts
      //- /top.ts
      //- /sub/.gitignore
      !keep.gen.ts
      //- /sub/keep.gen.ts
      //- /sub/b.gen.ts
      //- /sub/top.ts
      `,
      ["/.gitignore", "/sub/.gitignore", "/sub/keep.gen.ts", "/sub/top.ts"],
    ))
  test("can't bring back what lies in an ignored folder", () =>
    checkWalk(
      `
      //- /.gitignore
      logs/
      //- /logs/.gitignore
      !*
      //- /logs/a.ts
      `,
      ["/.gitignore"],
    ))
  test("of .pilotlightignore count over .ignore, and those over .gitignore", () =>
    checkWalk(
      `
      //- /.gitignore
      a.ts
      b.ts
      //- /.ignore
      !a.ts
      c.ts
      //- /.pilotlightignore
      !c.ts
      d.ts
      //- /a.ts
      //- /b.ts
      //- /c.ts
      //- /d.ts
      `,
      ["/.gitignore", "/.ignore", "/.pilotlightignore", "/a.ts", "/c.ts"],
    ))
  test("tell the case of letters apart", () =>
    checkWalk(
      `
      //- /.gitignore
      Build/
      //- /Build/a.ts
      //- /build/a.ts
      `,
      ["/.gitignore", "/build/a.ts"],
    ))
  test("of the repository count in a folder of it, with .git/info/exclude", async () => {
    const project = TempProject.of(`
      //- /.git/info/exclude
      secret.ts
      //- /.gitignore
      *.gen.ts
      //- /packages/one/a.gen.ts
      //- /packages/one/secret.ts
      //- /packages/one/b.ts
    `)
    const none = TempProject.of("//- /a.gen.ts\n//- /.gitignore\n")
    expect(await walked(project, [project.path("packages/one")])).toEqual(["/packages/one/b.ts"])
    expect(await walked(none)).toEqual(["/.gitignore", "/a.gen.ts"])
  })
})

describe("without being told", () => {
  test("dependencies, lock files, binary and minified files are left alone", () =>
    checkWalk(
      `
      //- /node_modules/a/index.js
      //- /package-lock.json
      //- /logo.PNG
      //- /lib.min.js
      //- /api_pb2.py
      //- /main.ts
      `,
      ["/main.ts"],
    ))
  test("code of others is left alone, but where it lies in a folder of sources", () =>
    checkWalk(
      `
      //- /vendor/a.go
      //- /third_party/b.c
      //- /src/vendor/c.ts
      //- /src/web/vendor/d.js
      //- /lib/third_party/e.py
      `,
      ["/lib/third_party/e.py", "/src/vendor/c.ts"],
    ))
  test("an ignore file brings them back", () =>
    checkWalk(
      `
      //- /.pilotlightignore
      !vendor/
      !*.min.js
      //- /vendor/a.ts
      //- /lib.min.js
      `,
      ["/.pilotlightignore", "/lib.min.js", "/vendor/a.ts"],
    ))
  test("folders called like build output are source where ignore files don't say otherwise", async () => {
    await checkWalk("//- /build/a.ts\n//- /a.ts\n", ["/a.ts"])
    await checkWalk("//- /build/a.ts\n//- /.gitignore\n*.log\n", ["/.gitignore", "/build/a.ts"])
  })
})

describe("links", () => {
  test("in circles and out of the root are not followed", async () => {
    const outside = TempProject.of("//- /secret.ts\n")
    const project = TempProject.of("//- /src/a.ts\n")
    symlinkSync(project.root, project.path("src/circle"))
    symlinkSync(outside.root, project.path("out"))
    symlinkSync(outside.path("secret.ts"), project.path("out.ts"))
    symlinkSync(project.path("nowhere"), project.path("dangling"))
    expect(await walked(project)).toEqual(["/src/a.ts"])
    const tree = await ProjectTree.open([project.root], new LogLines().log)
    expect(await tree.admitted([project.path("out/secret.ts"), project.path("src/a.ts")])).toEqual([
      project.path("src/a.ts"),
    ])
  })
  test("can be a root", async () => {
    const project = TempProject.of("//- /src/a.ts\n")
    symlinkSync(project.path("src"), project.path("link"))
    expect(await walked(project, [project.path("link")])).toEqual(["/link/a.ts"])
  })
})

describe("roots", () => {
  test("inside one another are walked once, the inner one even if it is ignored outside", async () => {
    const project = TempProject.of(`
      //- /.gitignore
      sub/inner/
      //- /a.ts
      //- /sub/b.ts
      //- /sub/inner/c.ts
    `)
    const roots = [project.path("sub/inner"), project.root, project.path("sub"), `${project.root}/`]
    expect(await walked(project, roots)).toEqual(["/.gitignore", "/a.ts", "/sub/b.ts", "/sub/inner/c.ts"])
  })
  test("that are gone cost one log line", async () => {
    const project = TempProject.of("//- /a.ts\n")
    const log = new LogLines()
    expect(await walked(project, [project.path("gone"), project.root], log)).toEqual(["/a.ts"])
    expect(log.lines).toEqual([expect.stringMatching(/^warn can't list .*gone: ENOENT/)])
  })
  test("that are files hold nothing", async () => {
    const project = TempProject.of("//- /a.ts\n")
    const log = new LogLines()
    expect(await walked(project, [project.path("a.ts")], log)).toEqual([])
    expect(log.lines).toHaveLength(1)
  })
})

test("names may hold spaces, emoji, line breaks and leading dots", async () => {
  const project = new TempProject()
  const names = ["a b.ts", "😀.ts", "line\nbreak.ts", "..odd.ts", "[x].ts", "\\back.ts"]
  for (const name of names) project.write(name, "")
  expect(await walked(project)).toEqual(names.map(name => `/${name}`).sort())
})

test("a walk stops when it is told to", async () => {
  const project = TempProject.of("//- /a/b/c.ts\n")
  const tree = await ProjectTree.open([project.root], new LogLines().log)
  await expect(tree.walk({ files: () => {} }, AbortSignal.abort())).rejects.toBeInstanceOf(Cancelled)
})

test("a walk tells of ignored folders", async () => {
  const project = TempProject.of("//- /node_modules/a.ts\n//- /src/tmp/b.ts\n//- /.gitignore\ntmp\n")
  const tree = await ProjectTree.open([project.root], new LogLines().log)
  const ignored: string[] = []
  await tree.walk({ files: () => {}, ignoredFolder: path => ignored.push(project.shorten(path)) }, never)
  expect(ignored.sort()).toEqual(["/node_modules", "/src/tmp"])
})

test("only what a walk would find is admitted", async () => {
  const project = TempProject.of(`
    //- /.gitignore
    tmp/
    //- /src/.ignore
    *.gen.ts
  `)
  mkdirSync(project.path("tmp"))
  const tree = await ProjectTree.open([project.root], new LogLines().log)
  const paths = ["src/a.ts", "src/new/b.ts", "src/c.gen.ts", "tmp/d.ts", "node_modules/e.ts"]
  const admitted = await tree.admitted([...paths.map(path => project.path(path)), join("/", "elsewhere.ts")])
  expect(admitted.map(path => project.shorten(path))).toEqual(["/src/a.ts", "/src/new/b.ts"])
})

test("one folder can be walked again", async () => {
  const project = TempProject.of("//- /.gitignore\ntmp/\n//- /src/a.ts\n//- /src/sub/b.ts\n//- /tmp/c.ts\n")
  const tree = await ProjectTree.open([project.root], new LogLines().log)
  const found: string[] = []
  const files = (paths: readonly string[]): number => found.push(...paths.map(path => project.shorten(path)))
  await tree.walkFolder(project.path("src"), { files }, never)
  await tree.walkFolder(project.path("tmp"), { files }, never)
  expect(found.sort()).toEqual(["/src/a.ts", "/src/sub/b.ts"])
})
