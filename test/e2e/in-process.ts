import { resolve } from "node:path"
import { PassThrough } from "node:stream"
import type { Log } from "../../server/base/log.ts"
import { createInProcessSorter } from "../../server/embedded/sorter.ts"
import { type Host, type HostOptions, openHost } from "../../server/features/host.ts"
import { type Clock, systemClock } from "../../server/model/clock.ts"
import { serve } from "../../server/protocol/server.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { plainLexicon } from "../../server/syntax/lexer.ts"
import { createNativeParsers } from "../../server/syntax/native-parser.ts"
import { readGrammars } from "../../server/workspace/grammar-folder.ts"
import { packageLoader } from "../../server/workspace/package-loader.ts"
import type { ServerProcess } from "./fake-editor.ts"

const REPOSITORY = resolve(import.meta.dirname, "../..")
const GRAMMARS = resolve(REPOSITORY, "grammars")

/** A host in the test's own process, except for the child that parses; nothing is watched, and answers are not hurried. */
export function openHostHere(log: Log, options: Partial<HostOptions> = {}): Host {
  return openHost(
    {
      grammarFolders: [GRAMMARS],
      childEntry: resolve(REPOSITORY, "dist/parse-child.cjs"),
      tokenEntry: resolve(REPOSITORY, "dist/token-thread.cjs"),
      languages: () => new Languages(readGrammars([GRAMMARS], log)),
      parsers: () => createNativeParsers(packageLoader([GRAMMARS]), log),
      lexiconOf: language => language?.lexicon ?? plainLexicon,
      sorter: createInProcessSorter,
    },
    { log, watch: false, children: 1, budgetMs: Number.POSITIVE_INFINITY, ...options },
  )
}

/** Serves in the test's own process, except for the child that parses. Settles `exited` once everything is gone. */
export function serveInProcess(
  cwd: string,
  home = "/nonexistent",
  options: Partial<HostOptions> = {},
  pageFolder: string | null = null,
  clock: Clock = systemClock(),
): ServerProcess {
  const input = new PassThrough()
  const output = new PassThrough()
  const hosts: Host[] = []
  const served = serve({
    input,
    output,
    version: "0.0.0",
    cwd,
    home,
    pageFolder,
    processId: 1,
    clock,
    openHost: (log, _watch, onModelStatus) => {
      const host = openHostHere(log, { onModelStatus, ...options })
      hosts.push(host)
      return host
    },
  })
  const exited = served.closed.then(async code => {
    await Promise.all(hosts.map(host => host.dispose()))
    return code
  })
  return { input, output, exited }
}
