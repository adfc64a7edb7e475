import { type CliIo, ExitCode } from "./io.ts"
import { existingFolder, type OpenedProject, untilIndexed, withProject } from "./opened-project.ts"
import { type CommandSpec, failure, readArguments } from "./options.ts"

const SPEC: CommandSpec = {
  name: "index",
  usage: "[DIR] [--no-cache] [--json]",
  about: `Reads a project the way the server does and prints what it found: files, lines, symbols, seconds, megabytes in
memory and on disk, and how much was known from the last time. Honours .gitignore, .ignore and .pilotlightignore.
DIR is this folder if left out. The index is kept in your cache folder for the next start
(PILOTLIGHT_CACHE=DIR: there; PILOTLIGHT_CACHE=off: nowhere).`,
  flags: {
    "no-cache": { help: "read everything anew and keep nothing" },
    json: { help: "print one JSON object" },
  },
  operands: ["DIR"],
  required: 0,
  examples: [
    ["pilotlight index", "index this folder"],
    ["pilotlight index ../other --json", "for a script"],
  ],
}

const MEGABYTE = 1e6

/** `pilotlight index`: reads a project once and prints what is in it. */
export async function runIndex(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const folder = read.operands[0] ?? "."
  const root = existingFolder(folder, io)
  if (root === null) return failure(SPEC.name, `there is no folder ${folder}`, io)
  const use = async (opened: OpenedProject): Promise<number> => {
    await untilIndexed(opened, io)
    await opened.project.workspace.saved()
    const found = foundIn(opened)
    io.stdout(read.flags.has("json") ? `${JSON.stringify(found)}\n` : asText(found))
    return ExitCode.ok
  }
  return withProject(root, "warn", io, use, { keepsIndex: !read.flags.has("no-cache") })
}

/** What is in a project, and what knowing it takes. */
interface Found {
  /** Absolute. */
  readonly folder: string
  readonly files: number
  readonly lines: number
  readonly symbols: number
  /** Until all files were parsed; what was kept from an earlier run is not parsed again. */
  readonly seconds: number
  /** Of the files on disk. */
  readonly bytes: number
  /** Of memory, about: for the index, and for what completions learnt. */
  readonly indexBytes: number
  readonly engineBytes: number
  /** Of the whole program's main process. */
  readonly processBytes: number
  /** On disk, for the next start; 0 if nothing is kept. */
  readonly cacheBytes: number
  /** Files that were known from an earlier run. */
  readonly fromCache: number
  /** Files that completions learn nothing from, because there is no memory for it. */
  readonly notLearnt: number
}

function foundIn({ root, project }: OpenedProject): Found {
  const stats = project.workspace.stats()
  const { files, lines, symbols, seconds, bytes, memoryBytes, keptBytes, restored, unlearnt } = stats
  return {
    folder: root,
    files,
    lines,
    symbols,
    seconds,
    bytes,
    indexBytes: memoryBytes,
    engineBytes: project.engine.stats().bytes,
    processBytes: process.memoryUsage().rss,
    cacheBytes: keptBytes,
    fromCache: restored,
    notLearnt: unlearnt,
  }
}

function asText(found: Found): string {
  const { folder, files, lines, symbols, seconds, fromCache, notLearnt } = found
  const count = (value: number): string => value.toLocaleString("en-US")
  const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`
  const memory = `index ${megabytes(found.indexBytes)}, completions ${megabytes(found.engineBytes)}`
  const rows = [
    ["files", count(files)],
    ["lines", count(lines)],
    ["symbols", count(symbols)],
    ["source", megabytes(found.bytes)],
    ["memory", `${memory}, whole process ${megabytes(found.processBytes)}`],
    ["cache", found.cacheBytes === 0 ? "nothing kept" : `${megabytes(found.cacheBytes)} on disk`],
    ["time", `${seconds.toFixed(2)} s, ${count(fromCache)} files known from the last time`],
    ...(notLearnt === 0 ? [] : [["left out", `${count(notLearnt)} files, by completions: memory budget`]]),
  ]
  return `${folder}\n${rows.map(([name, value]) => `  ${name!.padEnd(8)} ${value}\n`).join("")}`
}
