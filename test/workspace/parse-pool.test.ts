import { watch } from "node:fs"
import { describe, expect, test } from "vitest"
import { Cancelled } from "../../server/base/errors.ts"
import { CHILD_ENTRY, GRAMMARS, OpenedWorkspace, TempProject } from "./temp-project.ts"

/** A child process that is ours but for what `misbehave` does to each step first; `paths` are those of the step. */
function entryThat(project: TempProject, misbehave: string): string {
  return project.write(
    "node_modules/child.cjs",
    `process.on("message", message => {
      const paths = (message.tasks ?? []).map(task => task.path)
      ${misbehave}
    })
    require(${JSON.stringify(CHILD_ENTRY)})`,
  )
}

function projectOf(files: number): TempProject {
  const project = new TempProject()
  for (let i = 0; i < files; i++) project.write(`f${i}.ts`, `let name${i}`)
  return project
}

async function checkLost(misbehave: string, reason: RegExp): Promise<void> {
  const project = projectOf(60)
  const bad = project.write("bad.ts", "let bad")
  const opened = await OpenedWorkspace.started([project.root], {
    childEntry: entryThat(project, misbehave),
    silenceMs: 1000,
  })
  expect(opened.find(project, "bad")).toEqual([])
  expect(opened.workspace.stats().files).toBe(60)
  expect(opened.logged.lines).toEqual([expect.stringMatching(reason)])
  expect(opened.logged.lines[0]).toContain(bad)
}

describe("a file that", () => {
  test("ends the process that reads it is left out and named once", () =>
    checkLost(
      `if (paths.some(path => path.endsWith("bad.ts"))) process.kill(process.pid, "SIGKILL")`,
      /^warn .* is left out: reading it ended a process \(got SIGKILL\)$/,
    ))
  test("makes the process that reads it throw is left out, with the reason", () =>
    checkLost(
      `if (paths.some(path => path.endsWith("bad.ts"))) throw new Error("no such luck")`,
      /^warn .* is left out: .*left with code \d+/,
    ))
  test("hangs the process that reads it is left out", () =>
    checkLost(
      `if (paths.some(path => path.endsWith("bad.ts"))) for (;;) {}`,
      /^warn .* is left out: .*got SIGKILL/,
    ))
})

test("several files that end processes cost only themselves", async () => {
  const project = projectOf(60)
  for (let i = 0; i < 4; i++) project.write(`bad${i}.ts`, "let bad")
  const opened = await OpenedWorkspace.started([project.root], {
    childEntry: entryThat(project, `if (paths.some(path => path.includes("bad"))) process.exit(3)`),
    children: 2,
  })
  expect(opened.workspace.stats().files).toBe(60)
  expect(opened.logged.lines).toHaveLength(4)
})

test("a file that ended a process is read again once it has changed", async () => {
  const project = projectOf(1)
  const bad = project.write("bad.ts", "crash")
  const crash = `if (paths.some(path => require("fs").readFileSync(path, "utf8") === "crash")) process.exit(3)`
  const opened = await OpenedWorkspace.started([project.root], { childEntry: entryThat(project, crash) })
  project.write("bad.ts", "let good")
  opened.workspace.filesChanged([bad])
  await opened.workspace.settled()
  expect(opened.find(project, "good")).toEqual(["good@/bad.ts:1"])
})

test("a process that does not start is reported once, and nothing waits for it", async () => {
  const project = projectOf(50)
  const opened = await OpenedWorkspace.started([project.root], {
    childEntry: project.write("node_modules/child.cjs", `require("no-such-package")`),
  })
  expect(opened.workspace.stats().files).toBe(0)
  expect(opened.logged.lines).toEqual([expect.stringMatching(/^error files can't be read: .*Cannot find/s)])
})

test("what every process has to say of a broken parser is said once", async () => {
  const project = new TempProject()
  for (let i = 0; i < 100; i++) project.write(`f${i}.rb`, `class A${i}; end`)
  project.write("node_modules/tree-sitter-ruby/index.js", `throw new Error("wrong ELF class")`)
  const tells = `if (message.kind === "step") process.send({ kind: "log", level: "info", message: String(process.pid) })`
  const { logged } = await OpenedWorkspace.started([project.root], {
    childEntry: entryThat(project, tells),
    grammarFolders: [GRAMMARS, project.root],
    children: 2,
  })
  expect(new Set(logged.lines.filter(line => /^info \d+$/.test(line))).size).toBe(2)
  expect(logged.lines.filter(line => !/^info \d+$/.test(line))).toEqual([
    expect.stringMatching(/^warn ruby is read as plain tokens: .*wrong ELF class/),
  ])
})

test("a process without work is let go, and the next change starts another", async () => {
  const project = projectOf(1)
  const left = project.path("node_modules/left")
  const leaves = `if (message.kind === "setup") {
    process.send({ kind: "log", level: "info", message: "started" })
    process.on("exit", () => require("fs").mkdirSync(${JSON.stringify(left)}, { recursive: true }))
  }`
  const childEntry = entryThat(project, leaves)
  const seen = watch(project.path("node_modules"))
  const isGone = new Promise<void>(resolve => seen.on("change", (_, name) => name === "left" && resolve()))
  const opened = await OpenedWorkspace.started([project.root], { childEntry, idleMs: 10 })
  await isGone
  seen.close()
  opened.workspace.filesChanged([project.write("new.ts", "let fresh")])
  await opened.workspace.settled()
  expect(opened.find(project, "name0", "fresh")).toEqual(["name0@/f0.ts:1", "fresh@/new.ts:1"])
  expect(opened.logged.lines).toEqual(["info started", "info started"])
})

test("a workspace leaves no process behind, even one that does not listen", async () => {
  const project = projectOf(1)
  const deaf = `if (paths.length > 0) {
    process.send({ kind: "log", level: "info", message: String(process.pid) })
    setImmediate(() => { for (;;) {} })
  }`
  const { workspace, logged } = new OpenedWorkspace([project.root], { childEntry: entryThat(project, deaf) })
  const isHung = new Promise<void>(resolve => {
    logged.onLine = resolve
  })
  const over = expect(workspace.start(new AbortController().signal)).rejects.toBeInstanceOf(Cancelled)
  await isHung
  await workspace.dispose()
  await over
  const pid = Number(/\d+$/.exec(logged.lines[0]!)![0])
  expect(() => process.kill(pid, 0)).toThrow("ESRCH")
})
