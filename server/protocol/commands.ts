import { ACTION_COMMANDS } from "./action-commands.ts"
import type { Command } from "./command.ts"
import { COMPLETION_COMMANDS } from "./completion-commands.ts"
import { FINDING_COMMANDS } from "./finding-commands.ts"
import { READING_COMMANDS } from "./reading-commands.ts"

/** Every command the server knows. */
const COMMANDS: readonly Command[] = [
  ...COMPLETION_COMMANDS,
  ...ACTION_COMMANDS,
  ...FINDING_COMMANDS,
  ...READING_COMMANDS,
]

const BY_NAME: ReadonlyMap<unknown, Command> = new Map(COMMANDS.map(command => [command.name, command]))

/** The command of a name; null if it is not one of ours. */
export function commandNamed(name: unknown): Command | null {
  return BY_NAME.get(name) ?? null
}

/** The names to announce; those that edit only where the client lets a server edit. */
export function commandNames(canEdit: boolean): readonly string[] {
  return COMMANDS.flatMap(({ name, edits }) => (edits && !canEdit ? [] : [name]))
}
