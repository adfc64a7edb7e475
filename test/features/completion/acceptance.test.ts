import { expect, test } from "vitest"
import { Acceptance, type Verdict } from "../../../server/features/completion/acceptance.ts"
import { type DocumentSnapshot, editedSnapshot, openSnapshot } from "../../../server/workspace/document.ts"
import { mulberry32 } from "../../bench/random.ts"
import { FakeClock } from "../../model/fake-clock.ts"

/** A document in which a suggestion is shown at its end. */
class Stage {
  readonly clock = new FakeClock()
  readonly verdicts: Verdict[] = []
  readonly #acceptance = new Acceptance(this.clock, (_, verdict) => void this.verdicts.push(verdict))
  #document: DocumentSnapshot

  constructor(before: string) {
    this.#document = openSnapshot({ uri: "file:///a", path: "/a", language: null, version: 0, text: before })
  }

  show(text: string, origin = 1): void {
    const { uri, text: all } = this.#document
    const shown = { ids: [`${origin}`], uri, offset: all.length, text, origin, fingerprint: "" }
    this.#acceptance.show(shown)
  }

  /** Replaces `removed` units before the end. */
  edit(removed: number, text: string): void {
    const { length } = this.#document.text
    const change = { start: length - removed, end: length, text }
    this.#document = editedSnapshot(this.#document, change, this.#document.version + 1)
    this.#acceptance.changed(this.#document, [change])
  }

  type(text: string): void {
    for (const unit of text) this.edit(0, unit)
  }

  toldOfAcceptance(): void {
    this.#acceptance.accepted("1")
  }
}

function checkVerdict(happens: (stage: Stage) => void, expected: Verdict | undefined): void {
  const stage = new Stage("let x = ite")
  stage.show("ms.length()")
  stage.clock.advance(600)
  happens(stage)
  expect(stage.verdicts).toEqual(expected === undefined ? [] : [expected])
}

test("the edits that follow tell what became of a suggestion", () => {
  checkVerdict(stage => stage.edit(0, "ms.length()"), "accepted")
  checkVerdict(stage => stage.edit(3, "items.length()"), "accepted")
  checkVerdict(stage => stage.edit(0, "ms"), "partly")
  checkVerdict(stage => stage.type("ms.length()"), "typed")
  checkVerdict(stage => stage.edit(0, "x"), "rejected")
  checkVerdict(stage => stage.edit(1, ""), "rejected")
  checkVerdict(stage => stage.edit(0, "m"), undefined)
})

test("what nobody had the time to read was not rejected", () => {
  const stage = new Stage("let x = ite")
  stage.show("ms.length()")
  stage.clock.advance(100)
  stage.edit(0, "x")
  expect(stage.verdicts).toEqual(["ignored"])
})

test("the word of the client counts, once", () => {
  checkVerdict(stage => {
    stage.toldOfAcceptance()
    stage.edit(0, "ms.length()")
  }, "accepted")
})

/** What a simulated user does with a suggestion, and the share of it among users. */
const HABITS: readonly (readonly [
  share: number,
  truth: "wanted" | "unwanted",
  act: (stage: Stage, text: string) => void,
])[] = [
  [0.3, "wanted", (stage, text) => stage.edit(0, text)],
  [0.1, "wanted", (stage, text) => stage.edit(3, `ite${text}`)],
  [0.05, "wanted", (stage, text) => stage.edit(0, text.slice(0, 2))],
  [0.15, "wanted", (stage, text) => stage.type(text)],
  // A step takes in several keys where an editor sends changes late.
  [0.05, "wanted", (stage, text) => stage.edit(0, text.slice(0, 3))],
  [0.22, "unwanted", stage => stage.edit(0, "q")],
  [0.08, "unwanted", stage => stage.edit(2, "")],
  [0.02, "unwanted", stage => stage.edit(0, "\n  ")],
  // Another server's item that begins alike.
  [0.03, "unwanted", (stage, text) => stage.edit(0, text.slice(0, 2))],
]

test("over simulated editing it is mistaken for at most 3 suggestions of 100", () => {
  const random = mulberry32(7)
  let mistaken = 0
  const rounds = 2000
  for (let round = 0; round < rounds; round++) {
    let left = random()
    const habit = HABITS.find(([share]) => {
      left -= share
      return left < 0
    })
    const [, truth, act] = habit ?? HABITS[0]!
    const stage = new Stage("let x = ite")
    stage.show("ms.length()")
    stage.clock.advance(600)
    act(stage, "ms.length()")
    const taken = stage.verdicts.some(verdict => verdict !== "rejected" && verdict !== "ignored")
    if (taken !== (truth === "wanted")) mistaken++
  }
  expect(mistaken / rounds).toBeGreaterThan(0)
  expect(mistaken / rounds).toBeLessThan(0.04)
})
