import {
  type InlineCompletionItem,
  type InlineCompletionList,
  InlineCompletionTriggerKind,
} from "vscode-languageserver/node"
import type { Completion } from "../features/completion/request.ts"
import { type ItemContext, inlineItem } from "./completion-item.ts"
import { offsetAt } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { documentPosition, documentUri, fieldsOf } from "./params.ts"
import { PartialResults } from "./partial-results.ts"
import { selectedItem, withTaken } from "./selected-item.ts"

/** Serves `textDocument/inlineCompletion`: an empty list clears the ghost text, null (superseded) leaves it. */
export function registerInlineCompletion({ dispatcher, session, inbox, link }: MethodContext): void {
  dispatcher.onRequest(
    "textDocument/inlineCompletion",
    async (params, signal): Promise<InlineCompletionList | null> => {
      const receivedAt = performance.now()
      const document = session.document(documentUri(params))
      if (document === null || !session.settings.completion.inline) return { items: [] }
      const { encoding, profile } = session
      const offset = offsetAt(document, documentPosition(params), encoding)
      await inbox.settled(signal)
      // Text typed since then makes another request; this answer would stand in the wrong place.
      const isCurrent = (): boolean => session.document(document.uri) === document
      if (!isCurrent()) return null
      const selected = selectedItem(params, document, offset, encoding)
      const context: ItemContext = { document, offset, encoding, profile, surface: "ghost", selected }
      const partial = PartialResults.of<InlineCompletionItem>(params, link)
      const onPartial = (completion: Completion): void => {
        if (isCurrent()) partial?.send(inlineItems(completion, context))
      }
      const call = {
        ...(selected === null ? { document, offset } : withTaken(document, selected)),
        surface: "ghost",
        invoked: isInvoked(params),
        maxWords: 0,
        receivedAt,
      } as const
      const completion = await session.complete(partial === null ? call : { ...call, onPartial }, signal)
      if (!isCurrent()) return null
      const items = inlineItems(completion, context)
      return { items: [...(partial?.rest(items) ?? items)] }
    },
    { key: documentUri, answer: null },
  )
}

function inlineItems(
  { suggestions, wordStart }: Completion,
  context: ItemContext,
): readonly InlineCompletionItem[] {
  return suggestions.map(suggestion => inlineItem(suggestion, wordStart, context))
}

function isInvoked(params: unknown): boolean {
  return fieldsOf(fieldsOf(params)["context"])["triggerKind"] === InlineCompletionTriggerKind.Invoked
}
