import type { Position } from "vscode-languageserver/node"
import { changeBetween, type TextChange } from "../base/text-change.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import { type Encoding, offsetAt } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { documentUri, type Fields, fieldsOf, invalid, positionOf } from "./params.ts"

/** Serves `didOpen`, `didChange`, `didSave` and `didClose`. No handler awaits: the next message sees its effect. */
export function registerTextSync({ dispatcher, session, reviews, log }: MethodContext): void {
  dispatcher.onNotification("textDocument/didOpen", params => {
    const { languageId, version, text } = fieldsOf(fieldsOf(params)["textDocument"])
    if (typeof text !== "string") throw invalid("textDocument.text must be a string")
    const language = typeof languageId === "string" ? languageId : ""
    session.open(documentUri(params), language, versionOf(version), text)
  })
  dispatcher.onNotification("textDocument/didChange", params => {
    const uri = documentUri(params)
    const version = versionOf(fieldsOf(fieldsOf(params)["textDocument"])["version"])
    const changes = fieldsOf(params)["contentChanges"]
    if (!Array.isArray(changes)) throw invalid("contentChanges must be a list")
    // Each range counts in the text that the changes before it left.
    for (const change of changes) {
      const document = session.document(uri)
      if (document === null) return log.warn(`changes to a document that is not open: ${uri}`)
      const edit = readChange(document, fieldsOf(change), session.encoding)
      session.change(uri, edit === null ? [] : [edit], version)
    }
  })
  dispatcher.onNotification("textDocument/didSave", params => {
    const uri = documentUri(params)
    session.saved(uri)
    reviews.saved(uri)
  })
  dispatcher.onNotification("textDocument/didClose", params => session.closeDocument(documentUri(params)))
}

/** One entry of `contentChanges` as a change of `document`; null if the whole text was sent and nothing differs. */
function readChange(document: DocumentSnapshot, change: Fields, encoding: Encoding): TextChange | null {
  const text = change["text"]
  if (typeof text !== "string") throw invalid("contentChanges.text must be a string")
  if (change["range"] === undefined || change["range"] === null) return changeBetween(document.text, text)
  const range = fieldsOf(change["range"])
  const at = (end: "start" | "end"): number => {
    const position: Position = positionOf(range[end], `range.${end}`)
    return offsetAt(document, position, encoding)
  }
  const start = at("start")
  return { start, end: Math.max(start, at("end")), text }
}

function versionOf(version: unknown): number {
  return typeof version === "number" ? version : 0
}
