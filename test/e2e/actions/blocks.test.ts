import { expect, test } from "vitest"
import { ActionStage } from "./action-editor.ts"

const LIST = `
  //- /src/list.ts
  <|>export function first(items: string[]): string {
    const [item] = items
    return item!
  }
  export function last(items: string[]): string {
    const item = items.at(-1)
    return item!
  }<|>
  //- /src/other.ts
  export const other = 1
  //- /.env
  TOKEN=1
`

function block(path: string, search: string, replace: string): string {
  return `FILE: ${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`
}

/** What is said of an answer in blocks that is refused; the file is as it was. */
async function refusedBlocks(answer: string): Promise<string> {
  await using stage = await ActionStage.open(LIST)
  const before = stage.text
  await stage.run("pilotlight.do", { action: "extract", uri: stage.uri, range: stage.range })
  const ask = await stage.model.asked()
  ask.answer(answer)
  const said = await stage.said()
  expect(stage.text).toBe(before)
  expect(stage.steps).toEqual([])
  expect(said).toMatch(/^Extract the selection into a function: [^\n]+[^.]\.$/)
  return said
}

test.each([
  ["outside the workspace", "../../etc/passwd"],
  ["by an absolute path", "/etc/passwd"],
  ["that may not leave the machine", ".env"],
  ["that the model was not shown", "src/other.ts"],
])("an answer that changes a file %s changes nothing, its own file neither", async (_, path) => {
  const own = block("src/list.ts", "  const [item] = items", "  const item = items[0]")
  const said = await refusedBlocks(own + block(path, "export const other = 1", "export const other = 2"))
  expect(said).toMatch(/only change src\/list\.ts here|no file of this workspace/)
})

test("an answer that makes a file outside the workspace makes none", async () => {
  await refusedBlocks(block("../evil.ts", "", "export const evil = 1"))
})

test("what is found twice is changed nowhere", async () => {
  expect(await refusedBlocks(block("src/list.ts", "  return item!", "  return item"))).toMatch(
    /twice|several|more than one|2 places/,
  )
})

test("blocks that overlap change nothing", async () => {
  const one = block("src/list.ts", "  const [item] = items\n  return item!", "  return items[0]!")
  await refusedBlocks(one + block("src/list.ts", "  const [item] = items", "  const item = items[0]"))
})

test("a block in its place lands", async () => {
  await using stage = await ActionStage.open(LIST)
  const before = stage.text
  await stage.run("pilotlight.do", { action: "extract", uri: stage.uri, range: stage.range })
  const ask = await stage.model.asked()
  ask.answer(block("src/list.ts", "  const [item] = items", "  const item = items[0]"))
  expect(await stage.ended()).toBe("done")
  expect(stage.text).toBe(before.replace("const [item] = items", "const item = items[0]"))
})
