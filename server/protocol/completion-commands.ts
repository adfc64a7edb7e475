import type { Command } from "./command.ts"

/** What users and clients can ask about suggestions. */
export const COMPLETION_COMMANDS: readonly Command[] = [
  {
    name: "pilotlight.status",
    edits: false,
    run: (_args, { session }) => session.status(),
  },
]
