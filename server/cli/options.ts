import { parseArgs } from "node:util"
import { type CliIo, ExitCode } from "./io.ts"

/** A switch of a command: `--name`, or `-s` where it has a short form; with `value`, `--name VALUE`. */
interface FlagSpec {
  readonly help: string
  /** What its value is called in the help; absent if it takes none. */
  readonly value?: string
  readonly short?: string
}

/** One command as its `--help` teaches it; the only place where its arguments are described. */
export interface CommandSpec {
  readonly name: string
  /** What stands after the command's name, such as `[DIR] [--json]`. */
  readonly usage: string
  /** A few lines: what it does and what it prints. */
  readonly about: string
  readonly flags: Readonly<Record<string, FlagSpec>>
  /** Names of the plain arguments; those after `required` of them may be left out, a last one with `...` may be repeated. */
  readonly operands: readonly string[]
  readonly required: number
  /** What exit statuses mean, where it is not what they usually do. */
  readonly exitStatus?: string
  /** Commands that can be typed as they stand, each with what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[]
}

/** The arguments of one run. */
export interface CommandArguments {
  /** Options that were given, with or without a value. */
  readonly flags: ReadonlySet<string>
  /** Values of those that take one; the last counts. */
  readonly values: ReadonlyMap<string, string>
  readonly operands: readonly string[]
}

/**
 * Reads the arguments of a command. Where there is nothing to run it has printed why, and gives the exit code:
 * `--help` goes to stdout (0), a mistake is one sentence on stderr (2). Never throws.
 */
export function readArguments(
  spec: CommandSpec,
  args: readonly string[],
  io: CliIo,
): CommandArguments | number {
  const flagOptions = Object.entries(spec.flags).map(([name, { short, value }]) => {
    const type = value === undefined ? ("boolean" as const) : ("string" as const)
    return [name, short ? { type, short } : { type }] as const
  })
  const { tokens } = parseArgs({
    args: [...args],
    options: { help: { type: "boolean", short: "h" }, ...Object.fromEntries(flagOptions) },
    strict: false,
    tokens: true,
  })
  const flags = new Set(tokens.flatMap(token => (token.kind === "option" ? [token.name] : [])))
  if (flags.has("help")) {
    io.stdout(helpText(spec))
    return ExitCode.ok
  }
  const operands = tokens.flatMap(token => (token.kind === "positional" ? [token.value] : []))
  const given = tokens.flatMap(token => (token.kind === "option" ? [token] : []))
  const mistake =
    flagMistake(spec, flags) ??
    given
      .map(({ name, rawName, value }) => valueMistake(spec.flags[name]!, rawName, value))
      .find(each => each !== null) ??
    operandMistake(spec, operands)
  if (mistake !== null) return usageError(spec.name, mistake, io)
  const values = new Map(
    given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
  )
  return { flags, values, operands }
}

/** Prints one sentence about a wrong argument and where to learn more; gives exit code 2. */
export function usageError(command: string, sentence: string, io: CliIo): number {
  io.stderr(`pilotlight ${command}: ${sentence} (see: pilotlight ${command} --help)\n`)
  return ExitCode.usage
}

/** Prints one sentence about what went wrong while running; gives exit code 1. */
export function failure(command: string, sentence: string, io: CliIo): number {
  io.stderr(`pilotlight ${command}: ${sentence}\n`)
  return ExitCode.failed
}

function flagMistake(spec: CommandSpec, flags: ReadonlySet<string>): string | null {
  const unknown = [...flags].find(flag => !Object.hasOwn(spec.flags, flag))
  if (unknown === undefined) return null
  const shown = unknown.length === 1 ? `-${unknown}` : `--${unknown}`
  const known = [...Object.keys(spec.flags), "help"].map(flag => `--${flag}`)
  return `unknown option ${shown}; it has ${known.join(", ")}`
}

function valueMistake(flag: FlagSpec, rawName: string, value: string | undefined): string | null {
  if (flag.value === undefined) return value === undefined ? null : `option ${rawName} takes no value`
  return value === undefined ? `option ${rawName} needs a value: ${flag.value}` : null
}

function operandMistake(spec: CommandSpec, operands: readonly string[]): string | null {
  const isOpen = spec.operands.at(-1)?.endsWith("...") === true
  const extra = isOpen ? undefined : operands[spec.operands.length]
  if (extra !== undefined) return `unexpected argument '${extra}'`
  const missing = spec.operands[operands.length]
  return operands.length < spec.required ? `${missing} is missing` : null
}

function helpText(spec: CommandSpec): string {
  const all: CommandSpec["flags"] = { ...spec.flags, help: { help: "show this text", short: "h" } }
  const rows = Object.entries(all).map(([name, { help, short, value }]) => [
    `${short ? `-${short}, ` : "    "}--${name}${value === undefined ? "" : ` ${value}`}`,
    help,
  ])
  const sections = [
    `usage: pilotlight ${spec.name} ${spec.usage}`,
    spec.about,
    `options:\n${columns(rows)}`,
    `examples:\n${columns(spec.examples)}`,
    `exit status: ${spec.exitStatus ?? "0 done, 1 failed, 2 wrong arguments"}`,
  ]
  return `${sections.join("\n\n")}\n`
}

/** Two aligned columns, indented by two. */
function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left]) => left!.length))
  return rows.map(([left, right]) => `  ${left!.padEnd(width)}  ${right}`).join("\n")
}
