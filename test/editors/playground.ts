import { spawnSync } from "node:child_process"
import { createReadStream, readFileSync, watch } from "node:fs"
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { until } from "./until.ts"

/** The repository's own folder. */
export const REPOSITORY: string = join(import.meta.dirname, "../..")

const COPIED = ["server", "test", "grammars", "clients", "package.json", "tsconfig.json", "README.md"]
/** The last progress report of indexing. */
const INDEXED = /\d+ files, \d+ symbols/

/**
 * This repository's own files in a folder of their own, with an empty home folder beside it and `pilotlight` on PATH.
 * Everything the server writes is also kept in a log.
 */
export class Playground implements AsyncDisposable {
  /** The project that the editor opens. */
  readonly project: string
  /** The editor's home; its configuration goes to `home/.config`. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly #folder: string
  readonly #log: string
  readonly #pid: string
  readonly #alive: string

  private constructor(folder: string) {
    this.#folder = folder
    this.project = join(folder, "project")
    this.home = join(folder, "home")
    this.#log = join(folder, "server.log")
    this.#pid = join(folder, "server.pid")
    this.#alive = join(folder, "alive")
    this.env = {
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      HOME: this.home,
      LANG: "C.UTF-8",
      OPENAI_API_KEY: "playground",
    }
  }

  /** Copies the project, with `text` in `path` (relative to the project). */
  static async create(path: string, text: string): Promise<Playground> {
    const playground = new Playground(await mkdtemp(join(tmpdir(), "pilotlight-editors-")))
    await mkdir(join(playground.project, ".git"), { recursive: true })
    for (const name of COPIED) {
      await cp(join(REPOSITORY, name), join(playground.project, name), { recursive: true })
    }
    await writeFile(join(playground.project, path), text)
    await playground.#installProgram()
    return playground
  }

  /** Writes a file of the editor's own configuration, relative to the home folder; gives its path. */
  async configure(path: string, text: string): Promise<string> {
    const file = join(this.home, path)
    await mkdir(join(file, ".."), { recursive: true })
    await writeFile(file, text)
    return file
  }

  /** Puts a model at this address into the user's settings, before the editor starts. */
  async useModel(baseUrl: string): Promise<void> {
    const model = { provider: "openai", baseUrl, live: { model: "m-live" }, deep: { model: "m-deep" } }
    await this.configure(".config/pilotlight/settings.json", JSON.stringify({ model }))
  }

  /** The bytes of a project file as text. */
  read(path: string): Promise<string> {
    return readFile(join(this.project, path), "utf8")
  }

  /** Resolves when the server has said that it knows the whole project; rejects with its log when it never does. */
  indexed(): Promise<void> {
    return this.logged("the server to finish indexing", INDEXED)
  }

  /** Resolves when what the server has said holds `pattern`; rejects with its log when it never does. */
  async logged(what: string, pattern: RegExp): Promise<void> {
    const log = (): Promise<string> => readFile(this.#log, "utf8")
    const changes = watch(this.#log)
    try {
      const holds = async (): Promise<boolean> => pattern.test(await log())
      await until({ what, holds, changes, ended: () => false, evidence: log })
    } finally {
      changes.close()
    }
  }

  /** Settles when every process of the servers that the editor starts from now on has ended, and one was started. */
  async allServersGone(): Promise<void> {
    // Each process of a server holds the pipe open, and hands it on to its children.
    spawnSync("mkfifo", [this.#alive])
    for await (const _ of createReadStream(this.#alive));
  }

  /** Kills the server that was started last, as the system does that has no memory left. */
  killServer(): void {
    process.kill(Number(readFileSync(this.#pid, "utf8")), "SIGKILL")
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 })
  }

  async #installProgram(): Promise<void> {
    const program = join(this.#folder, "bin", "pilotlight")
    await mkdir(join(this.#folder, "bin"), { recursive: true })
    await mkdir(this.home, { recursive: true })
    await writeFile(this.#log, "")
    const server = join(REPOSITORY, "dist/pilotlight.cjs")
    await writeFile(
      program,
      `#!/bin/sh
if [ -p "${this.#alive}" ]; then exec 9>"${this.#alive}"; fi
sh -c 'echo $$ >"${this.#pid}"; exec "$0" "$@"' "${process.execPath}" "${server}" "$@" 2>>"${this.#log}" | tee -a "${this.#log}"
`,
    )
    await chmod(program, 0o755)
  }
}
