import type { InlineCompletionList } from "vscode-languageserver/node"
import { inlineItem } from "./completion-item.ts"
import { offsetAt } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { documentPosition, documentUri } from "./params.ts"

/** Serves `textDocument/inlineCompletion`: an empty list clears the ghost text, null (superseded) leaves it. */
export function registerInlineCompletion({ dispatcher, session, inbox }: MethodContext): void {
  dispatcher.onRequest(
    "textDocument/inlineCompletion",
    async (params, signal): Promise<InlineCompletionList | null> => {
      const document = session.document(documentUri(params))
      if (document === null || !session.settings.completion.inline) return { items: [] }
      const offset = offsetAt(document, documentPosition(params), session.encoding)
      await inbox.settled(signal)
      // Text typed since then makes another request; this answer would stand in the wrong place.
      if (session.document(document.uri) !== document) return null
      const completion = session.complete({ document, offset, surface: "ghost", maxWords: 0 }, signal)
      const context = { document, offset, encoding: session.encoding, profile: session.profile }
      return {
        items: completion.suggestions.map(suggestion =>
          inlineItem(suggestion, completion.wordStart, context),
        ),
      }
    },
    { key: documentUri, answer: null },
  )
}
