import type { Log } from "../base/log.ts"
import { actionKind } from "../features/actions/action-kinds.ts"
import { type ActionSite, actionSite, type Problem } from "../features/actions/action-site.ts"
import { Actions, type Place } from "../features/actions/actions.ts"
import { editOrder } from "../features/actions/edit-order.ts"
import { codeBehind } from "../features/actions/instruction-comment.ts"
import { LeftOrders } from "../features/actions/left-orders.ts"
import type { Clock } from "../model/clock.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import { EditSender } from "./apply-edit.ts"
import type { ClientLink } from "./client-link.ts"
import type { ClientSession } from "./client-session.ts"
import { tellUser } from "./show-document.ts"
import { type WorkProgress, WorkProgresses } from "./work-progress.ts"

/** The actions of one client and what it says of them. */
interface ClientActions {
  readonly actions: Actions
  readonly progresses: WorkProgresses
}

/** A progress that nobody sees. */
const UNSEEN: WorkProgress = { report: () => {}, end: () => {} }

/** What the actions of one client are made from. */
interface ActionsOptions {
  readonly session: ClientSession
  readonly link: ClientLink
  readonly clock: Clock
  readonly log: Log
}

/** Actions in the documents of a session, shown over its link. */
export function openActions({ session, link, clock, log }: ActionsOptions): ClientActions {
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
    settings: () => {
      const { prefix, model, stream } = session.settings.actions
      return { prefix, model, streams: stream === "auto" ? session.profile.streamsEdits : stream }
    },
  })
  const orders = new LeftOrders(order => heedOrder(order, session, actions))
  session.watch(uri => {
    actions.changed(uri)
    const { startOrders, prefix } = session.settings.actions
    const document = session.profile.applyEdit ? session.document(uri) : null
    if (document === null) orders.forget(uri)
    else if (startOrders || actions.isRunningIn(uri))
      orders.look(document, lexiconOf(document, session), prefix)
    else orders.note(document)
  })
  return { actions, progresses }
}

/** Redirects what is running where an order was written or changed; else begins with it if the user wants that. */
function heedOrder(place: Place, session: ClientSession, actions: Actions): void {
  const site = session.workspace.host.session === null ? null : siteAt(session, place, [])
  const kind = actionKind("order")
  if (site === null || kind === null || site.order === null) return
  const { start, instruction } = site.order
  const around = { uri: place.uri, start, end: codeBehind(site.document.text, site.order) }
  if (actions.isRunningAt(around)) actions.steer(instruction, around)
  else if (session.settings.actions.startOrders) actions.start(editOrder(kind, site))
}

function lexiconOf(
  { language }: DocumentSnapshot,
  { workspace }: ClientSession,
): Parameters<LeftOrders["look"]>[1] {
  return language === null ? null : (workspace.host.languages.byName(language)?.lexicon ?? null)
}

/** What stands at a place of an open document. Takes a few ms at most. */
export function siteAt(
  { workspace, settings }: ClientSession,
  { uri, start, end }: Place,
  problems: readonly Problem[],
): ActionSite | null {
  const document = workspace.document(uri)
  if (document === null) return null
  const language = document.language === null ? null : workspace.host.languages.byName(document.language)
  const nodes = workspace.nodesAround(uri, start)
  const { prefix } = settings.actions
  return actionSite({ document, start, end, language, nodes, problems, prefix })
}
