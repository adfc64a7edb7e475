import { expect, test } from "vitest"
import type { Diagnostic } from "vscode-languageserver/node"
import { ActionStage } from "./action-editor.ts"

const SUMS = `
  //- /src/sums.ts
  export function sum(items: number[]): number {
    let total = 0
    for (let i = 0; i < items.length; i++) total += items[i]!
    return total<|>
  }

  export function mean(items: number[]): number {
    return sum(items) / items.length
  }
`

const REVIEWS = { settings: { diagnostics: { review: "save" } } }

const CLAIM = JSON.stringify({
  quote: "  return total + 1",
  problem: "The sum is one too large.",
  fix: "  return total",
})

/** The findings that the editor is told of next, those of models alone. */
async function told(stage: ActionStage): Promise<readonly Diagnostic[]> {
  const told = await stage.editor.read<{ diagnostics: readonly Diagnostic[] }>(
    "textDocument/publishDiagnostics",
    ({ diagnostics }: { diagnostics: readonly Diagnostic[] }) =>
      diagnostics.every(({ code }) => code === "review"),
  )
  return told.diagnostics
}

function save({ editor, uri }: ActionStage): void {
  editor.notify("textDocument/didSave", { textDocument: { uri } })
}

/** Has the bug of these tests typed, found and confirmed. */
async function found(stage: ActionStage): Promise<Diagnostic> {
  stage.type(" + 1")
  save(stage)
  const review = await stage.model.asked()
  expect(review.input).toContain("return total + 1")
  expect(review.input).not.toContain("The function, in src/sums.ts:\n\n```typescript\nexport function mean")
  review.answer(CLAIM)
  const second = await stage.model.asked()
  expect(second.input).toContain("The sum is one too large.")
  second.answer("yes")
  const [diagnostic, ...others] = await told(stage)
  expect(others).toEqual([])
  return diagnostic!
}

test("a bug in a function that changed is found when the file is saved, and mended without asking again", async () => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  const diagnostic = await found(stage)
  expect(diagnostic).toMatchObject({
    code: "review",
    source: "pilotlight",
    severity: 3,
    message: "The sum is one too large.",
    range: { start: { line: 3, character: 2 }, end: { line: 3, character: 18 } },
  })
  const actions = await stage.actions({ diagnostics: [diagnostic] })
  const fix = actions.find(({ command }) => command?.command === "pilotlight.fix")
  expect(fix).toMatchObject({ kind: "quickfix", diagnostics: [{ code: "review" }] })
  await stage.run("pilotlight.fix", fix!.command!.arguments![0])
  await stage.stepped(1)
  expect(stage.text).toContain("  return total\n")
  expect(await told(stage)).toEqual([])
})

test("what is dismissed is gone", async () => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  await found(stage)
  const dismiss = (await stage.actions()).find(({ command }) => command?.command === "pilotlight.dismiss")
  await stage.run("pilotlight.dismiss", dismiss!.command!.arguments![0])
  expect(await told(stage)).toEqual([])
})

test("what another server reports in the same words is left to it", async () => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  const { range } = await found(stage)
  await stage.actions({ diagnostics: [{ range, message: "sum is too large", source: "other" }] })
  expect(await told(stage)).toEqual([])
})

test("an edit of the function takes back what was found, and undoing it asks nothing anew", async () => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  await found(stage)
  const [at = 0] = stage.cursors
  stage.editor.edit(stage.uri, at + 4, at + 4, "2")
  expect(await told(stage)).toEqual([])
  stage.editor.edit(stage.uri, at + 4, at + 5, "")
  save(stage)
  expect(await told(stage)).toHaveLength(1)
})

test("nothing is asked about functions that are as they were, nor where no review is wanted", async () => {
  await using stage = await ActionStage.open(SUMS)
  stage.type(" + 1")
  save(stage)
  stage.editor.notify("workspace/didChangeConfiguration", {
    settings: { pilotlight: { diagnostics: { review: "save" } } },
  })
  stage.editor.edit(stage.uri, 0, 0, "// moved\n\n")
  save(stage)
  const review = await stage.model.asked()
  expect(review.input).toContain("return total + 1")
  review.answer("none")
  stage.editor.edit(stage.uri, stage.text.length, stage.text.length, "export const last = () => mean([])\n")
  save(stage)
  const next = await stage.model.asked()
  expect(next.input).toContain("The function, in src/sums.ts:\n\n```typescript\nexport const last")
  next.answer("none")
})

test.each([
  ["prose", "There is a bug: the sum is one too large."],
  ["nothing", ""],
  ["half an object", '{"quote": "return total + 1", "problem": "The'],
  ["a quote that stands twice", JSON.stringify({ quote: "total", problem: "x", fix: "y" })],
  [
    "a quote of another function",
    JSON.stringify({ quote: "return sum(items) / items.length", problem: "x" }),
  ],
  ["five megabytes", "x".repeat(5_000_000)],
])("an answer of %s is no finding, and keeps nobody from the next", async (_, answer) => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  stage.type(" + 1")
  save(stage)
  ;(await stage.model.asked()).answer(answer)
  // An edit of the function has it looked at anew.
  stage.editor.edit(stage.uri, 0, 0, "/* */ ")
  save(stage)
  ;(await stage.model.asked()).answer(CLAIM)
  ;(await stage.model.asked()).answer("yes")
  expect(await told(stage)).toHaveLength(1)
})

test("endless findings end: three of them are told", async () => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  stage.type(" + 1")
  save(stage)
  const quotes = ["let total = 0", "i < items.length", "total += items[i]!", "return total + 1"]
  const claims = quotes.map(quote => JSON.stringify({ quote, problem: `Wrong: ${quote}` }))
  ;(await stage.model.asked()).answer(`${claims.join("\n")}\n`.repeat(500))
  for (let claim = 0; claim < 3; claim++) (await stage.model.asked()).answer("yes")
  expect((await told(stage)).map(({ message }) => message)).toEqual(
    quotes.slice(0, 3).map(quote => `Wrong: ${quote}`),
  )
})

test("an edit of the function while the model looks at it ends the look, and what it still says counts for nothing", async () => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  stage.type(" + 1")
  save(stage)
  const review = await stage.model.asked()
  review.say(CLAIM.slice(0, 10))
  stage.editor.edit(stage.uri, 0, 0, "/* */ ")
  save(stage)
  const anew = await stage.model.asked()
  review.surface.delta(CLAIM.slice(10))
  review.complete()
  anew.answer(CLAIM)
  const second = await stage.model.asked()
  expect(second.input).toContain("/* */ export function sum")
  second.answer("no")
  stage.editor.edit(stage.uri, 0, 6, "")
  save(stage)
  ;(await stage.model.asked()).answer("none")
})

test("a function that is still being written is left alone, the others are not", async () => {
  await using stage = await ActionStage.open(SUMS, REVIEWS)
  stage.type(" + (1")
  const at = stage.text.indexOf("items.length\n}")
  stage.editor.edit(stage.uri, at, at, "1 + ")
  save(stage)
  const review = await stage.model.asked()
  expect(review.input).toContain("The function, in src/sums.ts:\n\n```typescript\nexport function mean")
  review.answer("none")
  const [start = 0] = stage.cursors
  stage.editor.edit(stage.uri, start + 5, start + 5, ")")
  save(stage)
  const next = await stage.model.asked()
  expect(next.input).toContain("The function, in src/sums.ts:\n\n```typescript\nexport function sum")
  next.answer("none")
})
