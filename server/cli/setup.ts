import { createInterface } from "node:readline/promises"
import { diffLines } from "diff"
import { type CliIo, ExitCode } from "./io.ts"
import { type CommandSpec, failure, readArguments, usageError } from "./options.ts"
import { findProgram } from "./programs.ts"
import type { EditorSetup, PlannedFile, SetupPlan, SetupWorld } from "./setup/editor-setup.ts"
import { WrittenFiles } from "./setup/written-files.ts"
import { EDITORS, lookAround } from "./setup-world.ts"
import { userConfigFolder } from "./user-settings.ts"

const NAMES = EDITORS.map(({ name }) => name).join(", ")

const SPEC: CommandSpec = {
  name: "setup",
  usage: "[EDITOR] [--print | --yes | --undo]",
  about: `Has your editors start Pilotlight beside the servers they run already. Shows what it would write, for the editors it
finds and the languages of the project it runs in, and asks before it writes. What was there before is kept, and --undo
puts it back. EDITOR is one of ${NAMES}; for others see the folder clients.`,
  flags: {
    print: { help: "show what would be written, and write nothing" },
    yes: { help: "write without asking", short: "y" },
    undo: { help: "put back what was there before" },
  },
  operands: ["EDITOR"],
  required: 0,
  examples: [
    ["pilotlight setup", "set up every editor that is installed"],
    ["pilotlight setup helix --print", "show what Helix would need"],
    ["pilotlight setup --undo neovim", "take it away again"],
  ],
}

/** `pilotlight setup`: writes the configuration of editors. */
export async function runSetup(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const [name] = read.operands
  const named = EDITORS.filter(editor => name === undefined || editor.name === name)
  if (named.length === 0) return usageError(SPEC.name, `there is no editor '${name}'; it knows ${NAMES}`, io)
  const written = new WrittenFiles(userConfigFolder(io.env))
  if (read.flags.has("undo")) return undo(named, name !== undefined, written, io)
  const found = named.flatMap(editor => {
    const program = editor.programs.map(each => findProgram(each, io.env)).find(each => each !== null)
    return program === undefined ? [] : [{ editor, program }]
  })
  if (found.length === 0) {
    const sought = named.flatMap(({ programs }) => programs).join(", ")
    return failure(SPEC.name, `none of ${sought} is on your PATH`, io)
  }
  const world = await lookAround(io)
  const consent = read.flags.has("print") ? "never" : read.flags.has("yes") ? "always" : "ask"
  let code: number = ExitCode.ok
  for (const { editor, program } of found) {
    const plan = editor.plan(program, world)
    if (typeof plan === "string") code = failure(SPEC.name, plan, io)
    else if (!(await carryOut(editor, plan, consent, written, world, io))) code = ExitCode.failed
  }
  return code
}

/** Shows a plan and writes it if the user wants so; false if it could not be written. */
async function carryOut(
  { name, title }: EditorSetup,
  plan: SetupPlan,
  consent: "never" | "always" | "ask",
  written: WrittenFiles,
  world: SetupWorld,
  io: CliIo,
): Promise<boolean> {
  if (plan.files.length === 0) {
    io.stdout(`${title} is set up already\n`)
    return true
  }
  for (const file of plan.files) io.stdout(changeText(title, file, world))
  if (consent === "never") return true
  if (consent === "ask" && !(await agrees(`Write this for ${title}? [y/N] `, io))) {
    io.stdout("nothing was written; --yes writes without asking\n")
    return true
  }
  for (const file of plan.files) {
    const problem = written.write(name, file)
    if (problem !== null) {
      failure(SPEC.name, problem, io)
      return false
    }
    io.stdout(`wrote ${file.path}\n`)
  }
  for (const note of plan.notes) io.stdout(`${note}\n`)
  return true
}

/** What becomes of a file: each line that goes or comes. */
function changeText(title: string, { path, after }: PlannedFile, { read }: SetupWorld): string {
  const before = read(path)
  const lines = diffLines(before ?? "", after).flatMap(({ added, removed, value }) => {
    const sign = added ? "+" : removed ? "-" : null
    return sign === null
      ? []
      : value
          .replace(/\n$/, "")
          .split("\n")
          .map(line => `  ${sign} ${line}`)
  })
  return `${title}: ${before === null ? "a new file" : "changes in"} ${path}\n${lines.join("\n")}\n`
}

async function agrees(question: string, io: CliIo): Promise<boolean> {
  io.stdout(question)
  const lines = createInterface({ input: io.stdin })
  for await (const line of lines) {
    lines.close()
    return /^y(?:es)?$/i.test(line.trim())
  }
  io.stdout("\n")
  return false
}

function undo(editors: readonly EditorSetup[], named: boolean, written: WrittenFiles, io: CliIo): number {
  const results = editors.flatMap(({ name }) => written.undo(name))
  if (results.length === 0) {
    return failure(SPEC.name, `${named ? editors[0]!.title : "no editor"} was set up by this program`, io)
  }
  for (const { done, says } of results) (done ? io.stdout : io.stderr)(`${says}\n`)
  return results.every(({ done }) => done) ? ExitCode.ok : ExitCode.failed
}
