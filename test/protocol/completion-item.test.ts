import { expect, test } from "vitest"
import type { CompletionItem, Range } from "vscode-languageserver/node"
import type { Suggestion, Word } from "../../server/features/completion/suggestion.ts"
import { chooseProfile } from "../../server/protocol/client-profile.ts"
import { type ItemContext, inlineItem, listItems } from "../../server/protocol/completion-item.ts"
import { type Encoding, offsetAt } from "../../server/protocol/convert.ts"
import { openSnapshot } from "../../server/workspace/document.ts"

const CLIENTS = {
  neovim: {
    clientInfo: { name: "Neovim" },
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  },
  vscode: {
    clientInfo: { name: "Visual Studio Code" },
    capabilities: {
      textDocument: { completion: { completionItem: { insertTextModeSupport: { valueSet: [1, 2] } } } },
    },
  },
  helix: { clientInfo: { name: "helix" }, capabilities: {} },
}

interface Place {
  readonly context: ItemContext
  readonly wordStart: number
}

/** Where `<|>` stands: the first is the start of the word, the last the cursor; one is both. */
function place(
  source: string,
  client: keyof typeof CLIENTS,
  encoding: Encoding = "utf-16",
  crlf = false,
): Place {
  const parts = (crlf ? source.replaceAll("\n", "\r\n") : source).split("<|>")
  const text = parts.join("")
  const offset = text.length - parts.at(-1)!.length
  const document = openSnapshot({ uri: "untitled:1", path: null, language: null, version: 0, text })
  return {
    context: { document, offset, encoding, profile: chooseProfile(CLIENTS[client]), surface: "list" },
    wordStart: parts[0]!.length,
  }
}

function applied(text: string, { context }: Place, range: Range): string {
  const { document, encoding } = context
  const [start, end] = [range.start, range.end].map(position => offsetAt(document, position, encoding))
  return document.text.slice(0, start) + text + document.text.slice(end)
}

function suggested(text: string): Suggestion {
  return { id: "1", text, replaceAfter: 0, confidence: 0.9, source: "embedded", grade: "whole" }
}

/** The text after an editor accepted ghost text as it is. */
function acceptInline(at: Place, text: string): string {
  const item = inlineItem(suggested(text), at.wordStart, at.context)
  const { document, offset } = at.context
  const start = offsetAt(document, item.range!.start, at.context.encoding)
  expect(
    String(item.insertText).startsWith(document.text.slice(start, offset)),
    "begins with what it replaces",
  ).toBe(true)
  return applied(String(item.insertText), at, item.range!)
}

/** The one item of a list that holds one suggestion. */
function lineItem(
  at: Place,
  text: string,
  words: readonly Word[] = [],
): CompletionItem & { textEdit: { range: Range; newText: string } } {
  const suggestions = [suggested(text)]
  const [item] = listItems(
    { wordStart: at.wordStart, suggestions, words, silence: null, isIncomplete: false },
    at.context,
  )
  return item as CompletionItem & { textEdit: { range: Range; newText: string } }
}

test("ghost text repeats the word being typed and replaces it", () => {
  const at = place("let a = <|>con<|>", "neovim")
  expect(inlineItem(suggested("sole.log()"), at.wordStart, at.context)).toMatchObject({
    insertText: "console.log()",
    range: { start: { line: 0, character: 8 }, end: { line: 0, character: 11 } },
  })
})

test("accepting is exact after an emoji in every encoding, and with CRLF", () => {
  for (const encoding of ["utf-8", "utf-16", "utf-32"] as const) {
    expect(acceptInline(place("x\n'😀漢' + <|>na<|>\ny", "neovim", encoding), "me.length")).toBe(
      "x\n'😀漢' + name.length\ny",
    )
    const crlf = place("x\n'😀' + <|>na<|>\ny", "helix", encoding, true)
    const item = lineItem(crlf, "me(\n  1\n)")
    expect(applied(item.textEdit.newText, crlf, item.textEdit.range)).toBe(
      "x\r\n'😀' + name(\r\n  1\r\n)\r\ny",
    )
  }
})

test("several lines have the line ends of the document, but bare line feeds in Neovim, which puts its own in", () => {
  const textsIn = (name: "neovim" | "vscode"): unknown => {
    const crlf = place("x\n<|>re<|>\ny", name, "utf-16", true)
    const ghost = inlineItem(suggested("turn [\n]"), crlf.wordStart, crlf.context)
    return [ghost.insertText, lineItem(crlf, "turn [\n]").textEdit.newText]
  }
  expect(textsIn("vscode")).toEqual(["return [\r\n]", "return [\r\n]"])
  expect(textsIn("neovim")).toEqual(["return [\n]", "return [\n]"])
})

test("ghost text of several lines reaches the line's end in VS Code only", () => {
  const code = place("call(<|>)", "vscode")
  expect(inlineItem(suggested("\n  a,\n"), code.wordStart, code.context)).toMatchObject({
    insertText: "\n  a,\n)",
    range: { end: { line: 0, character: 6 } },
  })
  expect(acceptInline(code, "\n  a,\n")).toBe("call(\n  a,\n)")
  expect(acceptInline(place("call(<|>)", "neovim"), "\n  a,\n")).toBe("call(\n  a,\n)")
})

