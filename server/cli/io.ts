import type { Readable } from "node:stream"
import type { Host, HostOptions } from "../features/host.ts"
import type { InstalledProgram } from "./setup/editor-setup.ts"

/** How a command ended, as the shell sees it. */
export const ExitCode = { ok: 0, failed: 1, usage: 2 } as const

/** What a command reads keys from: a stream that may be a terminal. */
type KeyInput = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown }

/** Everything a command knows of the world around it; tests pass their own. */
export interface CliIo {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly stdoutIsTerminal: boolean
  readonly stderrIsTerminal: boolean
  readonly stdin: KeyInput
  /** Size of the terminal in character cells; 80 x 24 where there is none. */
  readonly size: () => { readonly columns: number; readonly rows: number }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute path that relative arguments start from. */
  readonly cwd: string
  /** Calls `restore` when the process is told to leave from outside; the result takes that back. */
  readonly onLeave: (restore: () => void) => () => void
  readonly openHost: (options: HostOptions) => Host
  readonly installed: InstalledProgram
}

/** The world of the running process. */
export function processIo(openHost: CliIo["openHost"], installed: InstalledProgram): CliIo {
  // Whoever read the output has had enough of it.
  process.stdout.on("error", () => process.exit(ExitCode.failed))
  return {
    stdout: text => void process.stdout.write(text),
    stderr: text => void process.stderr.write(text),
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    stdin: process.stdin,
    size: () => ({ columns: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24 }),
    env: process.env,
    cwd: process.cwd(),
    onLeave,
    openHost,
    installed,
  }
}

function onLeave(restore: () => void): () => void {
  const leave = (): void => {
    restore()
    process.exit(ExitCode.failed)
  }
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const
  for (const signal of signals) process.on(signal, leave)
  process.on("exit", restore)
  return () => {
    for (const signal of signals) process.off(signal, leave)
    process.off("exit", restore)
  }
}
