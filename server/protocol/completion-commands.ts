import { createHash } from "node:crypto"
import type { Toggled } from "../features/completion/switches.ts"
import { whyPage, whySentence } from "../features/completion/why-page.ts"
import type { Command } from "./command.ts"
import type { MethodContext } from "./method-context.ts"
import { showPage } from "./page.ts"
import { fieldsOf, invalid } from "./params.ts"
import { tellUser } from "./show-document.ts"

/** What users and clients can ask about suggestions, and tell of them. */
export const COMPLETION_COMMANDS: readonly Command[] = [
  { name: "pilotlight.status", edits: false, run: ([options], context) => status(options, context) },
  { name: "pilotlight.why", edits: false, run: ([options], context) => why(options, context) },
  { name: "pilotlight.toggle", edits: false, run: ([which], context) => toggle(which, context) },
  {
    name: "pilotlight.accepted",
    edits: false,
    run: ([id], { session }) => {
      if (typeof id === "string") session.completer?.accepted(id)
      return null
    },
  },
]

/** A few sentences on what is known of the project and how the model is reached; shown too, unless `show` is false. */
function status(options: unknown, { session, link }: MethodContext): string {
  const sentences = session.status()
  if (fieldsOf(options)["show"] !== false) tellUser(link, sentences)
  return sentences
}

/**
 * The records of the last requests in `uri`, or in the document completed last; shown as a page too, unless `show` is false.
 */
function why(options: unknown, context: MethodContext): unknown {
  const { uri: named, show } = fieldsOf(options)
  const { session } = context
  const uri = typeof named === "string" ? named : session.lastUri
  const records = uri === null ? [] : (session.completer?.records(uri) ?? [])
  const last = records.at(-1)
  const summary = last === undefined ? "Nothing was completed here so far." : whySentence(last)
  if (show !== false)
    void showPage({ topic: topicOf(uri), markdown: whyPage(uri ?? "", records), summary }, context)
  return { uri, records }
}

/** One page for each document, so that two can be read side by side. */
function topicOf(uri: string | null): string {
  const digest = createHash("sha1")
    .update(uri ?? "")
    .digest("hex")
  return `why-${digest.slice(0, 8)}`
}

/** Switches suggestions `{what: "all" | "document" | "language", uri?, language?}`, all of them if nothing is said. */
function toggle(which: unknown, { session, link }: MethodContext): unknown {
  const toggled = readToggled(which, session)
  const on = session.toggle(toggled)
  tellUser(link, `Pilotlight is ${on ? "on" : "off"} ${placeOf(toggled)}.`)
  return { on }
}

function readToggled(which: unknown, session: MethodContext["session"]): Toggled {
  const { what = "all", uri: named, language: spoken } = fieldsOf(which)
  if (what === "all") return { what }
  const uri = typeof named === "string" ? named : session.lastUri
  if (what === "document" && uri !== null) return { what, uri }
  const language = typeof spoken === "string" ? spoken : uri === null ? null : session.document(uri)?.language
  if (what === "language" && typeof language === "string") return { what, language }
  throw invalid(
    'toggle takes {"what": "all"}, {"what": "document", "uri": …} or {"what": "language", "language": …}',
  )
}

function placeOf(toggled: Toggled): string {
  if (toggled.what === "all") return "in all documents"
  return toggled.what === "document" ? "in this document" : `in ${toggled.language}`
}
