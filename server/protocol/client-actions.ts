import type { Log } from "../base/log.ts"
import { type ActionSite, actionSite, type Problem } from "../features/actions/action-site.ts"
import { Actions, type Place } from "../features/actions/actions.ts"
import { DEFAULT_PREFIX } from "../features/actions/instruction-comment.ts"
import { systemClock } from "../model/clock.ts"
import { EditSender } from "./apply-edit.ts"
import type { ClientLink } from "./client-link.ts"
import type { ClientSession } from "./client-session.ts"
import { tellUser } from "./show-document.ts"
import { type WorkProgress, WorkProgresses } from "./work-progress.ts"

/** The actions of one client and what it says of them. */
export interface ClientActions {
  readonly actions: Actions
  readonly progresses: WorkProgresses
}

/** A progress that nobody sees. */
const UNSEEN: WorkProgress = { report: () => {}, end: () => {} }

/** Actions in the documents of a session, shown over its link. */
export function openActions(session: ClientSession, link: ClientLink, log: Log): ClientActions {
  const clock = systemClock()
  const progresses = new WorkProgresses(link)
  const editor = new EditSender({ link, documents: session, encoding: () => session.encoding, clock })
  const actions = new Actions({
    workspace: () => session.workspace,
    editor,
    screen: {
      tell: sentence => tellUser(link, sentence),
      begin: (title, onCancel) =>
        session.profile.workDoneProgress ? progresses.begin(title, onCancel) : UNSEEN,
    },
    clock,
    log,
    settings: () => ({ prefix: DEFAULT_PREFIX, model: "auto", streams: session.profile.streamsEdits }),
  })
  session.watch(uri => actions.changed(uri))
  return { actions, progresses }
}

/** What stands at a place of an open document. Takes a few ms at most. */
export function siteAt(
  { workspace }: ClientSession,
  { uri, start, end }: Place,
  problems: readonly Problem[],
): ActionSite | null {
  const document = workspace.document(uri)
  if (document === null) return null
  const language = document.language === null ? null : workspace.host.languages.byName(document.language)
  const trial = workspace.trial(uri)
  const nodes = trial?.around(start) ?? []
  trial?.release()
  return actionSite({ document, start, end, language, nodes, problems, prefix: DEFAULT_PREFIX })
}
