import { expect, test } from "vitest"
import { createLog } from "../../server/base/log.ts"
import { ClientWorkspace } from "../../server/features/client-workspace.ts"
import type { Host } from "../../server/features/host.ts"
import type { Project } from "../../server/features/project.ts"
import { Languages } from "../../server/syntax/languages.ts"
import type { DocumentSnapshot } from "../../server/workspace/document.ts"
import type { SymbolIndex } from "../../server/workspace/file-facts.ts"
import { OpenDocuments } from "../../server/workspace/open-documents.ts"

const HOME = "/home/ann"

interface Stage {
  readonly workspace: ClientWorkspace
  /** What happened, in order: `+roots` a use of a project, `-roots` its end, `entered roots`, `closed uri`, what its context is told, log lines. */
  readonly events: string[]
}

/** A client's workspace over a host that only counts. */
function start(roots: readonly string[]): Stage {
  const events: string[] = []
  const projects = new Map<string, Project>()
  const project = (of: readonly string[]): Project => {
    const key = of.join(" ")
    events.push(`+${key}`)
    const known = projects.get(key) ?? {
      roots: of,
      used: () => {},
      workspace: { prefer: () => {} },
      engine: { close: (uri: string) => events.push(`closed ${uri}`) },
      context: {
        keeper: { epoch: null },
        sourceFor: () => ({
          changed: (_: DocumentSnapshot, { uri, version }: DocumentSnapshot) =>
            events.push(`edited ${uri} in ${key}: version ${version}`),
          closed: (uri: string) => events.push(`forgot ${uri} in ${key}`),
        }),
      },
      indexed: new Promise(() => {}),
    }
    projects.set(key, known as unknown as Project)
    return known as unknown as Project
  }
  const documents = (): OpenDocuments =>
    new OpenDocuments({
      base: {} as SymbolIndex,
      languages: new Languages([]),
      parsers: { parserFor: () => null },
    })
  const release = (left: Project): void => void events.push(`-${left.roots.join(" ")}`)
  const workspace = new ClientWorkspace({
    host: { project, documents, release, findings: () => ({ closed: () => {} }) } as unknown as Host,
    roots,
    home: HOME,
    log: createLog((_, line) => events.push(line), "info"),
    onProject: entered => void events.push(`entered ${entered.roots.join(" ")}`),
  })
  return { workspace, events }
}

const TOLD = "the whole disk or home folder is not indexed, only the folders of the files you open"

test("other roots are another project, the same roots are no change", () => {
  const { workspace, events } = start(["/a"])
  workspace.enter(["/a"])
  workspace.enter(["/a", "/b"])
  expect(events).toEqual(["+/a", "entered /a", "+/a", "-/a", "+/a /b", "-/a", "entered /a /b"])
})

test("documents go along, and the project that is left forgets them", () => {
  const { workspace, events } = start(["/a"])
  workspace.open("file:///a/x.ts", "", 3, "text")
  events.length = 0
  workspace.enter(["/b"])
  expect(workspace.document("file:///a/x.ts")).toMatchObject({ version: 3, text: "text" })
  workspace.dispose()
  expect(events).toEqual([
    "+/b",
    "closed file:///a/x.ts",
    "-/a",
    "entered /b",
    "closed file:///a/x.ts",
    "-/b",
  ])
})

test("opened files are followed wherever the roots are too broad, which is said once", () => {
  const { workspace, events } = start([HOME])
  workspace.open(`file://${HOME}/p/x.ts`, "", 0, "")
  workspace.open(`file://${HOME}/p/y.ts`, "", 0, "")
  workspace.enter([HOME, "/"])
  expect(events).toEqual([
    TOLD,
    "+",
    "entered ",
    `+${HOME}/p`,
    "-",
    `entered ${HOME}/p`,
    `+${HOME}/p`,
    `-${HOME}/p`,
  ])
})

test("files opened before are followed once only broad roots are left, and no longer when there are others", () => {
  const { workspace } = start(["/a"])
  workspace.open("file:///b/src/x.ts", "", 0, "")
  expect(workspace.project.roots).toEqual(["/a"])
  workspace.enter(["/"])
  expect(workspace.project.roots).toEqual(["/b/src"])
  workspace.enter(["/c"])
  workspace.open("file:///d/y.ts", "", 0, "")
  expect(workspace.project.roots).toEqual(["/c"])
})

test("what is edited is told to the context of the project the client is in, and nothing that changed nothing", () => {
  const { workspace, events } = start(["/a"])
  const uri = "file:///a/x.ts"
  const first = workspace.context
  workspace.open(uri, "", 1, "text")
  events.length = 0
  workspace.change(uri, [{ start: 0, end: 0, text: "more " }], 2)
  workspace.change(uri, [], 3)
  workspace.change("file:///a/never-opened.ts", [{ start: 0, end: 0, text: "x" }], 4)
  workspace.enter(["/b"])
  expect(workspace.context).not.toBe(first)
  workspace.change(uri, [{ start: 0, end: 5, text: "" }], 5)
  workspace.close(uri)
  expect(events.filter(event => /edited|forgot/.test(event))).toEqual([
    `edited ${uri} in /a: version 2`,
    `edited ${uri} in /b: version 5`,
    `forgot ${uri} in /b`,
  ])
})
