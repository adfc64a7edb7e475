import { expect, test } from "vitest"
import { ActionStage, fenced } from "./action-editor.ts"

const ADD = `
  //- /src/add.ts
  export function add(a: number, b: number): number {
    // add them
    return a <|>+ b
  }

  export function sub(a: number, b: number): number {
    return a - b
  }
`

test("an edit lands exactly, changes no other line, and is undone by one command", async () => {
  await using stage = await ActionStage.open(ADD)
  const before = stage.text
  const ask = await stage.edit("take bigints")
  expect(ask.input).toContain("take bigints")
  ask.answer(fenced("export function add(a: bigint, b: bigint): bigint {\n  // add them\n  return a + b\n}"))
  expect(await stage.ended()).toBe("done")
  expect(stage.text).toBe(
    before.replace("add(a: number, b: number): number", "add(a: bigint, b: bigint): bigint"),
  )
  await stage.run("pilotlight.undo")
  expect(await stage.said()).toBe("Undone: take bigints.")
  expect(stage.text).toBe(before)
})

test("an order in a comment is done, and the comment is gone", async () => {
  await using stage = await ActionStage.open(`
    //- /src/load.ts
    // pl: make this <|>async
    export function load(path: string): string {
      return read(path)
    }
    function read(path: string): string {
      return path
    }
  `)
  const [action] = await stage.actions()
  expect(action).toMatchObject({ title: "Do: make this async", kind: "quickfix" })
  await stage.run(action!.command!.command, action!.command!.arguments![0])
  const ask = await stage.model.asked()
  ask.answer(fenced("export async function load(path: string): Promise<string> {\n  return read(path)\n}"))
  expect(await stage.ended()).toBe("done")
  expect(stage.text).toBe(
    "export async function load(path: string): Promise<string> {\n  return read(path)\n}\nfunction read(path: string): string {\n  return path\n}\n",
  )
})

const LOAD = `
  //- /src/load.ts
  <|>
  export function load(path: string): string {
    return path
  }
`

const ASYNC = "export async function load(path: string): Promise<string> {\n  return path\n}\n"

test("an order starts by itself when its line is left, if the user wants that", async () => {
  await using stage = await ActionStage.open(LOAD, { settings: { actions: { startOrders: true } } })
  stage.type("// pl: make this", " async", "\n")
  const ask = await stage.model.asked()
  expect(ask.input).toContain("make this async")
  ask.answer(fenced(ASYNC.trimEnd()))
  expect(await stage.ended()).toBe("done")
  expect(stage.text).toBe(`\n${ASYNC}`)
})

test("changing the order while it is done redirects the work", async () => {
  await using stage = await ActionStage.open(LOAD, { settings: { actions: { startOrders: true } } })
  stage.type("// pl: make this", " async", "\n")
  const ask = await stage.model.asked()
  ask.say("```ts\n")
  const at = stage.text.indexOf(" async") + " async".length
  stage.editor.edit(stage.uri, at, at, " and")
  stage.editor.edit(stage.uri, at + 4, at + 4, " final")
  stage.editor.edit(stage.uri, stage.text.length, stage.text.length, "\n")
  const again = await stage.model.asked()
  expect(again.input).toContain("make this async and final")
  again.answer(fenced(ASYNC.trimEnd()))
  expect(await stage.ended()).toBe("done")
  expect(stage.text).not.toContain("pl:")
  expect(stage.text).toContain(ASYNC)
})
