import type { Session } from "../model/session.ts"
import type { RemoteIndex } from "../workspace/remote/remote-index.ts"
import type { MemoryBudget } from "./memory-budget.ts"
import type { Project } from "./project.ts"

/** Whose state is told. */
interface StatusParts {
  readonly project: Pick<Project, "workspace" | "context" | "firstPass">
  readonly memory: Pick<MemoryBudget, "megabytes">
  readonly remote: Pick<RemoteIndex, "trouble"> | null
  /** Null if no model is set. */
  readonly session: Pick<Session, "status"> | null
}

/** The state of a project in a few sentences for the user: what is known, what is still to come, and what is left out. */
export function projectStatus({ project, memory, remote, session }: StatusParts): string {
  const { files, symbols, unlearnt } = project.workspace.stats()
  const { firstPass } = project
  const { epoch } = project.context.keeper
  const sentences = [
    `Pilotlight knows ${files} files and ${symbols} symbols of this project.`,
    firstPass === null
      ? null
      : `It is still reading: ${firstPass.done} of ${firstPass.total} files are done.`,
    epoch === null
      ? "The project's digest is not made yet."
      : `The project's digest is in epoch ${epoch.number} (${epoch.digest.tokens} tokens).`,
    unlearnt === 0
      ? null
      : `Completions learn nothing from ${unlearnt} files: the memory budget is ${memory.megabytes} MB.`,
    remote === null || remote.trouble === null ? null : `But ${remote.trouble}.`,
    session === null ? null : `Model: ${session.status().detail}.`,
  ]
  return sentences.filter(sentence => sentence !== null).join(" ")
}
