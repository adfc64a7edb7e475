import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { messageOf } from "../../base/errors.ts"
import type { Host } from "../../features/host.ts"
import { userGrammarFolder } from "../../workspace/grammar-folder.ts"
import { packageLoader } from "../../workspace/package-loader.ts"
import { indexCacheFolder } from "../../workspace/shard-cache/index-cache-folder.ts"
import { GrammarPackages } from "../grammar-packages.ts"
import type { CliIo } from "../io.ts"
import { findProgram } from "../programs.ts"
import { broken, type Diagnosis, doubtful, fine } from "./diagnosis.ts"

/** The oldest Node that runs the program (`engines` in package.json), and those it is tried on. */
const OLDEST_NODE = 20
const TRIED_NODES = "20, 22 or 24"
/** Linux tells of changes by watches, one per folder; a large project has thousands of folders. */
const FEW_WATCHES = 8192
/** Each parse process, editor and log needs a few open files. */
const FEW_FILES = 256

type Env = CliIo["env"]

/** Node itself. `version` is as Node prints it. */
export function nodeDiagnosis(version: string): Diagnosis {
  const major = Number(/^v(\d+)/.exec(version)?.[1])
  return major >= OLDEST_NODE
    ? fine("node", `Node ${version}`)
    : broken("node", `Node ${version} is too old`, `install Node ${TRIED_NODES}`)
}

/** The binding that parses, and the grammars of all languages that come with the program. */
export function parserDiagnoses(
  languages: Host["languages"],
  env: Env,
  grammars: string,
): readonly Diagnosis[] {
  const load = packageLoader([grammars, userGrammarFolder(env)])
  const core = loadProblem(load, "tree-sitter")
  if (core !== null) {
    const says = `the parser can't be loaded: ${core}`
    return [
      broken(
        "parsers",
        says,
        `run it on Node ${TRIED_NODES} on Linux with glibc, macOS or Windows, or install it anew with npm`,
      ),
    ]
  }
  const parsers = languages
    .all()
    .flatMap(({ name, parser }) => (parser === null ? [] : [{ name, ...parser }]))
  const problems = parsers.flatMap(each => {
    if (!each.builtin && new GrammarPackages(userGrammarFolder(env), env).installed(each.package) === null)
      return []
    const problem = loadProblem(load, each.package)
    return problem === null ? [] : [{ ...each, problem }]
  })
  if (problems.length === 0)
    return [
      fine(
        "parsers",
        `all ${parsers.filter(each => each.builtin).length} built-in languages have their parsers`,
      ),
    ]
  return problems.map(({ name, builtin, problem }) =>
    doubtful(
      "parsers",
      `${name} has no parser (${problem}), so its files are completed from plain tokens`,
      builtin ? "install pilotlight anew with npm" : `run: pilotlight grammars add ${name}`,
    ),
  )
}

/** What keeps a package from being loaded, in a few words; null if nothing does. */
function loadProblem(load: (name: string) => unknown, name: string): string | null {
  try {
    return load(name) === null ? `the package ${name} is missing` : null
  } catch (error) {
    return messageOf(error).split("\n")[0]!
  }
}

/** The folder that indexes are kept in. */
export function cacheDiagnosis(env: Env): Diagnosis {
  const folder = indexCacheFolder(env)
  if (folder === undefined) {
    return env["PILOTLIGHT_CACHE"] === "off"
      ? fine("cache", "no index is kept, as PILOTLIGHT_CACHE=off says")
      : doubtful(
          "cache",
          "there is no home folder to keep indexes in",
          "set HOME, or PILOTLIGHT_CACHE to an absolute path",
        )
  }
  try {
    const nearest = existingAbove(folder)
    accessSync(nearest, constants.W_OK | constants.X_OK)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return fine("cache", `indexes are kept in ${folder}`)
  } catch (error) {
    const cure = `make it writable (chmod u+w ${existingAbove(folder)}), or set PILOTLIGHT_CACHE to another folder`
    return doubtful(
      "cache",
      `${folder} can't be written, so each start reads the project anew: ${messageOf(error)}`,
      cure,
    )
  }
}

function existingAbove(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existingAbove(dirname(path))
}

/** What the system lets one program open and watch. Nothing where it can't be told. */
export function limitDiagnoses(proc = "/proc"): readonly Diagnosis[] {
  const limits = textOf(join(proc, "self/limits"))
  const files = Number(/^Max open files\s+(\d+)/m.exec(limits ?? "")?.[1] ?? Number.NaN)
  const watches = Number(textOf(join(proc, "sys/fs/inotify/max_user_watches")) ?? Number.NaN)
  return [
    ...(files < FEW_FILES
      ? [
          doubtful(
            "limits",
            `a program may open ${files} files`,
            "run: ulimit -n 4096, in the shell that starts the editor",
          ),
        ]
      : []),
    ...(watches < FEW_WATCHES
      ? [
          doubtful(
            "limits",
            `${watches} folders can be watched, so changes in large projects may go unseen`,
            "run: sudo sysctl fs.inotify.max_user_watches=524288",
          ),
        ]
      : []),
  ]
}

/** Whether git is there: `review --since` and the order of use of files ask it. */
export function gitDiagnosis(env: Env, cwd: string): Diagnosis {
  if (findProgram("git", env) === null) {
    return doubtful(
      "git",
      "git is not on your PATH, so what changed since a revision can't be reviewed",
      "install git",
    )
  }
  let folder = cwd
  while (!existsSync(join(folder, ".git"))) {
    if (dirname(folder) === folder) {
      const says = `${cwd} is in no git repository, so what changed can't be told, and its root is guessed`
      return doubtful("git", says, "run: git init, at the top of the project")
    }
    folder = dirname(folder)
  }
  return fine("git", `the project is ${folder}`)
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}
