import { type CliIo, ExitCode } from "./io.ts"
import { existingFolder, type OpenedProject, untilIndexed, withProject } from "./opened-project.ts"
import { type CommandSpec, failure, readArguments } from "./options.ts"

const SPEC: CommandSpec = {
  name: "index",
  usage: "[DIR] [--json]",
  about: `Reads a project the way the server does and prints what it found: files, lines, symbols, seconds and
megabytes. Honours .gitignore, .ignore and .pilotlightignore. DIR is this folder if left out.
The index is kept in your cache folder for the next start (PILOTLIGHT_CACHE=off: nowhere).`,
  flags: { json: { help: "print one JSON object" } },
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
  return withProject(root, "warn", io, async opened => {
    await untilIndexed(opened, io)
    await opened.project.workspace.saved()
    io.stdout(read.flags.has("json") ? asJson(opened) : asText(opened))
    return ExitCode.ok
  })
}

function asJson({ root, project }: OpenedProject): string {
  const { files, lines, symbols, bytes, seconds } = project.workspace.stats()
  const { bytes: engineBytes } = project.engine.stats()
  return `${JSON.stringify({ folder: root, files, lines, symbols, seconds, bytes, engineBytes })}\n`
}

function asText({ root, project }: OpenedProject): string {
  const { files, lines, symbols, bytes, seconds } = project.workspace.stats()
  const count = (value: number): string => value.toLocaleString("en-US")
  const rows = [
    ["files", count(files)],
    ["lines", count(lines)],
    ["symbols", count(symbols)],
    ["source", `${(bytes / MEGABYTE).toFixed(1)} MB`],
    ["engine", `${(project.engine.stats().bytes / MEGABYTE).toFixed(1)} MB in memory`],
    ["time", `${seconds.toFixed(2)} s`],
  ]
  return `${root}\n${rows.map(([name, value]) => `  ${name!.padEnd(8)} ${value}\n`).join("")}`
}
