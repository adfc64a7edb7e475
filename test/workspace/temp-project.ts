import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { createLog, type Log, type LogLevel } from "../../server/base/log.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { PACK_SHIFT } from "../../server/syntax/token-pack.ts"
import { readGrammars } from "../../server/workspace/grammar-folder.ts"
import { type IndexProgress, Workspace, type WorkspaceOptions } from "../../server/workspace/workspace.ts"
import { parseFixture } from "../fixture.ts"

/** The bundled child process. */
export const CHILD_ENTRY: string = fileURLToPath(new URL("../../dist/parse-child.cjs", import.meta.url))
/** The languages that come with the program. */
export const GRAMMARS: string = fileURLToPath(new URL("../../grammars", import.meta.url))

/** A folder on disk that lives as long as the test. */
export class TempProject {
  readonly root: string

  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "pilotlight-")))
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }))
  }

  /** A folder with the files of a fixture. */
  static of(fixture: string): TempProject {
    const project = new TempProject()
    for (const { path, text } of parseFixture(fixture).files) project.write(path, text)
    return project
  }

  path(relative: string): string {
    return join(this.root, relative)
  }

  write(relative: string, content: string | Uint8Array): string {
    const path = this.path(relative)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }

  /** `path` as the fixture wrote it, with the slash before it. */
  shorten(path: string): string {
    return path.startsWith(this.root) ? path.slice(this.root.length) : path
  }
}

/** Lines written to a log: `LEVEL message`. A bug fails the test that reads them. */
export class LogLines {
  readonly lines: string[] = []
  /** Called after each line. */
  onLine: () => void = () => {}
  readonly log: Log = createLog((level: LogLevel, line: string) => {
    this.lines.push(`${level} ${line}`)
    this.onLine()
  }, "info")
}

/** A workspace with everything it told, closed at the end of the test. */
export class OpenedWorkspace {
  readonly workspace: Workspace
  readonly interner: Interner = new Interner()
  readonly logged: LogLines = new LogLines()
  readonly progress: IndexProgress[] = []
  /** Token texts by path, as last told; files that have none are left out. */
  readonly tokens: Map<string, readonly string[]> = new Map()

  constructor(roots: readonly string[], options: Partial<WorkspaceOptions> = {}) {
    this.workspace = new Workspace({
      roots,
      interner: this.interner,
      languages: new Languages(readGrammars([GRAMMARS], this.logged.log)),
      grammarFolders: [GRAMMARS],
      childEntry: CHILD_ENTRY,
      children: 1,
      log: this.logged.log,
      watch: false,
      onTokens: batch => {
        for (const { path, tokens } of batch) {
          if (tokens === null) this.tokens.delete(path)
          else
            this.tokens.set(
              path,
              Array.from(tokens, token => this.interner.text(token >> PACK_SHIFT)),
            )
        }
      },
      onProgress: progress => this.progress.push(progress),
      ...options,
    })
    onTestFinished(() => this.workspace.dispose())
  }

  /** A workspace whose first pass is done. */
  static async started(
    roots: readonly string[],
    options: Partial<WorkspaceOptions> = {},
  ): Promise<OpenedWorkspace> {
    const opened = new OpenedWorkspace(roots, options)
    await opened.workspace.start(new AbortController().signal)
    return opened
  }

  /** `name@/path:line` of each declaration of the names. */
  find(project: TempProject, ...names: readonly string[]): string[] {
    const hits = names.flatMap(name => this.workspace.index.exact(name, 100))
    return hits.map(hit => `${hit.name}@${project.shorten(hit.path)}:${hit.line + 1}`)
  }
}
