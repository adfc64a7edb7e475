import { expect, test } from "vitest"
import { ActionStage, fenced } from "./action-editor.ts"

const COUNT = `
  //- /src/count.ts
  export function count(words: string[]): Map<string, number> {
    var counts = new Map<string, number>()
    for (var i = 0; i < words.length; i++) {
      var word = words[i]
      <|>counts.set(word, (counts.get(word) || 0) + 1)
    }
    return counts
  }

  export const zero = 0
`

const MODERN = [
  "export function count(words: string[]): Map<string, number> {",
  "  const counts = new Map<string, number>()",
  "  for (const word of words) {",
  "    counts.set(word, (counts.get(word) ?? 0) + 1)",
  "  }",
  "  return counts",
  "}",
]

/** The brackets that a text opens and does not close. */
function openBrackets(text: string): number {
  return [...text].reduce(
    (open, mark) => open + ("({[".includes(mark) ? 1 : ")}]".includes(mark) ? -1 : 0),
    0,
  )
}

test("lines show while the model still writes, and what stands there is whole at each step", async () => {
  await using stage = await ActionStage.open(COUNT)
  const ask = await stage.edit("modernise")
  ask.say("```ts\n", `${MODERN.slice(0, 2).join("\n")}\n`)
  await stage.stepped(1)
  expect(stage.text).toContain("const counts")
  expect(stage.text).toContain("var word")
  ask.surface.delta(`${MODERN.slice(2).join("\n")}\n\`\`\`\n`)
  ask.complete()
  expect(await stage.ended()).toBe("done")
  expect(stage.text).toBe(`${MODERN.join("\n")}\n\nexport const zero = 0\n`)
  expect(stage.steps.map(openBrackets).filter(open => open !== 0)).toEqual([])
})

test("in an editor where edits in a row are not safe, all comes at once", async () => {
  await using stage = await ActionStage.open(COUNT, { clientInfo: { name: "Eglot", version: "1.17.30" } })
  const ask = await stage.edit("modernise")
  ask.answer(fenced(MODERN.join("\n")))
  expect(await stage.ended()).toBe("done")
  expect(stage.steps).toEqual([`${MODERN.join("\n")}\n\nexport const zero = 0\n`])
})

test("a new instruction redirects what is being written, and only its answer remains", async () => {
  await using stage = await ActionStage.open(COUNT)
  const before = stage.text
  const ask = await stage.edit("modernise")
  ask.say("```ts\n", `${MODERN.slice(0, 2).join("\n")}\n`)
  await stage.stepped(1)
  await stage.run("pilotlight.steer", { instruction: "no, count only long words" })
  const again = await stage.model.asked()
  expect(again.input).toContain("no, count only long words")
  const other = MODERN.map(line => line.replace("counts.set", "if (word.length > 3) counts.set"))
  again.answer(fenced(other.join("\n")))
  expect(await stage.ended()).toBe("done")
  expect(stage.text).toBe(`${other.join("\n")}\n\nexport const zero = 0\n`)
  await stage.run("pilotlight.undo")
  await stage.said()
  expect(stage.text).toBe(before)
})

test("stopping keeps what is there, which one command takes back", async () => {
  await using stage = await ActionStage.open(COUNT)
  const before = stage.text
  const ask = await stage.edit("modernise")
  ask.say("```ts\n", `${MODERN.slice(0, 2).join("\n")}\n`)
  await stage.stepped(1)
  await stage.run("pilotlight.stop")
  expect(await stage.ended()).toBe("stopped")
  expect(stage.text).toContain("const counts")
  await stage.run("pilotlight.undo")
  await stage.said()
  expect(stage.text).toBe(before)
})

test("typing in what is being written stops it, and nothing of what was typed is lost", async () => {
  await using stage = await ActionStage.open(COUNT)
  const ask = await stage.edit("modernise")
  ask.say("```ts\n", `${MODERN.slice(0, 2).join("\n")}\n`)
  await stage.stepped(1)
  const at = stage.text.indexOf("var word")
  stage.editor.edit(stage.uri, at, at, "/* mine */ ")
  ask.surface.delta(`${MODERN.slice(2).join("\n")}\n\`\`\`\n`)
  expect(await stage.said()).toMatch(/^modernise: stopped, because the code was changed/)
  expect(stage.text).toContain("/* mine */ var word")
})

test("typing elsewhere disturbs nothing and stays", async () => {
  await using stage = await ActionStage.open(COUNT)
  const ask = await stage.edit("modernise")
  ask.say("```ts\n", `${MODERN.slice(0, 2).join("\n")}\n`)
  await stage.stepped(1)
  stage.editor.edit(stage.uri, 0, 0, "// mine\n")
  ask.surface.delta(`${MODERN.slice(2).join("\n")}\n\`\`\`\n`)
  ask.complete()
  expect(await stage.ended()).toBe("done")
  expect(stage.text).toBe(`// mine\n${MODERN.join("\n")}\n\nexport const zero = 0\n`)
})

test("a second action in the same place is refused, one elsewhere goes on beside it", async () => {
  await using stage = await ActionStage.open(COUNT)
  const ask = await stage.edit("modernise")
  await stage.run("pilotlight.edit", { uri: stage.uri, range: stage.range, instruction: "shorten" })
  expect(await stage.said()).toBe(
    "shorten: Pilotlight is still at work here: stop it first, or tell it what to do instead.",
  )
  expect((await stage.actions()).map(({ title }) => title)).toContain("Stop writing")
  ask.answer(fenced(MODERN.join("\n")))
  await stage.ended()
})
