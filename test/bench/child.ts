import { fork } from "node:child_process"

/** Runs something of the bench's own bundle in a fresh process and gives the one message it sends. */
export function runChild(
  name: string,
  execArgv: readonly string[] = [],
  args: readonly string[] = [],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1]!, [name, ...args], { execArgv: [...execArgv] })
    child.once("message", resolve)
    child.once("error", reject)
    child.once("exit", code => reject(new Error(`${name} ended with ${code} and no figures`)))
  })
}

/** Sends the one message of a process started by `runChild`, and lets it end. */
export function sendToParent(figures: object): void {
  process.send?.(figures, undefined, undefined, () => process.disconnect?.())
}
