import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { ActionStage } from "./action-editor.ts"

const ADD = `
  //- /src/add.ts
  export function add(a: number, b: number): number {
    return a <|>+ b
  }
  export function sub(a: number, b: number): number {
    return a - b
  }
`

test("an explanation is told as a message where no page can be shown", async () => {
  await using stage = await ActionStage.open(ADD)
  const action = (await stage.actions()).find(({ title }) => title === "Explain this")
  await stage.run(action!.command!.command, action!.command!.arguments![0])
  const ask = await stage.model.asked()
  expect(ask.input).toContain("1 export function add")
  expect(ask.input).not.toContain("4 export function sub")
  ask.answer("It adds.")
  expect(await stage.said()).toBe("It adds.")
  expect(await stage.ended()).toBe("done")
})

test("a review is a page in which places are links", async () => {
  await using stage = await ActionStage.open(ADD, { showsDocuments: true })
  await stage.run("pilotlight.review", { uri: stage.uri, range: stage.range, scope: "file" })
  const ask = await stage.model.asked()
  ask.answer("- `src/add.ts:2`: it overflows.\n- `other.ts:1` is not here.")
  const { uri } = await stage.editor.read<{ uri: string }>("window/showDocument")
  expect(await stage.ended()).toBe("done")
  expect(readFileSync(fileURLToPath(uri), "utf8")).toBe(
    `# Review this file\n\n- [src/add.ts:2](${stage.uri}#L2): it overflows.\n- \`other.ts:1\` is not here.\n`,
  )
})

test("a reading that is stopped says nothing", async () => {
  await using stage = await ActionStage.open(ADD)
  await stage.run("pilotlight.explain", { uri: stage.uri, range: stage.range })
  await stage.model.asked()
  await stage.run("pilotlight.stop")
  expect(await stage.ended()).toBe("stopped")
})

test("what is being said shows while it is said", async () => {
  await using stage = await ActionStage.open(ADD)
  await stage.run("pilotlight.explain", { uri: stage.uri, range: stage.range })
  const ask = await stage.model.asked()
  ask.say("It adds,\nas it ")
  const shown = await stage.editor.read<{ value: { message?: string } }>("$/progress", ({ value }) =>
    /a second/.test(value.message ?? ""),
  )
  expect(shown.value.message).toMatch(/^\d lines, \d+ a second: (?:It adds,|as it)$/)
  ask.surface.delta("should.")
  ask.complete()
  expect(await stage.said()).toBe("It adds,\nas it should.")
})
