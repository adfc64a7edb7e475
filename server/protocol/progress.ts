import type { Project } from "../features/project.ts"
import type { ClientLink } from "./client-link.ts"

/** Milliseconds after which a client that did not create the progress gets none. */
const ANSWER_MS = 2000

/**
 * Shows the indexing of one project as work-done progress until it is done or `signal` aborts. A client that refuses or
 * does not answer gets none. Never rejects.
 */
export async function reportIndexing(
  project: Project,
  token: string,
  link: ClientLink,
  signal: AbortSignal,
): Promise<void> {
  const answer = await link.ask("window/workDoneProgress/create", { token }, ANSWER_MS)
  if (answer === null || signal.aborted) return
  const send = (value: object): void => link.notify("$/progress", { token, value })
  send({ kind: "begin", title: "Pilotlight: indexing", cancellable: false, percentage: 0 })
  let shown = 0
  const unsubscribe = project.onProgress(({ done, total }) => {
    // Files are still being found while others are read: the share may fall, what is shown may not.
    const percentage = total === 0 ? 0 : Math.floor((100 * done) / total)
    if (percentage <= shown) return
    shown = percentage
    send({ kind: "report", message: `${done}/${total} files`, percentage })
  })
  const end = (): void => {
    unsubscribe()
    signal.removeEventListener("abort", end)
    const { files, symbols } = project.workspace.stats()
    send({ kind: "end", message: `${files} files, ${symbols} symbols` })
  }
  signal.addEventListener("abort", end, { once: true })
  await project.indexed
  if (!signal.aborted) end()
}
