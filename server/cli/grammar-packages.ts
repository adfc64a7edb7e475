import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { messageOf } from "../base/errors.ts"
import { packageLoader } from "../workspace/package-loader.ts"
import type { CliIo } from "./io.ts"

/** The parser packages in one folder, as npm keeps them. */
export class GrammarPackages {
  readonly #folder: string
  readonly #env: CliIo["env"]

  /** `folder` is made when the first package is added; npm runs with `env`. */
  constructor(folder: string, env: CliIo["env"]) {
    this.#folder = folder
    this.#env = env
  }

  /** The version of a package that is installed, or null. */
  installed(packageName: string): string | null {
    const path = join(this.#folder, "node_modules", packageName, "package.json")
    if (!existsSync(path)) return null
    const { version }: { version?: unknown } = JSON.parse(readFileSync(path, "utf8"))
    return typeof version === "string" ? version : null
  }

  /** Installs a package and loads it once; null when that went well, else one sentence. Other packages stay as they are. */
  async add(packageName: string, version: string): Promise<string | null> {
    try {
      mkdirSync(this.#folder, { recursive: true })
    } catch (error) {
      return `can't make ${this.#folder}: ${messageOf(error)}`
    }
    const failure = await this.#npm(["install", "--save-exact", `${packageName}@${version}`])
    return failure ?? this.#loadFailure(packageName)
  }

  /** Takes a package away; null when that went well, else one sentence. */
  remove(packageName: string): Promise<string | null> {
    return this.#npm(["uninstall", packageName])
  }

  #loadFailure(packageName: string): string | null {
    try {
      const isThere = packageLoader([this.#folder])(packageName) !== null
      return isThere ? null : `npm installed no ${packageName}`
    } catch (error) {
      return `${packageName} was installed but does not load here: ${firstLine(messageOf(error))}`
    }
  }

  #npm(args: readonly string[]): Promise<string | null> {
    const options = [
      "--prefix",
      this.#folder,
      "--ignore-scripts",
      "--legacy-peer-deps",
      "--no-audit",
      "--no-fund",
    ]
    const isWindows = process.platform === "win32"
    // npm is a batch file on Windows, which only a shell can start; the arguments are checked by the manifest.
    const child = spawn("npm", [...args, ...options], { env: this.#env, cwd: this.#folder, shell: isWindows })
    let said = ""
    child.stderr.setEncoding("utf8").on("data", text => (said += text))
    child.stdout.resume()
    return new Promise(resolve => {
      child.on("error", error => resolve(startFailure(error)))
      child.on("close", code => resolve(code === 0 ? null : npmFailure(said)))
    })
  }
}

function startFailure(error: Error): string {
  const isMissing = "code" in error && error.code === "ENOENT"
  return isMissing
    ? "parsers are installed with npm, and there is no npm on the PATH"
    : `npm does not start: ${error.message}`
}

const OFFLINE =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/

/** What npm's error output comes down to. */
function npmFailure(said: string): string {
  if (OFFLINE.test(said)) return "the npm registry can't be reached; nothing was changed"
  const lines = said.split("\n").flatMap(line => /^npm (?:error|ERR!) (?!code )(.*\S)/.exec(line)?.[1] ?? [])
  return `npm failed: ${lines[0] ?? firstLine(said)}`
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? ""
}
