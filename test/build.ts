import { execFileSync } from "node:child_process"

/** Bundles the program once before any test, because child processes and end-to-end tests run the bundle. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" })
}
