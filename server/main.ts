#!/usr/bin/env node
import { unwatchFile, watchFile } from "node:fs"
import { connect } from "node:net"
import { availableParallelism, homedir } from "node:os"
import { resolve as absolute, dirname, isAbsolute, join } from "node:path"
import type { Readable, Writable } from "node:stream"
import { parseArgs } from "node:util"
import manifest from "../package.json" with { type: "json" }
import { messageOf } from "./base/errors.ts"
import type { CliIo } from "./cli/io.ts"
import { readUserModel } from "./cli/user-model.ts"
import { readUserSettings } from "./cli/user-settings.ts"
import { createThreadSorter } from "./embedded/sorter.ts"
import { type Host, type HostOptions, openHost } from "./features/host.ts"
import { systemClock } from "./model/clock.ts"
import { serve } from "./protocol/server.ts"
import { Languages } from "./syntax/languages.ts"
import { plainLexicon } from "./syntax/lexer.ts"
import { createNativeParsers } from "./syntax/native-parser.ts"
import { readGrammars, userGrammarFolder } from "./workspace/grammar-folder.ts"
import { packageLoader } from "./workspace/package-loader.ts"
import { indexCacheFolder } from "./workspace/shard-cache/index-cache-folder.ts"
import { defaultChildren } from "./workspace/workspace.ts"

type Command = (args: readonly string[], io: CliIo) => Promise<number>

/** Subcommands, each loaded when it is called: an editor that starts the server pays for none of them. */
const COMMANDS = new Map<string, { readonly about: string; readonly load: () => Promise<Command> }>([
  [
    "try",
    {
      about: "show completions of a project's own code",
      load: async () => (await import("./cli/try.ts")).runTry,
    },
  ],
  [
    "complete",
    {
      about: "show what would be suggested at FILE:LINE:COL",
      load: async () => (await import("./cli/complete.ts")).runComplete,
    },
  ],
  [
    "why",
    {
      about: "complete at FILE:LINE:COL and show how that went",
      load: async () => (await import("./cli/why.ts")).runWhy,
    },
  ],
  [
    "review",
    {
      about: "say what rules and the model find in what changed, or in files",
      load: async () => (await import("./cli/review.ts")).runReview,
    },
  ],
  [
    "context",
    {
      about: "show what a model would be told at FILE:LINE:COL",
      load: async () => (await import("./cli/context.ts")).runContext,
    },
  ],
  [
    "index",
    {
      about: "read a project and print what is in it",
      load: async () => (await import("./cli/index-command.ts")).runIndex,
    },
  ],
  [
    "ask",
    {
      about: "ask a model, to see whether and how fast it answers",
      load: async () => (await import("./cli/ask.ts")).runAsk,
    },
  ],
  [
    "doctor",
    {
      about: "say what keeps suggestions away, and what to do",
      load: async () => (await import("./cli/doctor.ts")).runDoctor,
    },
  ],
  [
    "setup",
    {
      about: "have your editors start the server",
      load: async () => (await import("./cli/setup.ts")).runSetup,
    },
  ],
  [
    "grammars",
    {
      about: "list the languages, install or remove the parser of one",
      load: async () => (await import("./cli/grammars.ts")).runGrammars,
    },
  ],
])

/** The program is bundled into one CommonJS file in a folder beside the others. */
const INSTALLED = {
  node: process.version,
  command: [process.execPath, __filename],
  clients: join(__dirname, "..", "clients"),
  grammars: join(__dirname, "..", "grammars"),
}

/** Milliseconds that closing may take once the client has left; the connection's own end comes before. */
const LEAVE_MS = 30

/** Milliseconds after which a change of the user's own settings is seen at the latest. */
const SETTINGS_MS = 1000

const EXIT_USAGE = 2

interface Streams {
  readonly input: Readable
  readonly output: Writable
}

async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args
  const command = COMMANDS.get(first ?? "")
  if (command !== undefined) {
    const { processIo } = await import("./cli/io.ts")
    return (await command.load())(rest, processIo(openHere, INSTALLED))
  }
  const transport = readTransport(args)
  return typeof transport === "number" ? transport : serveOver(await transport())
}

/** A host over the files installed beside this program, with the user's own settings. */
function openHere(options: HostOptions): Host {
  // The program is bundled into one CommonJS file in a folder beside the grammars.
  const env = userEnvironment()
  const user = readUserSettings(env)
  const { memoryBudgetMB, privacy, remoteIndex } = user
  for (const complaint of user.complaints) options.log.warn(complaint)
  const model = modelOf(user, options)
  const grammarFolders = [INSTALLED.grammars, absolute(userGrammarFolder(env))]
  return openHost(
    {
      grammarFolders,
      childEntry: join(__dirname, "parse-child.cjs"),
      cacheFolder: indexCacheFolder(env),
      languages: () => new Languages(readGrammars(grammarFolders, options.log)),
      parsers: () => createNativeParsers(packageLoader(grammarFolders), options.log),
      lexiconOf: language => language?.lexicon ?? plainLexicon,
      tokenEntry: join(__dirname, "token-thread.cjs"),
      sorter: log => createThreadSorter(join(__dirname, "sort-thread.cjs"), log),
    },
    { memoryBudgetMB, privacy, remoteIndex, model, ...options },
  )
}

