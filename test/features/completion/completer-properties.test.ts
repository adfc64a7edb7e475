import fc from "fast-check"
import { expect, test } from "vitest"
import { ModelError } from "../../../server/base/errors.ts"
import type { Completion, CompletionRequest } from "../../../server/features/completion/request.ts"
import { CompleterWorld, settle } from "./completer-world.ts"

/** One thing that happens; `pick` chooses among what there is. */
interface Step {
  readonly what:
    | "type"
    | "delete"
    | "accept"
    | "ghost"
    | "list"
    | "invoke"
    | "cancel"
    | "say"
    | "end"
    | "fail"
    | "wait"
    | "toggle"
    | "close"
  readonly pick: number
  readonly text: string
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...(["type", "type", "type", "delete", "accept", "ghost", "ghost", "list", "invoke", "cancel"] as const),
    ...(["say", "say", "say", "end", "fail", "wait", "wait", "toggle", "close"] as const),
  ),
  pick: fc.nat(20),
  text: fc.constantFrom(
    "a",
    "b",
    "(",
    ")",
    "{",
    " ",
    "\n",
    "ab",
    "let a = b\n",
    "🦊",
    "  a(b)\n  b\n",
    "```\n",
    "a\r\nb",
  ),
})

/** What was asked, and how it came out. */
interface Made {
  readonly request: Pick<CompletionRequest, "document" | "offset">
  readonly controller: AbortController
  readonly results: (Completion | "cancelled")[]
}

/** A world in which anything may happen, and what was asked in it. */
class Chaos {
  readonly world = new CompleterWorld("function f(a) {\n  let b = <|>\n}\n", {
    engine: before => (before.length % 3 === 0 ? "a(b)" : null),
    confidence: 0.8,
  })
  readonly made: Made[] = []
  #shown = ""
  readonly #doings: Record<Step["what"], (step: Step) => void> = {
    type: ({ text }) => this.world.edit(0, text),
    delete: ({ pick }) => this.world.edit(Math.min(pick, this.world.offset), ""),
    accept: () => this.world.edit(0, this.#shown),
    ghost: () => this.#request({}),
    list: () => this.#request({ surface: "list", maxWords: 5 }),
    invoke: () => this.#request({ invoked: true, canReplaceAfter: true }),
    cancel: ({ pick }) => this.made.at(-1 - (pick % 3))?.controller.abort(),
    say: ({ pick, text }) => this.#askOf(pick)?.say(text),
    end: ({ pick }) => this.#askOf(pick)?.end(),
    fail: ({ pick }) =>
      this.#askOf(pick)?.end({ status: "failed", error: new ModelError("unavailable", "gone") }),
    wait: ({ pick }) => this.world.clock.advance(pick * 20),
    toggle: () => void this.world.completer.toggle({ what: "document", uri: this.world.document.uri }),
    close: () => this.world.completer.closed(this.world.document.uri),
  }

  /** Runs the steps, then lets everything come to its end. */
  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      this.#doings[step.what](step)
      if (step.pick % 4 === 0) await settle()
    }
    await this.world.pass(1000)
  }

  #askOf(pick: number): CompleterWorld["ask"] | undefined {
    return this.world.asks.at(-1 - (pick % 3))
  }

  #request(fields: Partial<CompletionRequest>): void {
    const { document, offset } = this.world
    const controller = new AbortController()
    const results: Made["results"] = []
    this.made.push({ request: { document, offset }, controller, results })
    const keep = (completion: Completion): void => {
      results.push(completion)
      this.#shown = completion.suggestions[0]?.text ?? ""
    }
    void this.world
      .request({ holdMs: 300, ...fields }, controller.signal)
      .then(keep, () => results.push("cancelled"))
  }
}

function checkFits({ request, results }: Made): void {
  expect(results.length).toBe(1)
  const [result] = results
  if (result === undefined || result === "cancelled") return
  const rest = request.document.text.slice(request.offset).split("\n", 1)[0]!
  expect(result.suggestions.length === 0).toBe(result.silence !== null)
  for (const { text, replaceAfter } of result.suggestions) {
    expect(text.trim()).not.toBe("")
    expect(text).not.toContain("\r")
    expect(text).not.toContain("```")
    expect(replaceAfter).toBeLessThanOrEqual(rest.length)
  }
}

test("whatever happens in whatever order, each request is answered once, with what fits its document", async () => {
  const check = async (steps: readonly Step[]): Promise<void> => {
    const chaos = new Chaos()
    await chaos.run(steps)
    chaos.made.forEach(checkFits)
    const { world } = chaos
    expect(world.completer.load.streams).toBeLessThanOrEqual(3)
    expect(world.completer.records(world.document.uri).length).toBeLessThanOrEqual(40)
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), check), { numRuns: 150 })
}, 60_000)

test("once it is given up nothing is under way any more", async () => {
  const check = async (steps: readonly Step[]): Promise<void> => {
    const chaos = new Chaos()
    await chaos.run(steps)
    const { world } = chaos
    world.completer.dispose()
    await world.pass(1000)
    expect(world.completer.load.streams).toBe(0)
    expect(world.clock.timers).toBe(0)
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), check), { numRuns: 50 })
}, 60_000)
