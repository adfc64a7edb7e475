import type { CompletionItem, CompletionList } from "vscode-languageserver/node"
import { isDataGate } from "../features/completion/gates.ts"
import type { Completion } from "../features/completion/request.ts"
import { AskedAgain } from "./asked-again.ts"
import { type ItemContext, listItems } from "./completion-item.ts"
import { offsetAt } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { documentPosition, documentUri } from "./params.ts"
import { PartialResults } from "./partial-results.ts"

const MAX_WORDS = 50

/** Nothing yet: clients that can will ask again at the next key. */
const EMPTY: CompletionList = { isIncomplete: true, items: [] }

/** Nothing, and nothing later either. */
const OFF: CompletionList = { isIncomplete: false, items: [] }

/** Serves `textDocument/completion`: suggestions on top, then words. */
export function registerCompletion({ dispatcher, session, inbox, link }: MethodContext): void {
  const askedAgain = new AskedAgain()
  dispatcher.onRequest(
    "textDocument/completion",
    async (params, signal): Promise<CompletionList> => {
      const receivedAt = performance.now()
      const document = session.document(documentUri(params))
      if (session.settings.completion.list === false) return OFF
      if (document === null) return EMPTY
      const { encoding, profile } = session
      const offset = offsetAt(document, documentPosition(params), encoding)
      const invoked = askedAgain.take(document, offset, receivedAt)
      await inbox.settled(signal)
      const isCurrent = (): boolean => session.document(document.uri) === document
      if (!isCurrent()) return EMPTY
      const context: ItemContext = { document, offset, encoding, profile, surface: "list" }
      const partial = PartialResults.of<CompletionItem>(params, link)
      const onPartial = (completion: Completion): void => {
        if (isCurrent()) partial?.send(listItems(completion, context))
      }
      const call = {
        document,
        offset,
        surface: "list",
        invoked,
        maxWords: MAX_WORDS,
        receivedAt,
      } as const
      const completion = await session.complete(partial === null ? call : { ...call, onPartial }, signal)
      if (!isCurrent()) return EMPTY
      const items = listItems(completion, context)
      return { isIncomplete: mayGrow(completion), items: [...(partial?.rest(items) ?? items)] }
    },
    { key: documentUri, answer: EMPTY },
  )
}

/**
 * Whether the next key may bring more. It may nearly always: with each the engine is surer of the line and of names from
 * further away, and no editor that filters a complete list by itself would ask for them.
 */
function mayGrow({ silence }: Completion): boolean {
  return silence !== "off" && (silence === null || !isDataGate(silence))
}
