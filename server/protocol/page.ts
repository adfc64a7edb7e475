import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { messageOf } from "../base/errors.ts"
import { uriOfPath } from "../workspace/file-uri.ts"
import type { MethodContext } from "./method-context.ts"
import { showDocument, tellUser } from "./show-document.ts"

/** Something to read, too long for a message. */
interface Page {
  /** Name of the file, the same one each time; one of an earlier page is written over. */
  readonly file: string
  readonly markdown: string
  /** What is told where no page can be shown; one sentence. */
  readonly summary: string
}

/** Has the editor open a page, or tells its summary where the editor or the disk lets no page be shown. Never rejects. */
export async function showPage(page: Page, { session, link, log }: MethodContext): Promise<void> {
  const folder = session.profile.showDocument ? session.pageFolder : null
  const path = folder === null ? null : join(folder, page.file)
  const problem = path === null ? null : write(path, page.markdown)
  if (problem !== null) log.warn(`${path} can't be written: ${problem}`)
  const isShown = path !== null && problem === null && (await showDocument(link, uriOfPath(path)))
  if (!isShown) tellUser(link, page.summary)
}

/** Writes for the user's eyes alone; what went wrong, or null. */
function write(path: string, text: string): string | null {
  try {
    mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 })
    writeFileSync(path, text, { mode: 0o600 })
    return null
  } catch (error) {
    return messageOf(error)
  }
}
