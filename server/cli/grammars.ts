import { createLog } from "../base/log.ts"
import type { Host } from "../features/host.ts"
import { userGrammarFolder } from "../workspace/grammar-folder.ts"
import { GrammarPackages } from "./grammar-packages.ts"
import { type CliIo, ExitCode } from "./io.ts"
import { type CommandSpec, failure, readArguments, usageError } from "./options.ts"

const SPEC: CommandSpec = {
  name: "grammars",
  usage: "[list | add NAME | remove NAME] [--json]",
  about: `Lists the languages and where their parsers stand, or installs or removes the parser of one, with npm and at
the version that works. A language without its parser is still completed, from plain tokens.`,
  flags: { json: { help: "print the list as JSON" } },
  operands: ["ACTION", "NAME"],
  required: 0,
  examples: [
    ["pilotlight grammars", "list the languages"],
    ["pilotlight grammars add ruby", "install the parser for Ruby"],
  ],
}

type Language = ReturnType<Host["languages"]["all"]>[number]

/** `pilotlight grammars`: lists, installs and removes parsers. */
export async function runGrammars(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const [action = "list", name] = read.operands
  if (action !== "list" && action !== "add" && action !== "remove") {
    return usageError(SPEC.name, `there is no action '${action}'; it has list, add, remove`, io)
  }
  const host = io.openHost({
    log: createLog((_level, line) => io.stderr(`${line}\n`), "warn"),
    watch: false,
    children: 1,
  })
  const languages = host.languages.all()
  const packages = new GrammarPackages(userGrammarFolder(io.env), io.env)
  if (action === "list") {
    io.stdout(read.flags.has("json") ? asJson(languages, packages) : asText(languages, packages))
    return ExitCode.ok
  }
  if (name === undefined) return usageError(SPEC.name, `${action} needs the NAME of a language`, io)
  const language = languages.find(each => each.name === name || each.languageIds.includes(name))
  if (language === undefined)
    return failure(SPEC.name, `there is no language '${name}'; 'pilotlight grammars' lists them`, io)
  const problem = await (action === "add" ? add(language, packages) : remove(language, packages))
  if (problem !== null) return failure(SPEC.name, problem, io)
  io.stdout(
    action === "add"
      ? `${language.name} has its parser now; restart the editor's server to use it\n`
      : `the parser of ${language.name} is gone\n`,
  )
  return ExitCode.ok
}

async function add({ name, parser }: Language, packages: GrammarPackages): Promise<string | null> {
  if (parser === null) return `${name} has no parser; it is completed from plain tokens`
  if (parser.builtin) return `the parser of ${name} is built in`
  return packages.add(parser.package, parser.version)
}

async function remove({ name, parser }: Language, packages: GrammarPackages): Promise<string | null> {
  if (parser?.builtin) return `the parser of ${name} is built in`
  if (parser === null || packages.installed(parser.package) === null) return `${name} has no parser installed`
  return packages.remove(parser.package)
}

/** Where the parser of a language stands. */
function stateOf({ parser }: Language, packages: GrammarPackages): string {
  if (parser === null) return "plain tokens"
  if (parser.builtin) return "built in"
  const version = packages.installed(parser.package)
  if (version === null) return "not installed"
  return version === parser.version ? "installed" : `installed at ${version}, ${parser.version} is needed`
}

function asJson(languages: readonly Language[], packages: GrammarPackages): string {
  const rows = languages.map(language => ({
    name: language.name,
    extensions: language.extensions,
    package: language.parser?.package ?? null,
    version: language.parser?.version ?? null,
    state: stateOf(language, packages),
  }))
  return `${JSON.stringify(rows)}\n`
}

function asText(languages: readonly Language[], packages: GrammarPackages): string {
  const width = Math.max(...languages.map(({ name }) => name.length))
  return languages
    .map(language => `${language.name.padEnd(width)}  ${stateOf(language, packages)}\n`)
    .join("")
}
