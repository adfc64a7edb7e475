import { rmSync, symlinkSync } from "node:fs"
import { expect, test } from "vitest"
import { type LeaveOptions, LeaveRules } from "../../server/workspace/leave-rules.ts"
import { TempProject } from "./temp-project.ts"

interface Asked extends Partial<LeaveOptions> {
  readonly project: TempProject
  readonly paths: string
}

/** Each path, relative to the project, with what is said of it: `ok` or the reason. */
async function checkLeave({ project, paths, ...options }: Asked): Promise<string> {
  const rules = new LeaveRules({ roots: [project.root], allow: [], deny: [], ...options })
  return said(rules, project, paths)
}

async function said(rules: LeaveRules, project: TempProject, paths: string): Promise<string> {
  const names = paths.trim().split(/\s+/)
  await rules.judge(names.map(name => project.path(name)))
  return names
    .map(name => {
      const verdict = rules.mayLeave(project.path(name))
      return `${name}: ${verdict.allowed ? "ok" : verdict.reason}`
    })
    .join("\n")
}

test("files that any ignore file names may not leave, and the reason says which one", async () => {
  const project = TempProject.of(`
//- /.gitignore
/out/
//- /.pilotlightignore
*.gen.ts
//- /.aiexclude
/contracts
//- /.cursorignore
*.sql
//- /.copilotignore
prices.ts
//- /src/.aiexclude
deep.ts
//- /src/a.ts
`)
  const paths = `src/a.ts out/a.ts src/a.gen.ts contracts/b/c.ts db/x.sql src/prices.ts src/lib/deep.ts deep.ts .env`
  expect(await checkLeave({ project, paths })).toMatchInlineSnapshot(`
    "src/a.ts: ok
    out/a.ts: .gitignore leaves it out
    src/a.gen.ts: .pilotlightignore leaves it out
    contracts/b/c.ts: .aiexclude leaves it out
    db/x.sql: .cursorignore leaves it out
    src/prices.ts: .copilotignore leaves it out
    src/lib/deep.ts: .aiexclude leaves it out
    deep.ts: ok
    .env: it is an environment file"
  `)
})

test("no set of rules lifts what another forbids, nor the built-in list", async () => {
  const project = TempProject.of(`
//- /.aiexclude
secret.ts
//- /.cursorignore
!secret.ts
!.env
//- /.gitignore
!.env
`)
  expect(await checkLeave({ project, paths: "secret.ts .env" })).toMatchInlineSnapshot(`
    "secret.ts: .aiexclude leaves it out
    .env: it is an environment file"
  `)
})

test("a folder that is opened may be seen though version control ignores it, but not against the rules for models", async () => {
  const project = TempProject.of(`
//- /.git/HEAD
//- /.gitignore
/gen/
//- /.cursorignore
/private/
`)
  const inner = (name: string): Promise<string> =>
    checkLeave({ project, paths: `${name}/a.ts`, roots: [project.path(name)] })
  expect(await inner("gen")).toMatchInlineSnapshot(`"gen/a.ts: ok"`)
  expect(await inner("private")).toMatchInlineSnapshot(`"private/a.ts: .cursorignore leaves it out"`)
})

test("files outside the workspace follow the rules of their own repository", async () => {
  const project = TempProject.of(`
//- /other/.git/HEAD
//- /other/.gitignore
/closed/
//- /other/src/a.ts
`)
  const paths = "other/src/a.ts other/closed/deep/b.ts loose.ts"
  expect(await checkLeave({ project, paths, roots: [project.path("main")] })).toMatchInlineSnapshot(`
    "other/src/a.ts: ok
    other/closed/deep/b.ts: .gitignore leaves it out
    loose.ts: ok"
  `)
})

test("published code of dependencies may be read though version control leaves it out", async () => {
  const project = TempProject.of(`
//- /.gitignore
node_modules
//- /node_modules/a/index.d.ts
//- /node_modules/b/.aiexclude
*
`)
  const paths = "node_modules/a/index.d.ts node_modules/a/.npmrc node_modules/b/index.d.ts"
  expect(await checkLeave({ project, paths })).toMatchInlineSnapshot(`
    "node_modules/a/index.d.ts: ok
    node_modules/a/.npmrc: it is a file of credentials
    node_modules/b/index.d.ts: .aiexclude leaves it out"
  `)
})

test("the user's settings forbid more, or allow what nothing else does", async () => {
  const project = TempProject.of("//- /.cursorignore\n/a/\n")
  const paths = "a/x.ts b/x.ts b/deep/y.ts c/.env certs/a.pem"
  const settings = { deny: ["b/"], allow: ["a/**", "*.pem"] }
  expect(await checkLeave({ project, paths, ...settings })).toMatchInlineSnapshot(`
    "a/x.ts: ok
    b/x.ts: your settings forbid it
    b/deep/y.ts: your settings forbid it
    c/.env: it is an environment file
    certs/a.pem: ok"
  `)
})

test("a harmless name that links to a secret file may not leave", async () => {
  const project = TempProject.of("//- /.env\nA=1\n//- /real.ts\n")
  symlinkSync(project.path(".env"), project.path("notes.txt"))
  symlinkSync(project.path("real.ts"), project.path("link.ts"))
  expect(await checkLeave({ project, paths: "notes.txt link.ts" })).toMatchInlineSnapshot(`
    "notes.txt: it is an environment file
    link.ts: ok"
  `)
})

test("a path is not allowed before it is judged, and the first question has it judged", async () => {
  const project = TempProject.of("//- /a.ts\n")
  const rules = new LeaveRules({ roots: [project.root], allow: [], deny: [] })
  expect(rules.mayLeave(project.path("a.ts"))).toEqual({
    allowed: false,
    reason: "its ignore files are not read yet",
  })
  await expect.poll(() => rules.mayLeave(project.path("a.ts"))).toEqual({ allowed: true })
})

test("a changed ignore file counts at once, also for what is being judged", async () => {
  const project = TempProject.of("//- /src/a.ts\n//- /src/b.ts\n")
  const rules = new LeaveRules({ roots: [project.root], allow: [], deny: [] })
  expect(await said(rules, project, "src/a.ts")).toBe("src/a.ts: ok")
  project.write(".cursorignore", "a.ts\n")
  rules.changed([project.path(".cursorignore")])
  expect(rules.mayLeave(project.path("src/a.ts")).allowed).toBe(false)
  expect(await said(rules, project, "src/a.ts src/b.ts")).toMatchInlineSnapshot(`
    "src/a.ts: .cursorignore leaves it out
    src/b.ts: ok"
  `)

  const judging = rules.judge([project.path("src/c.ts")])
  project.write("src/.aiexclude", "c.ts\n")
  rules.changed([project.path("src/.aiexclude")])
  await judging
  expect(rules.mayLeave(project.path("src/c.ts")).allowed).toBe(false)

  rmSync(project.path(".cursorignore"))
  rules.changed([project.path(".cursorignore")])
  expect(await said(rules, project, "src/a.ts")).toBe("src/a.ts: ok")
})
