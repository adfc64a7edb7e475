import { ModelError } from "../../../base/errors.ts"
import type { Log } from "../../../base/log.ts"
import { type Answer, type AskRequest, accepted } from "../../../model/ask.ts"
import { systemClock } from "../../../model/clock.ts"
import type { DocumentSnapshot } from "../../../workspace/document.ts"
import type { ClientWorkspace } from "../../client-workspace.ts"
import { promptContext } from "../../context/prompt-context.ts"
import { AskPace } from "./ask-pace.ts"
import { functionsOf, isBroken, reviewKey } from "./changed-functions.ts"
import { LiveReviews } from "./live-reviews.ts"
import type { Stretch } from "./place-claim.ts"
import { type ReviewSources, reviewFunction } from "./review-function.ts"

/** Asks a minute at most, and the share at most of the asks that a user allows: the rest is for what is asked for. */
const MOST_ASKS = 10
const SHARE = 0.5

/** Functions looked at in one review: where more changed at once, nobody wrote them just now. */
const MOST_FUNCTIONS = 20

/** Tokens of one prompt, by estimate; the same for every review, so that a session's prefix stays. */
const PROMPT_TOKENS = 6_000
/** Most units read of an answer: beyond, it is none in the form asked for. */
const MOST_ANSWER = 20_000

/** The reviews of one client's documents, by the model of its host. `paced`: as if nobody waited for them. */
export function openReviews(workspace: ClientWorkspace, paced: boolean, log: Log): LiveReviews {
  const sources = sourcesIn(workspace, paced)
  return new LiveReviews({
    document: uri => workspace.document(uri),
    functions: uri => functionsIn(uri, workspace),
    keyOf: ({ text, language }: DocumentSnapshot, { start, end }: Stretch) =>
      reviewKey(text.slice(start, end), language, workspace.symbols),
    review: (document, place, signal) => reviewFunction(document, place, sources(), signal),
    most: paced ? MOST_FUNCTIONS : Number.POSITIVE_INFINITY,
    log,
  })
}

/** The functions of a document without a syntax error: about what is being written nothing true can be said yet. */
async function functionsIn(uri: string, workspace: ClientWorkspace): Promise<readonly Stretch[]> {
  await workspace.settled()
  const tree = await workspace.tree(uri, new AbortController().signal)
  const document = workspace.document(uri)
  if (document === null || tree === null) return []
  const functions = functionsOf(document, workspace.symbols.inFile(document.path ?? uri))
  return tree.hasErrors ? functions.filter(each => !isBroken(each, document, tree)) : functions
}

function sourcesIn(workspace: ClientWorkspace, paced: boolean): () => ReviewSources {
  const { host } = workspace
  const allowed = (): number =>
    Math.max(1, Math.floor((host.asksPerMinute ?? Number.POSITIVE_INFINITY) * SHARE))
  const perMinute = (): number => (paced ? Math.min(MOST_ASKS, allowed()) : Number.POSITIVE_INFINITY)
  const pace = new AskPace(perMinute, systemClock())
  return () => ({
    roots: workspace.project.roots,
    prompt: (document, offset, signal) => {
      const { context: source, project } = workspace
      const query = { document, offset, purpose: "review", budget: PROMPT_TOKENS } as const
      return promptContext(
        query,
        { source, epoch: project.context.keeper.epoch, remote: host.remote },
        signal,
      )
    },
    ask: async (request: AskRequest, signal: AbortSignal) => {
      await pace.turn(signal)
      if (host.session === null) throw new ModelError("unavailable", "no model is set")
      return beginningOf(host.session.ask(request, signal))
    },
    language: name => host.languages.byName(name),
    parserFor: language => host.parserFor(language),
    exists: name => workspace.symbols.filesWithCount(name) > 0,
  })
}

/** The text of an answer, as far as it is read. */
async function beginningOf(answer: Answer): Promise<string> {
  let text = ""
  for await (const delta of answer) {
    if (delta.kind === "text") text += delta.text
    else if (delta.kind === "end") accepted(delta)
    if (text.length > MOST_ANSWER) break
  }
  return text
}
