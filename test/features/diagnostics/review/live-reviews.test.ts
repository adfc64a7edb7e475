import { expect, test } from "vitest"
import { type Cancelled, ModelError } from "../../../../server/base/errors.ts"
import { type Log, strictLog } from "../../../../server/base/log.ts"
import type { Finding } from "../../../../server/features/diagnostics/finding.ts"
import { LiveReviews, type ReviewEnd } from "../../../../server/features/diagnostics/review/live-reviews.ts"
import type { Stretch } from "../../../../server/features/diagnostics/review/place-claim.ts"
import type { FunctionReview } from "../../../../server/features/diagnostics/review/review-function.ts"
import { type DocumentSnapshot, editedSnapshot, openSnapshot } from "../../../../server/workspace/document.ts"

const URI = "file:///a.txt"

/** A look at one function that a test ends. */
interface AskedLook {
  readonly code: string
  readonly signal: AbortSignal
  readonly answer: (review: FunctionReview) => void
  readonly fail: (error: Error) => void
}

/** A document whose functions are its lines, and a model in the test's hand. */
class World {
  readonly looks: AskedLook[] = []
  readonly logged: string[] = []
  readonly reviews: LiveReviews
  found = 0
  #document: DocumentSnapshot | null = null

  constructor(text: string, base: string = "") {
    const log: Log = { ...strictLog(), bug: what => void this.logged.push(what) }
    this.reviews = new LiveReviews({
      document: uri => (uri === URI ? this.#document : null),
      functions: async () => (this.#document === null ? [] : linesOf(this.#document)),
      keyOf: ({ text: all }, { start, end }) => all.slice(start, end),
      review: (document, { start, end }, signal) => this.#look(document.text.slice(start, end), signal),
      most: 3,
      log,
    })
    this.#document = openSnapshot({ uri: URI, path: null, language: null, version: 1, text })
    this.reviews.opened(URI, base)
  }

  /** What is known, each finding as the text it stands at. */
  get findings(): readonly string[] {
    const text = this.#document?.text ?? ""
    return this.reviews.findings(URI).map(({ start, end, message }) => `${message} ${text.slice(start, end)}`)
  }

  get codes(): readonly string[] {
    return this.looks.map(({ code }) => code)
  }

  review(): Promise<ReviewEnd> {
    return this.reviews.review(URI, () => this.found++)
  }

  edit(start: number, end: number, text: string): void {
    const change = { start, end, text }
    this.#document = editedSnapshot(this.#document!, change, this.#document!.version + 1)
    this.reviews.changed(URI, [change])
  }

  close(): void {
    this.#document = null
    this.reviews.closed(URI)
  }

  /** Settles once the model has been asked so often. */
  async looked(count: number): Promise<AskedLook> {
    for (let turn = 0; this.looks.length < count && turn < 100; turn++) await Promise.resolve()
    expect(this.looks).toHaveLength(count)
    return this.looks[count - 1]!
  }

  #look(code: string, signal: AbortSignal): Promise<FunctionReview> {
    return new Promise((answer, fail) => {
      this.looks.push({ code, signal, answer, fail })
      signal.addEventListener("abort", () => fail(signal.reason as Cancelled))
    })
  }
}

function linesOf({ text, lines }: DocumentSnapshot): readonly Stretch[] {
  return text.split("\n").flatMap((line, at) => {
    const start = lines.startOf(at)
    return line === "" ? [] : [{ start, end: start + line.length }]
  })
}

/** A review that finds the first two letters of a function wrong, with a fix. */
function bug(message: string): FunctionReview {
  const edits = [{ start: 0, end: 1, text: "!" }]
  const fix = { title: "mend", kind: "quickfix", edits } as const
  const finding: Finding = {
    rule: "review",
    message,
    severity: "information",
    start: 0,
    end: 2,
    tags: [],
    fixes: [fix],
    byModel: true,
  }
  return { findings: [finding] }
}

const CLEAN: FunctionReview = { findings: [] }

test("functions that changed are looked at one after the other, and what is found moves with its code", async () => {
  const world = new World("one\ntwo\nthree\n", "two\n")
  const end = world.review()
  ;(await world.looked(1)).answer(bug("first"))
  ;(await world.looked(2)).answer(bug("second"))
  expect(await end).toEqual({ reviewed: 2, problem: null, failed: false })
  expect(world.codes).toEqual(["one", "three"])
  expect(world.findings).toEqual(["first on", "second th"])
  world.edit(0, 0, "zero\n")
  expect(world.findings).toEqual(["first on", "second th"])
  expect(world.reviews.findings(URI)[0]!.fixes[0]!.edits).toEqual([{ start: 5, end: 6, text: "!" }])
  expect(world.found).toBe(2)
})

test("an edit of a function ends the look at it, one elsewhere does not", async () => {
  const world = new World("one\ntwo\n")
  const end = world.review()
  const first = await world.looked(1)
  world.edit(3, 3, "!")
  expect(first.signal.aborted).toBe(true)
  const second = await world.looked(2)
  world.edit(0, 0, "zero\n")
  second.answer(bug("found"))
  expect(await end).toEqual({ reviewed: 1, problem: null, failed: false })
  expect(world.findings).toEqual(["found tw"])
})

test("a function that is edited before its turn is not looked at", async () => {
  const world = new World("one\ntwo\n")
  const end = world.review()
  const first = await world.looked(1)
  world.edit(4, 5, "T")
  first.answer(CLEAN)
  expect(await end).toEqual({ reviewed: 1, problem: null, failed: false })
  expect(world.codes).toEqual(["one"])
})

test("an edit takes back what was found; the same code again is known without a look", async () => {
  const world = new World("one\n")
  const end = world.review()
  ;(await world.looked(1)).answer(bug("found"))
  await end
  world.edit(1, 2, "N")
  expect(world.findings).toEqual([])
  world.edit(1, 2, "n")
  expect(world.findings).toEqual([])
  await world.review()
  expect(world.findings).toEqual(["found on"])
  expect(world.looks).toHaveLength(1)
})

test("a review asked for while one runs comes after it, once, and looks at what is new alone", async () => {
  const world = new World("one\n")
  const first = world.review()
  const look = await world.looked(1)
  world.edit(4, 4, "two\n")
  const [second, third] = [world.review(), world.review()]
  expect(second).toBe(third)
  look.answer(CLEAN)
  await first
  ;(await world.looked(2)).answer(bug("found"))
  expect(await second).toEqual({ reviewed: 1, problem: null, failed: false })
  expect(world.codes).toEqual(["one", "two"])
})

test("closing a document ends its review and forgets it", async () => {
  const world = new World("one\ntwo\n")
  const end = world.review()
  const look = await world.looked(1)
  world.close()
  expect(look.signal.aborted).toBe(true)
  expect(await end).toEqual({ reviewed: 0, problem: null, failed: false })
  expect(world.looks).toHaveLength(1)
  expect(await world.review()).toEqual({ reviewed: 0, problem: null, failed: false })
})

test("a document that is opened anew gets nothing from the review of the one before", async () => {
  const world = new World("one\n")
  const end = world.review()
  const look = await world.looked(1)
  world.reviews.opened(URI, "one\n")
  look.answer(bug("late"))
  await end
  expect(world.findings).toEqual([])
})

test.each([
  [new ModelError("unavailable", "the model is gone"), { problem: "the model is gone", failed: true }, []],
  [
    new Error("bug"),
    { problem: "Pilotlight made a mistake; the log says which", failed: true },
    ["a review failed"],
  ],
])("a failure ends the review, which can be tried again: %s", async (error, ended, logged) => {
  const world = new World("one\ntwo\n")
  const end = world.review()
  ;(await world.looked(1)).fail(error)
  expect(await end).toEqual({ reviewed: 0, ...ended })
  expect(world.logged).toEqual(logged)
  const again = world.review()
  ;(await world.looked(2)).answer(CLEAN)
  ;(await world.looked(3)).answer(CLEAN)
  expect(await again).toEqual({ reviewed: 2, problem: null, failed: false })
})

test("a file that may not leave is asked about once", async () => {
  const world = new World("one\ntwo\n")
  const end = world.review()
  ;(await world.looked(1)).answer({ refused: "it is denied" })
  expect(await end).toEqual({ reviewed: 0, problem: "it is denied", failed: false })
  expect(world.looks).toHaveLength(1)
})

test("generated files are left alone", async () => {
  const world = new World("// @generated\none\n")
  expect(await world.review()).toEqual({ reviewed: 0, problem: null, failed: false })
  expect(world.looks).toHaveLength(0)
})

test("what another server reports is not shown twice, and shown again once it is gone there", async () => {
  const world = new World("one\n")
  const end = world.review()
  ;(await world.looked(1)).answer(bug("found"))
  await end
  const same = [{ start: 0, end: 2, message: "theirs" }]
  expect(world.reviews.reported(URI, { start: 0, end: 2 }, same)).toBe(true)
  expect(world.findings).toEqual([])
  expect(world.reviews.reported(URI, { start: 0, end: 2 }, same)).toBe(false)
  expect(world.reviews.reported(URI, { start: 1, end: 1 }, [])).toBe(true)
  expect(world.findings).toEqual(["found on"])
})

test("what is stopped sends nothing more, keeps what was found, and can be begun again", async () => {
  const world = new World("one\ntwo\nthree\n")
  const end = world.review()
  ;(await world.looked(1)).answer(bug("found"))
  const second = await world.looked(2)
  world.reviews.stop()
  expect(second.signal.aborted).toBe(true)
  expect(await end).toEqual({ reviewed: 1, problem: null, failed: false })
  expect(world.looks).toHaveLength(2)
  expect(world.findings).toEqual(["found on"])
  void world.review()
  expect((await world.looked(3)).code).toBe("two")
})

test("of many functions that changed at once some are looked at, and the next ones in the next review", async () => {
  const world = new World("a\nb\nc\nd\ne\n")
  for (const count of [3, 5]) {
    const end = world.review()
    while (world.looks.length < count) (await world.looked(world.looks.length + 1)).answer(CLEAN)
    expect(await end).toMatchObject({ problem: null })
    expect(world.looks).toHaveLength(count)
  }
  expect(world.codes).toEqual(["a", "b", "c", "d", "e"])
})
