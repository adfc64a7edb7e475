import { homedir } from "node:os"
import { ClientWorkspace } from "../features/client-workspace.ts"
import type { Completion } from "../features/completion/request.ts"
import type { WhyRecord } from "../features/completion/why-record.ts"
import { uriOfPath } from "../workspace/file-uri.ts"
import type { CliIo } from "./io.ts"
import { type OpenedProject, rootFor, untilIndexed, withProject } from "./opened-project.ts"
import type { PlaceInFile } from "./place.ts"

/** A completion as an editor would get it as ghost text, with words. */
export interface OneCompletion extends Completion {
  readonly milliseconds: number
  readonly uri: string
  /** What happened to it. */
  readonly record: WhyRecord
}

/** How a place is completed. */
interface Manner {
  /** No model is asked, even if one is set. */
  readonly offline: boolean
  /** The project is not read before. */
  readonly now: boolean
}

/** Words that a command shows at most. */
const MOST_WORDS = 10

/** Ms for each answer: nobody is typing, and the first answer of a process takes longer than any later one. */
const PATIENCE_MS = 10_000

/** Completes at a place, once. */
export async function completeOnce(place: PlaceInFile, manner: Manner, io: CliIo): Promise<OneCompletion> {
  const root = rootFor(place.path, homedir())
  const complete = async (opened: OpenedProject): Promise<OneCompletion> => {
    if (!manner.now) await untilIndexed(opened, io)
    return completeIn(opened, place)
  }
  const options = { budgetMs: PATIENCE_MS, ...(manner.offline ? { model: null } : {}) }
  return withProject(root, "error", io, complete, options)
}

async function completeIn({ host, root, log }: OpenedProject, place: PlaceInFile): Promise<OneCompletion> {
  const workspace = new ClientWorkspace({ host, roots: [root], home: homedir(), log, onProject: () => {} })
  // A session's own timers keep no process alive.
  const alive = setInterval(() => {}, PATIENCE_MS)
  const uri = uriOfPath(place.path)
  workspace.open(uri, "", 1, place.text)
  const receivedAt = performance.now()
  const completion = await workspace.completer.complete(
    {
      document: workspace.document(uri)!,
      offset: place.offset,
      surface: "ghost",
      eagerness: "normal",
      invoked: false,
      maxWords: MOST_WORDS,
      holdMs: PATIENCE_MS,
      clientDebounces: true,
      canReplaceAfter: false,
      receivedAt,
    },
    new AbortController().signal,
  )
  const milliseconds = performance.now() - receivedAt
  const record = workspace.completer.records(uri).at(-1)!
  workspace.dispose()
  clearInterval(alive)
  return { ...completion, milliseconds, uri, record }
}
