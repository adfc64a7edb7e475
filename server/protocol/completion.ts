import type { CompletionList } from "vscode-languageserver/node"
import { listItems } from "./completion-item.ts"
import { offsetAt } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { documentPosition, documentUri } from "./params.ts"

const MAX_WORDS = 50

/** Nothing yet: clients that can will ask again at the next key. */
const EMPTY: CompletionList = { isIncomplete: true, items: [] }

/** Nothing, and nothing later either. */
const OFF: CompletionList = { isIncomplete: false, items: [] }

/** Serves `textDocument/completion`: the rest of the line on top, then words. */
export function registerCompletion({ dispatcher, session, inbox }: MethodContext): void {
  dispatcher.onRequest(
    "textDocument/completion",
    async (params, signal): Promise<CompletionList> => {
      const document = session.document(documentUri(params))
      if (!session.settings.completion.list) return OFF
      if (document === null) return EMPTY
      const offset = offsetAt(document, documentPosition(params), session.encoding)
      await inbox.settled(signal)
      if (session.document(document.uri) !== document) return EMPTY
      const completion = session.complete({ document, offset, surface: "list", maxWords: MAX_WORDS }, signal)
      const context = { document, offset, encoding: session.encoding, profile: session.profile }
      return { isIncomplete: true, items: listItems(completion, context) }
    },
    { key: documentUri, answer: EMPTY },
  )
}
