import { getEventListeners } from "node:events"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect, test } from "vitest"
import { type ModelFixture, readAll, request, startModel, until } from "./model-fixture.ts"
import type { ScriptedAsk } from "./scripted/scripted-ask.ts"
import { seeded } from "./seeded.ts"

/** Answers with the ask's own input, a piece per turn of the event loop. */
async function echoSlowly(ask: ScriptedAsk): Promise<void> {
  for (const piece of ask.input.match(/.{1,3}/g) ?? []) {
    ask.say(piece)
    await new Promise(resolve => setImmediate(resolve))
  }
  ask.complete()
}

for (const provider of ["openai", "azure", "chat"]) {
  test(`of a thousand asks, 990 of them cancelled, nothing is left behind (${provider})`, async () => {
    await using fixture = await startModel({ provider, model: { onAsk: ask => void echoSlowly(ask) } })
    await readAll(fixture.session.ask(request("first"), new AbortController().signal))
    const timersBefore = fixture.clock.timers
    const random = seeded(7)
    const kept = new Set(Array.from({ length: 10 }, (_, at) => at * 100 + 50))
    const controllers: AbortController[] = []
    const answers: Promise<string>[] = []
    for (let at = 0; at < 1_000; at++) {
      const controller = new AbortController()
      controllers.push(controller)
      answers.push(
        readAll(fixture.session.ask(request(`number ${at}.`, { instructions: "" }), controller.signal)),
      )
      if (!kept.has(at) && random() < 0.3) controller.abort()
      if (random() < 0.3) await new Promise(resolve => setImmediate(resolve))
      const older = Math.floor(random() * at)
      if (!kept.has(older)) controllers[older]?.abort()
    }
    for (const [at, controller] of controllers.entries()) if (!kept.has(at)) controller.abort()
    const ends = await Promise.all(answers)
    for (const [at, end] of ends.entries()) checkEnd(end, at, kept.has(at))
    await until(() => fixture.session.counts().busy === 0, "all lanes idle")
    expect(fixture.session.counts()).toMatchObject({ waiting: 0, running: 0, draining: 0 })
    fixture.clock.advance(1_000)
    expect(fixture.clock.timers).toBeLessThanOrEqual(timersBefore + 4)
    for (const { signal } of controllers) expect(getEventListeners(signal, "abort")).toEqual([])
  })
}

/** An answer holds nothing but its own ask's text, whole if it was kept. */
function checkEnd(end: string, at: number, kept: boolean): void {
  const said = end.slice(0, end.lastIndexOf(" (")).replaceAll("|", "")
  expect(`number ${at}.`.startsWith(said)).toBe(true)
  if (kept) expect(end).toMatch(/\(completed\)$/)
  if (kept) expect(said).toBe(`number ${at}.`)
}

/** Asks a hundred times, half of them cancelled; gives what tells whether the answers are still in memory. */
async function askAndForget({ session }: ModelFixture): Promise<readonly WeakRef<object>[]> {
  const answers = Array.from({ length: 100 }, async (_, at) => {
    const controller = new AbortController()
    const answer = session.ask(request(`number ${at}.`), controller.signal)
    if (at % 2 === 0) controller.abort()
    await readAll(answer)
    return new WeakRef(answer)
  })
  return Promise.all(answers)
}

for (const provider of ["openai", "azure", "chat"]) {
  test(`no answer stays in memory once it has ended (${provider})`, async () => {
    setFlagsFromString("--expose-gc")
    const collect = runInNewContext("gc") as () => void
    await using fixture = await startModel({ provider, model: { onAsk: ask => ask.answer(ask.input) } })
    const answers = await askAndForget(fixture)
    await until(() => fixture.session.counts().busy === 0, "all lanes idle")
    await until(() => {
      collect()
      return answers.every(answer => answer.deref() === undefined)
    }, "the last answer's end")
  })
}
