import { expect, test } from "vitest"
import { ModelError } from "../../../../server/base/errors.ts"
import { Redactions } from "../../../../server/context/redact/redactions.ts"
import type { PromptContext } from "../../../../server/features/context/prompt-context.ts"
import {
  type FunctionReview,
  type ReviewSources,
  reviewFunction,
} from "../../../../server/features/diagnostics/review/review-function.ts"
import type { AskRequest } from "../../../../server/model/ask.ts"
import { openSnapshot } from "../../../../server/workspace/document.ts"
import { parseFixture } from "../../../fixture.ts"
import { languages, parserOf } from "../../../syntax/parsing.ts"

const PROMPT: PromptContext = {
  refused: false,
  stable: "The digest.\n",
  epoch: 1,
  context: "",
  before: "",
  after: "",
  pieces: [],
  redactions: new Redactions(),
}

const LOOP = `
  const above = 1
  <|>function sum(items: number[]) {
    let total = 0
    for (let i = 0; i <= items.length; i++) total += items[i]!
    return total
  }<|>
`

interface Reviewed {
  readonly review: FunctionReview
  readonly asks: readonly AskRequest[]
  /** The text of the function. */
  readonly code: string
}

/** Reviews the function between the marks with a model that says these things one after the other. */
async function reviewIn(
  fixture: string,
  answers: readonly string[],
  options: Partial<ReviewSources> = {},
): Promise<Reviewed> {
  const [file] = parseFixture(fixture).files
  const { text, cursors } = file!
  const [start = 0, end = 0] = cursors
  const document = openSnapshot({
    uri: "file:///p/a.ts",
    path: "/p/a.ts",
    language: "typescript",
    version: 1,
    text,
  })
  const asks: AskRequest[] = []
  const sources: ReviewSources = {
    roots: ["/p"],
    prompt: async () => ({ ...PROMPT, redactions: new Redactions() }),
    ask: async request => {
      asks.push(request)
      return answers[asks.length - 1] ?? expect.unreachable("nothing more was to be asked")
    },
    language: name => languages.byName(name),
    parserFor: ({ name }) => parserOf(name),
    exists: () => false,
    ...options,
  }
  const review = await reviewFunction(document, { start, end }, sources, new AbortController().signal)
  return { review, asks, code: text.slice(start, end) }
}

/** What a model's answers come to: each finding as its text, its message and what its fix writes. */
async function checkReview(fixture: string, ...answers: readonly string[]): Promise<readonly string[]> {
  const { review, code } = await reviewIn(fixture, answers)
  if ("refused" in review) return [review.refused]
  return review.findings.map(({ start, end, message, fixes }) => {
    const written = fixes[0]?.edits.map(edit => edit.text).join(" & ") ?? "no fix"
    return `${code.slice(start, end)}: ${message} -> ${written}`
  })
}

function claim(quote: string, problem = "It is wrong.", fix: string | null = null): string {
  return JSON.stringify({ quote, problem, fix })
}

const BUG = claim("i <= items.length", "It reads past the end.", "i < items.length")

test("a claim that is quoted and confirmed is a finding, with its fix", async () => {
  const { review, asks, code } = await reviewIn(LOOP, [BUG, "yes"])
  const fixed = "  for (let i = 0; i < items.length; i++) total += items[i]!"
  expect(review).toMatchObject({
    findings: [
      { rule: "review", severity: "information", byModel: true, tags: [], fixes: [{ kind: "quickfix" }] },
    ],
  })
  const [finding] = "findings" in review ? review.findings : []
  const after = finding!.fixes[0]!.edits.reduceRight(
    (all, { start, end, text }) => all.slice(0, start) + text + all.slice(end),
    code,
  )
  expect(after.split("\n")[2]).toBe(fixed)
  expect(asks.map(({ priority, stable, role }) => [priority, stable, role])).toEqual([
    [-1, ["The digest.\n"], "live"],
    [-1, [], "live"],
  ])
})

test.each([
  ["says no", [BUG, "no"]],
  ["says nothing", [BUG, ""]],
  ["says it at length", [BUG, "I would say yes"]],
])("a claim is dropped if the second look %s", async (_, answers) => {
  expect(await checkReview(LOOP, ...answers)).toEqual([])
})

test.each([
  ["none", "none"],
  ["prose", "This function has a bug in its loop: it reads past the end."],
  ["a quote that stands twice", claim("total")],
  ["a quote of another place", claim("const above = 1")],
  ["nothing", ""],
])("%s is asked about no further", async (_, answer) => {
  expect(await checkReview(LOOP, answer)).toEqual([])
})

test("claims about one place are one, and no more than three are told", async () => {
  const places = [
    "let total = 0",
    "let total",
    "i <= items.length",
    "total += items[i]!",
    "return total",
    "function sum",
  ]
  const claims = places.map(place => claim(place, place)).join("\n")
  expect(await checkReview(LOOP, claims, "yes", "no", "yes", "yes")).toEqual([
    "let total = 0: let total = 0 -> no fix",
    "total += items[i]!: total += items[i]! -> no fix",
    "return total: return total -> no fix",
  ])
})

test("a fix that does not land leaves the finding without one", async () => {
  const broken = claim("i <= items.length", "It reads past the end.", "i < items.length)")
  expect(await checkReview(LOOP, broken, "yes")).toEqual([
    "i <= items.length: It reads past the end. -> no fix",
  ])
})

const SECRET = `sk_live_${"4eC39HqLyjWDarjtT1zdp7dc"}`

test("secrets are in no ask, and are put back where they were quoted, but not into messages", async () => {
  const fixture = `<|>function login() {\n  const key = "${SECRET}"\n  return open(key + 1)\n}<|>\n`
  const asks: AskRequest[] = []
  const { review } = await reviewIn(fixture, [], {
    ask: async request => {
      asks.push(request)
      const said = request.turns[0]!.text
      const placeholder = /<hidden:[\w-]+:\d+>/.exec(said)![0]
      const quote = `const key = "${placeholder}"`
      return asks.length > 1
        ? "yes"
        : claim(quote, `${placeholder} stands here.`, `  const secret = "${placeholder}"`)
    },
  })
  expect(JSON.stringify(asks)).not.toContain(SECRET)
  const [finding] = "findings" in review ? review.findings : []
  expect(finding!.end - finding!.start).toBe(`const key = "${SECRET}"`.length)
  expect(finding!.message).toMatch(/^<hidden:.*> stands here\.$/)
  expect(finding!.fixes[0]!.edits[0]!.text).toContain(SECRET)
})

test("of a file that may not leave nothing is asked, and neither of a function beyond all measure", async () => {
  const prompt = async () => ({ refused: true, reason: "it is denied" }) as const
  expect((await reviewIn(LOOP, [], { prompt })).review).toEqual({ refused: "it is denied" })
  const long = `<|>function f() {\n${"  g()\n".repeat(5000)}}<|>\n`
  expect((await reviewIn(long, [])).review).toEqual({ findings: [] })
})

test("a longer function is for the deep model", async () => {
  const { asks } = await reviewIn(`<|>function f() {\n${"  g()\n".repeat(70)}}<|>\n`, ["none"])
  expect(asks[0]!.role).toBe("deep")
})

test("a model that fails is the failure of the review", async () => {
  const ask = async (): Promise<string> => {
    throw new ModelError("unavailable", "gone")
  }
  await expect(reviewIn(LOOP, [], { ask })).rejects.toThrow("gone")
})
