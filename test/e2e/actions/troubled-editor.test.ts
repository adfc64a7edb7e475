import { expect, test } from "vitest"
import { FakeClock } from "../../model/fake-clock.ts"
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

test.each([
  ["refuses", "the editor did not apply the edit: read only"],
  ["lies", "the editor said it applied the edit, but the text did not change"],
  ["never answers", "the editor did not apply the edit"],
] as const)(
  "an editor that %s when it is to apply an edit is not believed, nor waited for",
  async (applyAs, says) => {
    const clock = new FakeClock()
    await using stage = await ActionStage.open(ADD, {
      applyAs,
      clock,
      settings: { actions: { stream: false } },
    })
    const before = stage.text
    const ask = await stage.edit("swap")
    ask.answer(fenced(GOOD))
    await stage.editor.read("workspace/applyEdit")
    expect(await stage.saidInTime(clock)).toBe(`swap: ${says}.`)
    expect(stage.text).toBe(before)
  },
)

test("an edit that came out otherwise is not taken for done", async () => {
  const clock = new FakeClock()
  const options = { applyAs: "edits otherwise", clock, settings: { actions: { stream: false } } } as const
  await using stage = await ActionStage.open(ADD, options)
  const ask = await stage.edit("swap")
  ask.answer(fenced(GOOD))
  await stage.editor.read("workspace/applyEdit")
  expect(await stage.saidInTime(clock)).toBe(
    "swap: the text in the editor is not what the edit should have made of it.",
  )
})

test("after an editor that never answered the next edit is sent all the same", async () => {
  const clock = new FakeClock()
  await using stage = await ActionStage.open(ADD, { applyAs: "never answers", clock })
  for (const instruction of ["swap", "swap again"]) {
    const ask = await stage.edit(instruction)
    ask.answer(fenced(GOOD))
    await stage.editor.read("workspace/applyEdit")
    expect(await stage.saidInTime(clock)).toMatch(/did not apply|keeps changing/)
  }
})

test("a document that is renamed meanwhile is let alone under both names", async () => {
  await using stage = await ActionStage.open(ADD)
  const before = stage.text
  const ask = await stage.edit("swap")
  const renamed = stage.uri.replace("add.ts", "plus.ts")
  stage.editor.closeDocument(stage.uri)
  stage.editor.open(renamed, before)
  ask.answer(fenced(GOOD))
  expect(await stage.said()).toMatch(/^swap: [^\n]*the document was closed\.$/)
  expect(stage.editor.text(renamed)).toBe(before)
  expect(stage.steps).toEqual([])
})
