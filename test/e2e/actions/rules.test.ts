import { expect, test } from "vitest"
import type { CodeAction } from "vscode-languageserver/node"
import { ActionStage } from "./action-editor.ts"

const OLD = `
  //- /src/old.js
  function total(items) {
    var <|>sum = 0
    var more = 1
    if (items.indexOf(sum) !== -1) return more
    return sum
  }
`

/** The action that runs a command, as soon as the rules have been read and looked for. */
async function offered(stage: ActionStage, name: string): Promise<CodeAction> {
  for (let asked = 0; asked < 1000; asked++) {
    const action = (await stage.actions()).find(({ command }) => command?.command === name)
    if (action !== undefined) return action
  }
  throw new Error(`${name} is not offered`)
}

test("without a model a rule's rewrite is offered, lands exactly and is undone", async () => {
  await using stage = await ActionStage.open(OLD, { hasModel: false })
  const before = stage.text
  const modernise = await offered(stage, "pilotlight.fix")
  expect(modernise).toMatchObject({ kind: "refactor.rewrite" })
  await stage.run("pilotlight.fix", modernise.command!.arguments![0])
  await stage.stepped(1)
  expect(stage.text).toBe(before.replace("var sum", "const sum"))
  await stage.run("pilotlight.undo")
  expect(await stage.said()).toMatch(/^Undone/)
  expect(stage.text).toBe(before)
})

test("all rewrites of a file are one edit", async () => {
  await using stage = await ActionStage.open(OLD, { hasModel: false })
  const all = await offered(stage, "pilotlight.fixAll")
  expect(all).toMatchObject({ kind: "source.modernise" })
  await stage.run("pilotlight.fixAll", all.command!.arguments![0])
  await stage.stepped(1)
  expect(stage.text).toBe(
    "function total(items) {\n  const sum = 0\n  const more = 1\n  if (items.includes(sum)) return more\n  return sum\n}\n",
  )
})
