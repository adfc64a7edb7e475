import { throwIfAborted } from "../../base/cancel.ts"
import { LineIndex } from "../../base/line-index.ts"
import { changeBetween } from "../../base/text-change.ts"
import { shortPath } from "../../context/short-path.ts"
import type { LanguageManifest } from "../../syntax/manifest.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { ClientWorkspace } from "../client-workspace.ts"
import { type PromptContext, promptContext } from "../context/prompt-context.ts"
import { editAsk, formFor, roleFor } from "./edit-ask.ts"
import { type EditOrder, mayRename, wordsOf } from "./edit-order.ts"
import type { PreparedEdit } from "./edit-run.ts"
import { codeBehind, instructionComments } from "./instruction-comment.ts"
import { landAnswer } from "./landing/land.ts"
import type { LandedFile, Landing, LandingTask, ShownFile } from "./landing/landing.ts"
import { type Target, targetFor } from "./landing/target.ts"

/** Tokens of one prompt, by estimate: the same for every edit, so that a session's prefix stays. */
const PROMPT_TOKENS = 8_000

/** What a user set that edits go by. */
export interface EditSettings {
  /** What instruction comments begin with. */
  readonly prefix: string
  /** The model of every edit, whatever its kind; `auto` leaves it to the kind and to the size. */
  readonly model: "auto" | "live" | "deep"
}

/** An edit that can't be asked for: a sentence for the user. */
interface RefusedEdit {
  readonly refused: string
}

/** The lines that an order is about; null where there is nothing. Rejects with `Cancelled` when `signal` aborts. */
export async function targetOf(
  order: EditOrder,
  workspace: ClientWorkspace,
  signal: AbortSignal,
): Promise<{ readonly document: DocumentSnapshot; readonly target: Target } | null> {
  const tree = await workspace.tree(order.uri, signal)
  const document = workspace.document(order.uri)
  if (document === null) return null
  const language = document.language === null ? null : workspace.host.languages.byName(document.language)
  const target = targetFor(document.text, tree, language, rangeOf(order, document), order.target)
  return target && { document, target }
}

/** What is asked of a model for an order, or why nothing may be. Rejects with `Cancelled` when `signal` aborts. */
export async function prepareEdit(
  order: EditOrder,
  { document, target }: { readonly document: DocumentSnapshot; readonly target: Target },
  workspace: ClientWorkspace,
  settings: EditSettings,
  signal: AbortSignal,
): Promise<PreparedEdit | RefusedEdit> {
  const { host, context, project } = workspace
  const query = { document, offset: target.start, purpose: "edit", budget: PROMPT_TOKENS } as const
  const sources = { source: context, epoch: project.context.keeper.epoch, remote: host.remote }
  const prompt = await promptContext(query, sources, signal)
  throwIfAborted(signal)
  if (prompt.refused) return { refused: `nothing of this file may be sent to a model: ${prompt.reason}` }
  const lines = document.lines.lineAt(target.end) - document.lines.lineAt(target.start) + 1
  const form = order.target === "outermost" ? "blocks" : formFor(lines)
  const role = roleFor(settings.model === "auto" ? order.model : settings.model, lines)
  const { roots } = project
  const { instruction } = order
  const request = editAsk({ document, roots, target, form, role, instruction }, prompt)
  const landing = { order, document, target, form, workspace, prompt, prefix: settings.prefix }
  return {
    title: order.title,
    request,
    instruction,
    form,
    document,
    target: { text: document.text, start: target.start, end: target.end },
    land: (answer, now, said) => land(answer, now, said, landing),
  }
}

function rangeOf(
  { start, end, comment }: EditOrder,
  { text }: DocumentSnapshot,
): Pick<Target, "start" | "end"> {
  if (comment === null || comment.trails) return { start, end }
  // What an order above code is about begins behind it, in a comment at the end of a block it is the block.
  const next = codeBehind(text, comment)
  return next === text.length || /[)\]}]/.test(text[next]!) ? { start, end } : { start: next, end: next }
}

interface LandingPlace {
  readonly order: EditOrder
  readonly document: DocumentSnapshot
  readonly target: Target
  readonly form: LandingTask["form"]
  readonly workspace: ClientWorkspace
  readonly prompt: PromptContext
  readonly prefix: string
}

async function land(
  answer: string,
  now: string,
  said: readonly string[],
  place: LandingPlace,
): Promise<Landing> {
  const { order, document, target, form, workspace, prompt } = place
  const { host, project, symbols } = workspace
  const { everything } = workspace.context
  const source = document.path ?? document.uri
  const language = document.language === null ? null : host.languages.byName(document.language)
  const path = shortPath(source, project.roots).replaceAll("\\", "/")
  const parser = language && host.parserFor(language)
  const landing = await landAnswer(answer, {
    form,
    files: [
      { path, asked: document.text, now, language, parser, known: await knownTree(order.uri, workspace) },
    ],
    target,
    mayRename: mayRename(said, target.name, newIn(answer, document.text, language)),
    refusal: named => (named === path ? null : `the model may only change ${path} here`),
    grammarFor: () => null,
    exists: name => symbols.filesWithCount(name) > 0 || everything.exact(name, 1).length > 0,
    restore: (text, from) => (from === path ? prompt.redactions.restore(text, source) : text),
  })
  if (landing.kind === "refused" || order.comment === null || language === null) return landing
  const files = landing.files.map(file => withoutOrder(file, now, language.lexicon, place.prefix, said))
  return { kind: "landed", files }
}

/** Whether a word is a name that an answer brings: it did not stand in the text before, and is no keyword. */
function newIn(answer: string, before: string, language: LanguageManifest | null): (word: string) => boolean {
  const after = wordsOf(answer)
  const keywords = language?.lexicon.keywords ?? []
  return word => after.has(word) && !keywords.includes(word) && !wordsOf(before).has(word)
}

/** The tree of a document as it is now, for a landing to begin with. */
async function knownTree(uri: string, workspace: ClientWorkspace): Promise<ShownFile["known"]> {
  // Nobody waits for it alone, and it ends with the document.
  const tree = await workspace.tree(uri, new AbortController().signal)
  const document = workspace.document(uri)
  return tree && document && { text: document.text, tree }
}

/** A landed file without the comment that gave the order. */
function withoutOrder(
  file: LandedFile,
  now: string,
  lexicon: Parameters<typeof instructionComments>[1],
  prefix: string,
  said: readonly string[],
): LandedFile {
  const document = { text: file.after, lines: LineIndex.of(file.after) }
  const orders = instructionComments(document, lexicon, prefix).filter(order =>
    said.includes(order.instruction),
  )
  if (orders.length === 0) return file
  const after = orders.reduceRight(
    (text, { start, end }) => text.slice(0, start) + text.slice(end),
    file.after,
  )
  const change = changeBetween(now, after)
  return { ...file, after, edits: change === null ? [] : [change] }
}
