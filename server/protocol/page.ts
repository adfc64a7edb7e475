import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { messageOf } from "../base/errors.ts"
import { uriOfPath } from "../workspace/file-uri.ts"
import type { MethodContext } from "./method-context.ts"
import { showDocument, tellUser } from "./show-document.ts"

/** Something to read, too long for a message. */
interface Page {
  /** What it is about, for the name of its file: a page of this connection about the same is written over. */
  readonly topic: string
  readonly markdown: string
  /** What is told where no page can be shown; one sentence. */
  readonly summary: string
}

/** How the names of all pages end. */
export const PAGE_END = ".md"

/** Has the editor open a page, or tells its summary where the editor or the disk lets no page be shown. Never rejects. */
export async function showPage(page: Page, { session, link, log }: MethodContext): Promise<void> {
  const path = session.profile.showDocument ? session.pagePath(page.topic) : null
  const problem = path === null ? null : write(path, page.markdown)
  if (problem !== null) log.warn(`${path} can't be written: ${problem}`)
  const isShown = path !== null && problem === null && (await showDocument(link, uriOfPath(path)))
  if (!isShown) tellUser(link, page.summary)
}

/** Pages written longer ago than this, in ms, are removed when another one is written. */
const KEPT_MS = 24 * 60 * 60 * 1000

/** Writes for the user's eyes alone; what went wrong, or null. */
function write(path: string, text: string): string | null {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    removeOldPages(dirname(path), Date.now() - KEPT_MS)
    writeFileSync(path, text, { mode: 0o600 })
    return null
  } catch (error) {
    return messageOf(error)
  }
}

function removeOldPages(folder: string, before: number): void {
  const pages = readdirSync(folder).filter(name => name.endsWith(PAGE_END))
  for (const path of pages.map(name => join(folder, name))) {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats !== undefined && stats.mtimeMs < before) rmSync(path, { force: true })
  }
}
