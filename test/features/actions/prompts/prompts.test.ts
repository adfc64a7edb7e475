import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import {
  EDIT_PROMPT_VERSION,
  editInstructions,
  editTurn,
} from "../../../../server/features/actions/prompts/edit-prompt.ts"
import {
  READING_PROMPT_VERSION,
  readingInstructions,
} from "../../../../server/features/actions/prompts/reading-prompt.ts"

/** The first digits of a prompt's digest: who changes a prompt counts its version up and writes the new digest here. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12)
}

test("the fixed parts of prompts change only with their version", () => {
  expect({
    edit: [EDIT_PROMPT_VERSION, digest(editInstructions("rewrite")), digest(editInstructions("blocks"))],
    read: [
      READING_PROMPT_VERSION,
      digest(readingInstructions("explain")),
      digest(readingInstructions("review")),
    ],
  }).toMatchInlineSnapshot(`
    {
      "edit": [
        1,
        "508bc16a5b12",
        "bb2b9bd9d868",
      ],
      "read": [
        1,
        "71f66996c451",
        "7d9ccb81b54d",
      ],
    }
  `)
})

test("each prompt for an edit asks for the smallest change, the style around and one form", () => {
  for (const form of ["rewrite", "blocks"] as const) {
    expect(editInstructions(form)).toMatch(/smallest change[\s\S]*style[\s\S]*Answer in this form only/)
  }
})

test("an edit is told in the same order every time, its code in a fence that it can't close", () => {
  const turn = editTurn({
    context: "",
    path: "a.md",
    language: "markdown",
    before: "before\n",
    after: "```\ncode\n```\n",
    target: "```\ncode\n```",
    instruction: "shorten",
  })
  expect(turn).toMatchInlineSnapshot(`
    "The file a.md, around the place:

    before
    \`\`\`
    code
    \`\`\`

    The code to change:

    \`\`\`\`markdown
    \`\`\`
    code
    \`\`\`
    \`\`\`\`

    Instruction:

    shorten
    "
  `)
})