test("the line's item is on top, preselected, and goes on matching while it is typed", () => {
  const item = lineItem(place("  <|>ret<|>", "helix"), "urn total")
  expect(item).toEqual({
    label: "return total",
    kind: 1,
    detail: "AI",
    preselect: true,
    sortText: "\u000000",
    filterText: "return total",
    insertTextFormat: 1,
    textEdit: {
      range: { start: { line: 0, character: 2 }, end: { line: 0, character: 5 } },
      newText: "return total",
    },
  })
})

test("a client that re-indents is told not to", () => {
  expect(lineItem(place("<|>", "vscode"), "x")).toMatchObject({ insertTextMode: 1 })
})

test("several lines are a snippet with relative indentation in Neovim, and plain text elsewhere", () => {
  const text = "{\n      return { $a }\n    }"
  expect(lineItem(place("    if (a) <|>", "neovim"), text)).toMatchObject({
    insertTextFormat: 2,
    textEdit: { newText: "{\n  return { \\$a \\}\n\\}" },
  })
  expect(lineItem(place("    if (a) <|>", "helix"), text)).toMatchObject({
    insertTextFormat: 1,
    textEdit: { newText: text },
  })
})

test("a snippet ends where a line stands further left than the cursor's", () => {
  expect(lineItem(place("    a(<|>", "neovim"), "b)\n  }\n").textEdit.newText).toBe("b)")
})

test("words come after the line, below other servers' items, with their kinds and without repeats", () => {
  const word = (text: string, kind: Word["kind"]): Word => ({ text, kind, confidence: 0.5, source: "symbol" })
  const at = place("<|>na<|>", "helix")
  const suggestions = [suggested("me")]
  const words = [word("name", "variable"), word("nap", "function"), word("nat", null)]
  const items = listItems(
    { wordStart: at.wordStart, suggestions, words, silence: null, isIncomplete: false },
    at.context,
  )
  expect(items.map(item => `${item.label} ${item.kind} ${JSON.stringify(item.sortText)}`)).toEqual([
    'name 1 "\\u000000"',
    'nap 3 "~000"',
    'nat 1 "~001"',
  ])
})

test("a long line has a short label", () => {
  const { label, filterText } = lineItem(place("<|>", "helix"), "x".repeat(200))
  expect([label.length, filterText?.length]).toEqual([60, 200])
})

test("a label is never cut inside an emoji", () => {
  const { label } = lineItem(place("<|>", "helix"), `${"x".repeat(58)}😀${"y".repeat(9)}`)
  expect(label).toBe(`${"x".repeat(58)}…`)
})

test("who runs an item's command tells of what was taken; others get none", () => {
  const command = { title: "accepted", command: "pilotlight.accepted", arguments: ["1"] }
  const ghost = (client: keyof typeof CLIENTS): unknown => {
    const at = place("<|>ret<|>", client)
    return inlineItem(suggested("urn"), at.wordStart, { ...at.context, surface: "ghost" }).command
  }
  expect([ghost("neovim"), ghost("vscode"), ghost("helix")]).toEqual([command, command, undefined])
  expect(lineItem(place("<|>ret<|>", "neovim"), "urn").command).toEqual(command)
  expect("command" in lineItem(place("<|>ret<|>", "helix"), "urn")).toBe(false)
})

test("a closer that the editor added by itself is replaced, also by several lines", () => {
  for (const client of ["neovim", "vscode"] as const) {
    const at = place("call(<|><|>) // end\nnext", client)
    const accept = (text: string): string => {
      const item = inlineItem({ ...suggested(text), replaceAfter: 1 }, at.wordStart, at.context)
      return applied(String(item.insertText), at, item.range!)
    }
    expect(accept("a) + b(")).toBe("call(a) + b( // end\nnext")
    expect(accept("\n  a,\n)")).toBe("call(\n  a,\n) // end\nnext")
  }
})

test("graded items come best first, and only the first is preselected", () => {
  const at = place("  <|><|>", "helix")
  const grades = ["whole", "line", "word"] as const
  const texts = ["return a\n    + b", "return a", "return"]
  const suggestions = texts.map((text, i) => ({ ...suggested(text), grade: grades[i]! }))
  const completion = { wordStart: at.wordStart, suggestions, words: [], silence: null, isIncomplete: false }
  const items = listItems(completion, at.context)
  expect(items.map(item => `${item.sortText!.slice(1)} ${item.preselect} ${item.textEdit!.newText}`)).toEqual(
    ["00 true return a\n    + b", "01 false return a", "02 false return"],
  )
})

test("what begins on the next line is named by its first words, and not selected", () => {
  const item = (source: string, text: string): unknown => {
    const { label, preselect, filterText } = lineItem(place(source, "helix"), text)
    return [label, preselect, filterText]
  }
  expect(item("f() {<|>", "\n  return 1\n}")).toEqual(["return 1 …", false, "return 1"])
  expect(item("  <|>else<|>", "\n    return 1")).toEqual(["return 1", false, "else"])
  const at = place("f() {<|>", "helix")
  const completion = { wordStart: at.wordStart, words: [], silence: null, isIncomplete: false }
  expect(listItems({ ...completion, suggestions: [suggested("\n")] }, at.context)).toEqual([])
})
