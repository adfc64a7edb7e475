import { expect, test } from "vitest"
import type { Answer } from "../../server/model/ask.ts"
import { type ModelFixture, never, readAll, request, settle, startModel, until } from "./model-fixture.ts"
import type { ScriptedAsk } from "./scripted/scripted-ask.ts"

const STEERABLE = { models: ["gpt-6-astra"], steering: true }
const MODELS = { live: "gpt-6-astra", deep: "gpt-6-astra" }

/** Asks, and has the model begin with a piece of its answer, which arrives. */
async function begin(
  { session, model }: ModelFixture,
  said: string,
): Promise<{ answer: Answer; text: Promise<string>; asked: ScriptedAsk }> {
  const answer = session.ask(request("write", { role: "deep" }), never())
  const text = readAll(answer)
  const asked = await model.asked()
  asked.say(said)
  await settle()
  return { answer, text, asked }
}

test("a model that can be steered goes on in the same answer", async () => {
  await using fixture = await startModel({ model: STEERABLE, settings: { models: MODELS } })
  const { answer, text, asked } = await begin(fixture, "long story")
  expect(answer.steer("shorter")).toBe(true)
  await settle()
  asked.complete()
  asked.say("short")
  asked.complete()
  expect(await text).toBe("long story|<steered>|short (completed)")
  expect(fixture.model.sockets[0]?.received.map(event => event["type"])).toEqual([
    "response.create",
    "response.steer",
  ])
})

test("any other model is asked again with what it said and the instruction", async () => {
  await using fixture = await startModel()
  const { answer, text, asked } = await begin(fixture, "long story")
  expect(answer.steer("shorter")).toBe(true)
  const again = await fixture.model.asked()
  asked.say(" that nobody wants")
  asked.complete()
  again.answer("short")
  expect(await text).toBe("long story|<steered>|short (completed)")
  expect(again.input).toBe("writelong storyshorter")
})

test("a model that refuses to be steered is asked again", async () => {
  await using fixture = await startModel({
    model: { ...STEERABLE, steering: false },
    settings: { models: MODELS },
  })
  const { answer, text } = await begin(fixture, "long")
  answer.steer("shorter")
  const again = await fixture.model.asked()
  again.answer("short")
  expect(await text).toBe("long|<steered>|short (completed)")
})

test("an answer that has ended can't be steered", async () => {
  await using fixture = await startModel({ model: { onAsk: ask => ask.answer("x") } })
  const answer = fixture.session.ask(request("write"), never())
  await readAll(answer)
  expect(answer.steer("more")).toBe(false)
})

for (const steering of [true, false]) {
  test(`an instruction that crosses the end of the answer is ${steering ? "followed" : "asked again"}, and reaches nobody else`, async () => {
    await using fixture = await startModel({
      model: { ...STEERABLE, steering },
      settings: { models: MODELS },
    })
    const { answer, text, asked } = await begin(fixture, "long")
    answer.steer("shorter")
    const response = { id: asked.surface.response(), usage: { input_tokens: 5, output_tokens: 1 } }
    asked.surface.raw(JSON.stringify({ type: "response.completed", response, stream_id: asked.lane }))
    await settle()
    if (steering) asked.complete()
    const then = steering ? asked : await fixture.model.asked()
    then.answer("short")
    expect(await text).toBe("long|<steered>|short (completed)")
    expect(fixture.session.totals().deep.output).toBe(3)
    expect(fixture.session.counts()).toMatchObject({ busy: 0, draining: 0 })
  })
}

test("nothing goes on from a steered answer: the server remembers more of it than was sent", async () => {
  await using fixture = await startModel({ model: STEERABLE, settings: { models: MODELS } })
  const { answer, text, asked } = await begin(fixture, "long")
  answer.steer("shorter")
  await settle()
  asked.complete()
  asked.answer("short")
  await text
  const turns = [
    { by: "user", text: "write" },
    { by: "model", text: "short" },
    { by: "user", text: "more" },
  ] as const
  const next = readAll(fixture.session.ask(request("", { role: "deep", turns }), never()))
  const again = await fixture.model.asked()
  again.answer("fine")
  await next
  expect(again.body["previous_response_id"]).toBe(undefined)
})

test("an instruction that was accepted and then never followed is asked again", async () => {
  await using fixture = await startModel({ model: STEERABLE, settings: { models: MODELS } })
  const { answer, text, asked } = await begin(fixture, "long")
  answer.steer("shorter")
  await settle()
  const response = { id: asked.surface.response(), usage: { input_tokens: 5, output_tokens: 1 } }
  asked.surface.raw(JSON.stringify({ type: "response.completed", response, stream_id: asked.lane }))
  await settle()
  fixture.clock.advance(3_000)
  const again = await fixture.model.asked()
  expect(again.input).toBe("writelongshorter")
  again.answer("short")
  expect(await text).toBe("long|<steered>|short (completed)")
  expect(fixture.session.totals().deep.output).toBe(3)
  expect(fixture.session.counts()).toMatchObject({ draining: 1 })
  asked.complete()
  asked.answer("late, and for nobody")
  await until(() => fixture.session.counts().busy === 0, "the drained lane")
})
