import { callableAt } from "../features/actions/action-kinds.ts"
import type { Place } from "../features/actions/actions.ts"
import type { ReadingKind } from "../features/actions/prompts/reading-prompt.ts"
import { readCode } from "../features/actions/reading.ts"
import { neededPlace } from "./action-place.ts"
import { siteAt } from "./client-actions.ts"
import type { Command } from "./command.ts"
import type { MethodContext } from "./method-context.ts"
import { showPage } from "./page.ts"
import { type Fields, fieldsOf } from "./params.ts"

/** What users can have said about code. Each answers null at once; what is said comes as a page. */
export const READING_COMMANDS: readonly Command[] = [
  {
    name: "pilotlight.explain",
    edits: false,
    run: ([argument], context) => {
      const place = neededPlace(fieldsOf(argument), context)
      return read("explain", "Explain this", placeRead(place, "function", context), context)
    },
  },
  {
    name: "pilotlight.review",
    edits: false,
    run: ([argument], context) => {
      const fields = fieldsOf(argument)
      const scope = scopeOf(fields)
      const place = placeRead(neededPlace(fields, context), scope, context)
      return read("review", `Review this ${scope}`, place, context)
    },
  },
]

type Scope = "file" | "function"

function scopeOf({ scope }: Fields): Scope {
  return scope === "function" ? "function" : "file"
}

/** The selection, the function around the cursor, or the whole file. */
function placeRead(place: Place, scope: Scope, { session }: MethodContext): Place {
  const { uri, start, end } = place
  const site = siteAt(session, place, [])
  if (scope === "function" && end - start > 1) return place
  const around = scope === "function" && site !== null ? callableAt(site) : null
  const document = session.document(uri)
  if (document === null || around === null) return { uri, start: 0, end: document?.text.length ?? 0 }
  const { lines } = document
  return { uri, start: lines.startOf(lines.lineAt(around.start)), end: around.end }
}

function read(kind: ReadingKind, title: string, { uri, start, end }: Place, context: MethodContext): null {
  const { session, actions } = context
  const document = session.document(uri)
  if (document === null) return null
  actions.perform(title, async (onProgress, signal) => {
    const said = await readCode({ kind, document, start, end }, session.workspace, onProgress, signal)
    if ("refused" in said) return said.refused
    const markdown = `# ${title}\n\n${said.markdown.trim()}\n`
    await showPage({ topic: kind, markdown, summary: said.markdown.trim().slice(0, MOST_SUMMARY) }, context)
    return null
  })
  return null
}

/** Most units told where no page can be shown. */
const MOST_SUMMARY = 2000
