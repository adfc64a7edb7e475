import { expect, test } from "vitest"
import { Redactions } from "../../../../server/context/redact/redactions.ts"
import { completionAsk } from "../../../../server/features/completion/asking/ask.ts"
import { INSTRUCTIONS, PROMPT_VERSION } from "../../../../server/features/completion/asking/instructions.ts"
import { shapeOf } from "../../../../server/features/completion/asking/shape.ts"
import type { PromptContext } from "../../../../server/features/context/prompt-context.ts"
import type { AskRequest } from "../../../../server/model/ask.ts"
import { placeIn } from "../place.ts"

/** The ask at a fixture's cursor with a small digest and context. */
function askAt(fixture: string, prompt: Partial<PromptContext> = {}): AskRequest {
  const place = placeIn(fixture)
  const { text } = place.document
  const context: PromptContext = {
    refused: false,
    stable: "The project: one file\n",
    epoch: 1,
    context: "// b.ts\nexport function b(): void\n",
    before: text.slice(0, place.offset),
    after: text.slice(place.offset),
    pieces: [],
    redactions: new Redactions(),
    ...prompt,
  }
  return completionAsk(place, shapeOf(place, "normal"), context, { priority: 1, projectKey: "p" })
}

test("the instructions never change unnoticed: a new version goes with new bytes", () => {
  expect(PROMPT_VERSION).toBe(1)
  expect(INSTRUCTIONS).toMatchInlineSnapshot(`
    "You complete code in an editor while its user types.
    You get other code of the project, then the code after the cursor, the code before the cursor, and last the beginning of the line at the cursor.
    Answer with the code that belongs at the cursor. Begin with the beginning of the line, repeated exactly as it is given, and go on from there.
    Answer with code only: no explanation, no Markdown fence, no comment about the task.
    Keep the indentation, the names and the style of the code around it. Use only names that are declared or imported there.
    Do not repeat code that stands after the cursor. Close only what you open yourself or what stands open before the cursor.
    Stop as soon as what is asked for is complete.
    "
  `)
})

test("what changes least comes first, and the line at the cursor comes last", () => {
  const ask = askAt("//- /home/me/a.ts\nfunction f() {\n  return <|>\n}\n")
  expect(ask.instructions).toBe(INSTRUCTIONS)
  expect(ask.stable).toEqual(["The project: one file\n"])
  expect(ask.turns.map(({ by }) => by)).toEqual(["user"])
  expect(ask.turns[0]!.text).toMatchInlineSnapshot(`
    "<other_code>
    // b.ts
    export function b(): void
    </other_code>
    <code_after file="a.ts">
    }
    </code_after>
    <code_before file="a.ts">
    function f() {
    </code_before>
    Complete the statement at the cursor. Its line begins so:
    <line_start>  return </line_start>
    "
  `)
  expect([ask.role, ask.priority, ask.cacheKey, ask.stop]).toEqual(["live", 1, "p-complete-1", []])
})

test("a model that fills in the middle gets what stands on either side", () => {
  const { hole } = askAt("//- /a.ts\nfoo(<|>)\n")
  expect([hole?.before, hole?.after]).toEqual(["foo(", ")\n"])
  expect(hole?.files.map(({ name }) => name)).toEqual(["project", "context"])
  expect(askAt("//- /a.ts\nfoo(<|>)\n", { stable: "", context: "" }).hole?.files).toEqual([])
})

test("an ask is the same for the same place, and its bound moves in few steps", () => {
  const fixture = "//- /a.ts\nfunction f() {\n  const b = <|>\n}\n"
  expect(askAt(fixture)).toEqual(askAt(fixture))
  const bound = (typed: string): number => askAt(`//- /a.ts\n${typed}<|>\n`).maxOutputTokens
  expect([bound("const a = "), bound("const ab = "), bound(`const a = "${"word ".repeat(30)}" + `)]).toEqual([
    48, 48, 96,
  ])
})
