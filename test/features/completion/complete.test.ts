import { expect, test } from "vitest"
import { cancel } from "../../../server/base/cancel.ts"
import type { EmbeddedAnswer, EmbeddedQuery } from "../../../server/embedded/suggestion.ts"
import { type CompletionQuery, complete } from "../../../server/features/completion/complete.ts"
import { MAX_DOCUMENT_UNITS, MAX_LINE_UNITS } from "../../../server/features/completion/gates.ts"
import type { Completion } from "../../../server/features/completion/request.ts"
import { openSnapshot } from "../../../server/workspace/document.ts"
import type { SymbolHit, SymbolIndex } from "../../../server/workspace/file-facts.ts"
import { parseFixture } from "../../fixture.ts"

const hit: SymbolHit = {
  name: "total",
  kind: "function",
  path: "/a.ts",
  start: 0,
  end: 1,
  nameStart: 0,
  line: 0,
  container: null,
  signature: "",
  exported: true,
}

const symbols = { exact: (name: string) => (name === "total" ? [hit] : []) } as unknown as SymbolIndex

interface Asked {
  readonly completion: Completion
  readonly queries: readonly EmbeddedQuery[]
}

/** Completes at the fixture's cursor from an engine that gives `answer`. */
function ask(fixture: string, answer: Partial<EmbeddedAnswer>, query: Partial<CompletionQuery> = {}): Asked {
  const [file] = parseFixture(fixture).files
  const document = openSnapshot({
    uri: "file:///main.ts",
    path: null,
    language: null,
    version: 0,
    text: file!.text,
  })
  const queries: EmbeddedQuery[] = []
  const engine = {
    answer: (asked: EmbeddedQuery): EmbeddedAnswer => {
      queries.push(asked)
      return { line: null, words: [], ...answer }
    },
  }
  const completion = complete(
    { document, offset: file!.cursors[0]!, surface: "ghost", eagerness: "normal", maxWords: 10, ...query },
    { engine, symbols },
    new AbortController().signal,
  )
  return { completion, queries }
}

function checkSilence(fixture: string, answer: Partial<EmbeddedAnswer>, reason: Completion["silence"]): void {
  const { completion } = ask(fixture, answer)
  expect([completion.suggestions.length, completion.silence]).toEqual([reason === null ? 1 : 0, reason])
}

const line = (text: string): Partial<EmbeddedAnswer> => ({ line: { text, confidence: 0.9 } })

test("the engine's line is the suggestion, and the word being typed is known", () => {
  const { completion } = ask("let x = tot<|>", line("al(1)"))
  expect(completion).toEqual({
    wordStart: 8,
    suggestions: [
      { id: "embedded", text: "al(1)", replaceAfter: 0, confidence: 0.9, source: "embedded", grade: "whole" },
    ],
    words: [],
    silence: null,
    isIncomplete: false,
  })
})

test("each gate gives its reason", () => {
  checkSilence("x<|>", line("y"), null)
  checkSilence("fo<|>o", line("y"), "inside-word")
  checkSilence(`${"x".repeat(MAX_LINE_UNITS + 1)}<|>`, line("y"), "line-too-long")
  checkSilence(`<|>\n${"x\n".repeat(MAX_DOCUMENT_UNITS / 2)}`, line("y"), "document-too-large")
  checkSilence("x<|>", {}, "unsure")
  checkSilence("f(<|>)", line(")"), "nothing-new")
})

test("neither the engine nor the text is looked at where the text is data", () => {
  const { completion, queries } = ask(`${"x".repeat(MAX_LINE_UNITS + 1)}<|>`, line("y"))
  expect([completion.wordStart, queries.length]).toEqual([MAX_LINE_UNITS + 1, 0])
})

const words = (typed: number, ...texts: readonly string[]): Partial<EmbeddedAnswer> => ({
  words: texts.map(text => ({ text, typed, confidence: 0.5, source: "buffer" })),
})

test("words complete also inside a word, with the kind the project knows", () => {
  const { completion } = ask("to<|>x", words(2, "total", "tot"))
  expect(completion.words.map(word => `${word.text} ${word.kind}`)).toEqual(["total function", "tot null"])
})

test("a word starts where the language's names do", () => {
  const { completion } = ask("a { background-co<|>", words(13, "background-color"))
  expect([completion.wordStart, completion.words.length]).toEqual([4, 1])
  expect(ask("echo $HO<|>", words(2, "HOME")).completion.wordStart).toBe(6)
})

test("no word is offered that would grow onto a number", () => {
  expect(ask("x = 12<|>", words(0, "pixels")).completion.words).toEqual([])
  expect(ask("x = <|>", words(0, "pixels")).completion.words.length).toBe(1)
})

test("lines are parted by line feeds, whatever the document has", () => {
  const { completion } = ask("a(<|>", line("\r\n  b\r\n)"))
  expect(completion.suggestions.map(suggestion => suggestion.text)).toEqual(["\n  b\n)"])
})

test("ghost text must be surer than a list, and more so for the less eager", () => {
  const threshold = (query: Partial<CompletionQuery>): number => ask("<|>", {}, query).queries[0]!.threshold
  expect(threshold({ surface: "ghost" })).toBe(0.7)
  expect(threshold({ surface: "list" })).toBe(0.5)
  expect(threshold({ surface: "ghost", eagerness: "quiet" })).toBeGreaterThan(0.7)
  expect(threshold({ surface: "ghost", eagerness: "eager" })).toBeLessThan(0.7)
})

test("a query that was given up does no work", () => {
  const document = openSnapshot({ uri: "untitled:1", path: null, language: null, version: 0, text: "" })
  const controller = new AbortController()
  cancel(controller, "superseded")
  const engine = { answer: () => expect.unreachable() }
  const query = { document, offset: 0, surface: "list", eagerness: "normal", maxWords: 0 } as const
  expect(() => complete(query, { engine, symbols }, controller.signal)).toThrow("cancelled: superseded")
})
