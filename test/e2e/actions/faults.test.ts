import { expect, test } from "vitest"
import { ActionStage, fenced } from "./action-editor.ts"

const ADD = `
  //- /src/add.ts
  export function add(a: number, b: number): number {
    return a <|>+ b
  }
  export function sub(a: number, b: number): number {
    return a - b
  }
`

const GOOD = "export function add(a: number, b: number): number {\n  return b + a\n}"

test.each<[what: string, answer: string]>([
  ["prose", "You should use bigint here, because numbers lose precision."],
  ["nothing", ""],
  ["half a block", "```ts\nexport function add(a: number, b: number): number {\n  return b"],
  ["another function", fenced("export function mul(a: number, b: number): number {\n  return a * b\n}")],
  ["broken code", fenced("export function add(a: number, b: number): number {\n  return (b + a\n}")],
  [
    "rest left out",
    fenced("export function add(a: number, b: number): number {\n  // ... rest unchanged\n}"),
  ],
])("an answer of %s leaves the document as it is and is told in one sentence", async (_, answer) => {
  await using stage = await ActionStage.open(ADD)
  const before = stage.text
  const ask = await stage.edit("swap")
  ask.answer(answer)
  const said = await stage.said()
  expect(said).toMatch(/^swap: [^\n]+\.$/)
  expect(stage.text).toBe(before)
})

test("an answer of 5 MB ends early, and the document is as it was", async () => {
  await using stage = await ActionStage.open(ADD)
  const before = stage.text
  const ask = await stage.edit("swap")
  ask.say("```ts\n", ...Array.from({ length: 50 }, () => `${"x".repeat(99)}\n`.repeat(1000)))
  ask.complete()
  expect(await stage.said()).toMatch(/cut short|too long/)
  expect(stage.text).toBe(before)
})

test("a model that fails is told in one sentence", async () => {
  await using stage = await ActionStage.open(ADD)
  const before = stage.text
  const ask = await stage.edit("swap")
  ask.refuse(400, "invalid_prompt", "the prompt is not to its liking")
  expect(await stage.said()).toBe("swap: the prompt is not to its liking.")
  expect(stage.text).toBe(before)
})

test("without a model nothing by a model is offered, and commands say so", async () => {
  await using stage = await ActionStage.open(ADD, { hasModel: false })
  expect(await stage.actions()).toEqual([])
  await stage.run("pilotlight.edit", { uri: stage.uri, range: stage.range, instruction: "swap" })
  expect(await stage.said()).toMatch(/no model is set/)
})

test("an editor that takes no edits is offered none, nor told of commands that edit", async () => {
  await using stage = await ActionStage.open(ADD, { canApply: false })
  const commands = (await stage.actions()).map(({ command }) => command?.command)
  expect([...new Set(commands)].sort()).toEqual(["pilotlight.explain", "pilotlight.review"])
})

test("a document that is closed meanwhile ends the action", async () => {
  await using stage = await ActionStage.open(ADD)
  const ask = await stage.edit("swap")
  stage.editor.closeDocument(stage.uri)
  ask.answer(fenced(GOOD))
  expect(await stage.said()).toMatch(/the document was closed/)
})

test("a change of the code itself while the model thinks is not overwritten", async () => {
  await using stage = await ActionStage.open(ADD)
  const ask = await stage.edit("swap")
  const at = stage.text.indexOf("a + b")
  stage.editor.edit(stage.uri, at, at + 5, "a + b + 1")
  ask.answer(fenced(GOOD))
  expect(await stage.said()).toMatch(/^swap: [^\n]+\.$/)
  expect(stage.text).toContain("a + b + 1")
})

test.each<[string, unknown]>([
  ["no argument", null],
  ["a foreign argument", { textDocument: { uri: "file:///x" } }],
  ["a document that is not open", { uri: "file:///nowhere.ts", range: {}, instruction: "x" }],
  ["no instruction", { uri: "file:///nowhere.ts" }],
])("a command with %s is refused in one sentence", async (_, argument) => {
  await using stage = await ActionStage.open(ADD)
  await expect(stage.run("pilotlight.edit", argument as object)).rejects.toMatchObject({ code: -32602 })
})

test("commands of other servers are none of ours", async () => {
  await using stage = await ActionStage.open(ADD)
  expect(await stage.run("rust-analyzer.runSingle", { kind: "cargo" })).toBeNull()
})
