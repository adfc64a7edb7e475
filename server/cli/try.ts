import { homedir } from "node:os"
import { type CliIo, ExitCode } from "./io.ts"
import {
  existingFile,
  existingFolder,
  type OpenedProject,
  rootFor,
  untilIndexed,
  withProject,
} from "./opened-project.ts"
import { type CommandSpec, failure, readArguments } from "./options.ts"
import { type SamplePlace, sampleFiles, samplePlaces } from "./sample-places.ts"
import { runPlayground } from "./try-playground.ts"
import { playScript } from "./try-script.ts"

const SPEC: CommandSpec = {
  name: "try",
  usage: "[DIR|FILE] [--plain]",
  about: `Shows completions of a project's own code, with their source and latency. DIR is this folder if left out.
On a terminal it opens a file to play in: ghost text appears as you type, tab accepts it. Nothing is saved.
Anywhere else, or with --plain, it asks at places in the project's own files and prints what came.`,
  flags: { plain: { help: "print text even on a terminal" } },
  operands: ["DIR|FILE"],
  required: 0,
  examples: [
    ["pilotlight try", "play with this project"],
    ["pilotlight try src/app.ts", "play with one file"],
    ["pilotlight try --plain | less", "read what it would suggest"],
  ],
}

/** Files that a session draws its places from. */
const MOST_FILES = 40
const PLACES_PER_FILE = 8

/** `pilotlight try`: completions of a project's own code, to play with or to read. */
export async function runTry(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const operand = read.operands[0] ?? "."
  const file = existingFile(operand, io)
  const root = file === null ? existingFolder(operand, io) : rootFor(file, homedir())
  if (root === null) return failure(SPEC.name, `there is no file or folder ${operand}`, io)
  const interactive = io.stdoutIsTerminal && io.stdin.isTTY === true && !read.flags.has("plain")
  return withProject(root, "error", io, async opened => {
    const files = file === null ? await sampleFiles(opened, MOST_FILES) : [file]
    const places = files.flatMap(path => samplePlaces(path, PLACES_PER_FILE))
    if (places.length === 0) return failure(SPEC.name, `${operand} holds no code that is known here`, io)
    if (interactive) await runPlayground(opened, places, io)
    else await play(opened, places, io)
    return ExitCode.ok
  })
}

async function play(opened: OpenedProject, places: readonly SamplePlace[], io: CliIo): Promise<void> {
  await untilIndexed(opened, io)
  playScript(opened, places, io)
}
