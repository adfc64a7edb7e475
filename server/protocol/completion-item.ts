import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type InlineCompletionItem,
  InsertTextFormat,
  InsertTextMode,
  type Range,
} from "vscode-languageserver/node"
import { indentOf } from "../base/indent.ts"
import type { Surface } from "../features/completion/gates.ts"
import type { Completion } from "../features/completion/request.ts"
import type { Suggestion, Word } from "../features/completion/suggestion.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import type { ClientProfile } from "./client-profile.ts"
import { type Encoding, lineEnd, rangeBetween } from "./convert.ts"
import type { SelectedItem } from "./selected-item.ts"

/** Where and for whom items are made. */
export interface ItemContext {
  readonly document: DocumentSnapshot
  /** The cursor, UTF-16 code units. */
  readonly offset: number
  readonly encoding: Encoding
  readonly profile: ClientProfile
  readonly surface: Surface
  /** What the editor's own list has selected, for ghost text that goes on from there; null or left out if nothing. */
  readonly selected?: SelectedItem | null
}

const LABEL_UNITS = 60

/** Sorts above every item of any server, and below all that a language's own server offers. */
const FIRST = "\u0000"
const LAST = "~"

const KINDS: Readonly<Record<NonNullable<Word["kind"]>, CompletionItemKind>> = {
  file: CompletionItemKind.File,
  module: CompletionItemKind.Module,
  namespace: CompletionItemKind.Module,
  class: CompletionItemKind.Class,
  interface: CompletionItemKind.Interface,
  enum: CompletionItemKind.Enum,
  struct: CompletionItemKind.Struct,
  trait: CompletionItemKind.Interface,
  type: CompletionItemKind.Interface,
  function: CompletionItemKind.Function,
  method: CompletionItemKind.Method,
  constructor: CompletionItemKind.Constructor,
  property: CompletionItemKind.Property,
  field: CompletionItemKind.Field,
  variable: CompletionItemKind.Variable,
  constant: CompletionItemKind.Constant,
  "enum-member": CompletionItemKind.EnumMember,
  parameter: CompletionItemKind.Variable,
  macro: CompletionItemKind.Function,
  key: CompletionItemKind.Property,
  selector: CompletionItemKind.Class,
}

/** The items of a completion list: each suggestion first, then the words in the order given. */
export function listItems(completion: Completion, context: ItemContext): CompletionItem[] {
  const typed = context.document.text.slice(completion.wordStart, context.offset)
  const { document, offset, encoding } = context
  const range = rangeBetween(document, completion.wordStart, offset, encoding)
  const lines = completion.suggestions.flatMap((suggestion, rank) => {
    const item = suggestionItem(suggestion, rank, typed, range, context)
    return item === null ? [] : [item]
  })
  const taken = new Set(lines.map(item => item.textEdit?.newText))
  const words = completion.words.filter(word => !taken.has(word.text))
  return [...lines, ...words.map((word, rank) => wordItem(word, rank, range))]
}

/** The ghost text for a suggestion, which replaces the word being typed, or what is selected, by itself and what follows. */
export function inlineItem(
  suggestion: Suggestion,
  wordStart: number,
  context: ItemContext,
): InlineCompletionItem {
  const { document, offset, encoding, profile } = context
  const word = { start: wordStart, end: offset, text: document.text.slice(wordStart, offset) }
  const begun = context.selected ?? word
  const text = begun.text + withLineEnds(suggestion.text, context)
  const replaced = begun.end + suggestion.replaceAfter
  const toLineEnd = profile.inlineToLineEnd && suggestion.text.includes("\n")
  const end = toLineEnd ? lineEnd(document, document.lines.lineAt(offset)) : replaced
  const rest = document.text.slice(replaced, end)
  const range = rangeBetween(document, begun.start, end, encoding)
  return { insertText: text + rest, range, ...acceptance(suggestion, context) }
}

function suggestionItem(
  suggestion: Suggestion,
  rank: number,
  typed: string,
  range: Range,
  context: ItemContext,
): CompletionItem | null {
  const { profile } = context
  const asSnippet = profile.multilineAsSnippet && suggestion.text.includes("\n")
  const indent = asSnippet ? indentAt(context) : ""
  const text = typed + (asSnippet ? relativeTo(indent, suggestion.text) : suggestion.text)
  const [firstLine = "", ...more] = text.split("\n")
  // What begins on the next line is named by that, and not selected: the key for a line break would take it.
  const isBelow = firstLine === typed
  const [named, ...rest] = (isBelow ? more : [firstLine, ...more])
    .map(line => line.trim())
    .filter(line => line !== "")
  if (named === undefined) return null
  const newText = withLineEnds(text, context)
  return {
    label: shortened(named) + (rest.length > 0 ? " …" : ""),
    kind: CompletionItemKind.Text,
    detail: "AI",
    preselect: rank === 0 && !isBelow,
    sortText: FIRST + String(rank).padStart(2, "0"),
    // Helix filters by it before it asks again, so it must go on matching while the prediction is typed.
    filterText: firstLine || named,
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(profile.asIsMode ? { insertTextMode: InsertTextMode.asIs } : {}),
    ...(more.length > 0 ? { documentation: text } : {}),
    textEdit: { range, newText: asSnippet ? escapeSnippet(newText) : newText },
    ...acceptance(suggestion, context),
  }
}

/** The command by which a client says that it took a suggestion, where it does so. */
function acceptance({ id }: Suggestion, { profile, surface }: ItemContext): { command?: Command } {
  if (!profile.runsItemCommand.includes(surface)) return {}
  return { command: { title: "accepted", command: "pilotlight.accepted", arguments: [id] } }
}

function wordItem(word: Word, rank: number, range: Range): CompletionItem {
  return {
    label: word.text,
    kind: word.kind === null ? CompletionItemKind.Text : KINDS[word.kind],
    sortText: LAST + String(rank).padStart(3, "0"),
    filterText: word.text,
    textEdit: { range, newText: word.text },
  }
}

/** Never cut inside a surrogate pair: half of one is refused as JSON by strict readers, with the whole answer. */
function shortened(label: string): string {
  if (label.length <= LABEL_UNITS) return label
  const last = LABEL_UNITS - 2
  const end = label.codePointAt(last)! > 0xffff ? last : last + 1
  return `${label.slice(0, end)}…`
}

/** The line ends of the client's own text, whatever the disk has, where it wants them. */
function withLineEnds(text: string, { document, profile }: ItemContext): string {
  const first = document.text.indexOf("\n")
  const isCrlf = first > 0 && document.text[first - 1] === "\r"
  return isCrlf && !profile.bareLineFeeds ? text.replaceAll("\n", "\r\n") : text
}

function indentAt({ document, offset }: ItemContext): string {
  const start = document.lines.startOf(document.lines.lineAt(offset))
  return indentOf(document.text.slice(start, offset))
}

/** A snippet's lines get the indentation of the line it stands in, so it ends where a line has less than that. */
function relativeTo(indent: string, text: string): string {
  const [first = "", ...more] = text.split("\n")
  const shallow = more.findIndex(line => line.trim() !== "" && !line.startsWith(indent))
  const fitting = shallow < 0 ? more : more.slice(0, shallow)
  return [first, ...fitting.map(line => line.slice(indent.length))].join("\n").trimEnd()
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&")
}
