import { expect, test } from "vitest"
import { whyPage, whySentence } from "../../../server/features/completion/why-page.ts"
import type { WhyRecord } from "../../../server/features/completion/why-record.ts"

const SILENT: WhyRecord = {
  at: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  uri: "file:///a.ts",
  version: 7,
  line: 11,
  column: 4,
  surface: "ghost",
  invoked: false,
  gates: ["after-undo"],
  attempts: [],
  context: [],
  timings: { typed: null, asked: null, firstDelta: null, shown: null },
  checks: [],
  isUnverified: false,
  shown: [],
  silence: "after-undo",
}

const SHOWN: WhyRecord = {
  ...SILENT,
  surface: "list",
  gates: [],
  silence: null,
  attempts: [
    { source: "cache", outcome: "nothing" },
    { source: "model", outcome: "a | b" },
  ],
  context: [
    { kind: "symbol", path: "src/b.ts", tokens: 40, why: "it is\nnamed here" },
    { kind: "definition", path: "src/c.ts", tokens: 4, why: "much used" },
    { kind: "definition", path: "src/d.ts", tokens: 5, why: "much used" },
  ],
  timings: { typed: -3, asked: 1.25, firstDelta: 151, shown: 180.04 },
  checks: ["balance"],
  isUnverified: true,
  shown: ["return `total`", "return"],
}

test("a silence is explained in a sentence", () => {
  expect(whySentence(SILENT)).toBe(
    "At line 12, column 5 nothing was suggested: you just took something back.",
  )
})

test("what was shown is told with where it came from", () => {
  expect(whySentence(SHOWN)).toBe('At line 12, column 5 "return `total`" was suggested (model: a | b).')
})

test("the page has the latest request first, with nothing that breaks its tables", () => {
  expect(whyPage("file:///a.ts", [SILENT, SHOWN])).toMatchInlineSnapshot(`
    "# Why

    \`file:///a.ts\`

    What became of the last requests in this document, the latest first. Times are in ms after the request came in.

    ## 03:04:05.006 UTC, line 12, column 5

    At line 12, column 5 "return \`total\`" was suggested (model: a | b). Asked for as a list, at version 7.

    Shown, best first: \`\` return \`total\` \`\`, \`return\`

    Checks that changed or dropped something: balance

    The syntax could not be checked: there is no grammar, or it took too long.

    Times: typed -3.0, model asked 1.3, first piece of its answer 151.0, shown 180.0

    | source | outcome |
    | --- | --- |
    | cache | nothing |
    | model | a \\| b |

    | told to the model | from | tokens | because |
    | --- | --- | --- | --- |
    | symbol | src/b.ts | 40 | it is named here |
    | definition | 2 files | 9 | much used |

    ## 03:04:05.006 UTC, line 12, column 5

    At line 12, column 5 nothing was suggested: you just took something back. Asked for as ghost text, at version 7.

    Gates that were closed: you just took something back
    "
  `)
})

test("a document in which nothing was asked for has a page too", () => {
  expect(whyPage("", [])).toContain("Nothing was asked for in this document so far.")
})
