import { expect, test } from "vitest"
import { type ModelFixture, never, readAll, request, startModel, until } from "./model-fixture.ts"
import type { StepFault } from "./scripted/faults.ts"
import { playStep, type ScriptedAsk } from "./scripted/scripted-ask.ts"
import { seeded } from "./seeded.ts"

const FAULTS: readonly (StepFault | null)[] = [
  null,
  "rate-limit",
  "no-end",
  "server-error",
  "flat-error",
  "garbage",
  "binary",
  "unknown-event",
  "drop",
  "half-frame",
  "close-1011",
  "close-1013",
  "double-end",
  "late-event",
]

/** Waits for something while time goes on, half a second for every twenty turns of the event loop. */
async function whileTimePasses({ clock }: ModelFixture, holds: () => boolean): Promise<void> {
  for (let turn = 1; !holds(); turn++) {
    await new Promise(resolve => setImmediate(resolve))
    if (turn % 20 === 0) clock.advance(500)
    if (turn > 200_000) throw new Error("it never held")
  }
}

/** Has everything go wrong at random; afterwards every ask has ended, with nothing but its own text. */
async function storm(fixture: ModelFixture, asks: number): Promise<void> {
  const random = seeded(11)
  const ends: string[] = []
  for (let at = 0; at < asks; at++) {
    const role = random() < 0.3 ? "deep" : "live"
    const controller = new AbortController()
    const ask = request(`number ${at}.`, { role, instructions: "" })
    void readAll(fixture.session.ask(ask, controller.signal)).then(end => {
      ends[at] = end
    })
    if (random() < 0.2) controller.abort()
    const { session } = fixture
    await whileTimePasses(fixture, () => session.counts().running + session.counts().waiting < 4)
    if (random() < 0.7) await whileTimePasses(fixture, () => session.status().state !== "limited")
  }
  await whileTimePasses(fixture, () => Object.keys(ends).length === asks)
  for (const [at, end] of ends.entries()) {
    const said = end.slice(0, end.indexOf(" (")).replaceAll("|", "")
    expect(`number ${at}.`.startsWith(said)).toBe(true)
  }
}

for (const provider of ["openai", "azure", "xai", "chat"]) {
  test(`a storm of faults leaves ${provider} whole: every ask ends by itself, and the next one works`, async () => {
    const random = seeded(5)
    let calm = false
    let asked = 0
    const onAsk = (ask: ScriptedAsk): void => {
      const fault = calm ? null : FAULTS[Math.floor(random() * FAULTS.length)]
      const step = { deltas: ask.input.match(/.{1,3}/g) ?? [], ...(fault == null ? {} : { fault }) }
      asked++
      void playStep(ask, step)
    }
    await using fixture = await startModel({ provider, model: { onAsk } })
    await storm(fixture, 300)
    expect(asked).toBeGreaterThan(100)
    calm = true
    await whileTimePasses(fixture, () => fixture.session.counts().busy === 0)
    await whileTimePasses(fixture, () => fixture.session.status().state !== "limited")
    expect(await readAll(fixture.session.ask(request("after", { instructions: "" }), never()))).toBe(
      "aft|er (completed)",
    )
    await until(() => fixture.session.counts().busy === 0)
    expect(fixture.session.counts()).toMatchObject({ waiting: 0, running: 0, draining: 0 })
    expect(fixture.session.counts().sockets).toBeLessThanOrEqual(3)
    expect(fixture.clock.timers).toBeLessThanOrEqual(3 * 2 + 1)
  })
}
