import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { resolve } from "node:path"
import type { Readable, Writable } from "node:stream"
import type { ServerProcess } from "./fake-editor.ts"

/** Path of the bundled program. */
export const PROGRAM: string = resolve(import.meta.dirname, "../../dist/pilotlight.cjs")

/** A server in a process of its own. */
interface SpawnedServer extends ServerProcess {
  readonly child: ChildProcess
  /** Everything written to stderr so far. */
  readonly stderr: () => string
}

/** Starts the bundled program with `--stdio` in `cwd`. */
export function spawnServer(cwd: string, env: NodeJS.ProcessEnv = {}): SpawnedServer {
  const child = spawn(process.execPath, [PROGRAM, "--stdio"], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  })
  let written = ""
  child.stderr.on("data", chunk => {
    written += String(chunk)
  })
  return {
    child,
    input: child.stdin as Writable,
    output: child.stdout as Readable,
    exited: new Promise(settle => child.once("close", code => settle(code))),
    stderr: () => written,
  }
}

/** Runs the bundled program with other arguments in `cwd` until it ends; gives the exit code and what it printed. */
export function runProgram(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  })
  return { code: status, out: stdout, err: stderr }
}