/** The model that a user's settings name; null, with a word to the user, where they can't be used. */
function modelOf(
  user: ReturnType<typeof readUserSettings>,
  { onModelStatus }: Pick<HostOptions, "onModelStatus">,
): ReturnType<typeof readUserModel>["settings"] {
  const { settings, complaints } = readUserModel(user, userEnvironment())
  if (complaints.length > 0) {
    onModelStatus?.({ state: "refused", transport: "http", detail: complaints.join("; ") })
  }
  return settings
}

/** Has a host go by the model that the user's settings name, whenever they change; until the function given back is called. */
function followModel(host: Host, options: Pick<HostOptions, "onModelStatus">): () => void {
  const { path } = readUserSettings(userEnvironment())
  const changed = (): void => host.useModel(modelOf(readUserSettings(userEnvironment()), options))
  watchFile(path, { interval: SETTINGS_MS, persistent: false }, changed)
  return () => unwatchFile(path, changed)
}

/** The environment, with a home folder in any case. */
function userEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, HOME: folderFrom(homedir) }
}

/** Beside the kept indexes, so that one setting moves or forbids both. */
function pageFolder(): string | null {
  const indexes = indexCacheFolder(userEnvironment())
  return indexes === undefined ? null : join(dirname(indexes), "pages")
}

/** How to reach the editor, or the exit code where the arguments say otherwise. */
function readTransport(args: readonly string[]): (() => Promise<Streams>) | number {
  const options = {
    stdio: { type: "boolean" },
    socket: { type: "string" },
    pipe: { type: "string" },
    // Added by some clients; the end of the input tells the same.
    clientProcessId: { type: "string" },
    help: { type: "boolean", short: "h" },
    version: { type: "boolean", short: "v" },
  } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    if (values.help === true) return print(helpText())
    if (values.version === true) return print(`${manifest.version}\n`)
    if (values.pipe !== undefined) return connected({ path: values.pipe })
    if (values.socket !== undefined) return connected({ port: portOf(values.socket), host: "127.0.0.1" })
    return async () => standardStreams()
  } catch (error) {
    process.stderr.write(`pilotlight: ${messageOf(error)} (see: pilotlight --help)\n`)
    return EXIT_USAGE
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`no port: ${text}`)
  return port
}

/** By LSP's convention the editor listens, and the server connects to it. */
function connected(address: { path: string } | { port: number; host: string }): () => Promise<Streams> {
  return () =>
    new Promise((resolve, reject) => {
      // An editor that closes its end after its last request is still answered.
      const open = { ...address, allowHalfOpen: true }
      const socket = connect(open, () => resolve({ input: socket, output: socket }))
      socket.once("error", reject)
    })
}

/** The absolute path of a folder that the system names; the top of the disk, which is never indexed, where it can't. */
function folderFrom(read: () => string): string {
  try {
    const folder = read()
    return isAbsolute(folder) ? folder : absolute("/")
  } catch {
    return absolute("/")
  }
}

/** Takes stdout for LSP alone: whatever else is written there goes to stderr. */
function standardStreams(): Streams {
  const output = process.stdout
  Object.defineProperty(process, "stdout", { value: process.stderr })
  return { input: process.stdin, output }
}

async function serveOver(streams: Streams): Promise<never> {
  // Nobody may be listening there any more, which is no reason to stop.
  process.stderr.on("error", () => {})
  const hosts: Host[] = []
  const ends: (() => void)[] = []
  const served = serve({
    ...streams,
    version: manifest.version,
    cwd: folderFrom(process.cwd),
    home: folderFrom(homedir),
    pageFolder: pageFolder(),
    processId: process.pid,
    clock: systemClock(),
    openHost: (log, watch, onModelStatus) => {
      const children = defaultChildren(availableParallelism())
      const host = openHere({ log, watch, onModelStatus, children })
      hosts.push(host)
      ends.push(followModel(host, { onModelStatus }))
      return host
    },
  })
  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) process.on(signal, () => served.leave())
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => process.stderr.write(`pilotlight: bug: ${describe(error)}\n`))
  }
  const code = await served.closed
  for (const end of ends) end()
  // Child processes end by themselves when their parent is gone, so the rest is a courtesy.
  const gone = Promise.all(hosts.map(host => host.dispose()))
  await Promise.race([gone, new Promise(resolve => setTimeout(resolve, LEAVE_MS))])
  process.exit(code)
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function helpText(): string {
  const commands = [...COMMANDS].map(([name, { about }]) => `  ${name.padEnd(10)} ${about}\n`).join("")
  return `pilotlight ${manifest.version}: completes code from your own project, in any editor

usage: pilotlight [--stdio]         serve an editor over stdin and stdout
       pilotlight --socket PORT     connect to an editor that listens on a port of this machine
       pilotlight --pipe NAME       connect to an editor that listens on a socket file or named pipe
       pilotlight COMMAND ...       run a command, each has its own --help
       pilotlight --version

commands:
${commands}`
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`pilotlight: ${messageOf(error)}\n`)
    process.exitCode = 1
  },
)
