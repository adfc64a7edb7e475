import { PassThrough } from "node:stream"
import type { CliIo } from "../../server/cli/io.ts"

/**
 * A world without terminal, input, environment and project for a command under test, but for what `given` says; all that
 * it writes goes to `print`.
 */
export function testIo(print: (text: string) => void, given: Partial<CliIo> = {}): CliIo {
  return {
    stdout: print,
    stderr: print,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    stdin: new PassThrough(),
    size: () => ({ columns: 80, rows: 24 }),
    env: {},
    cwd: "/",
    onLeave: () => () => {},
    installed: { node: process.version, command: [], clients: "", grammars: "" },
    openHost: () => {
      throw new Error("this command needs no project")
    },
    ...given,
  }
}
