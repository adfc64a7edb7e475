import type { MethodContext } from "./method-context.ts"

/** Something that `workspace/executeCommand` runs. */
export interface Command {
  /** With our prefix. */
  readonly name: string
  /** Whether it changes documents: kept from clients that let no server do so. */
  readonly edits: boolean
  /**
   * Runs it and gives the answer for the client, at once: Emacs waits for it without showing anything. `args` are what the
   * client sent, of any shape. Throws RequestError where they can't be used.
   */
  readonly run: (args: readonly unknown[], context: MethodContext) => unknown
}
