import { expect, test } from "vitest"
import { never, readAll, request, startModel, until } from "./model-fixture.ts"

test("an answer comes piece by piece and ends once", async () => {
  await using fixture = await startModel()
  const answer = fixture.session.ask(request("let x ="), never())
  const asked = await fixture.model.asked()
  asked.answer(" 1", " + 2")
  expect(await readAll(answer)).toMatchInlineSnapshot(`" 1| + 2 (completed)"`)
  expect(asked.input).toBe("let x =")
})

test("the whole conversation with a server stays within one socket", async () => {
  await using fixture = await startModel({ model: { onAsk: ask => ask.answer(ask.input) } })
  for (let at = 0; at < 50; at++) {
    expect(await readAll(fixture.session.ask(request(`ask ${at}`), never()))).toBe(`ask ${at} (completed)`)
  }
  expect(fixture.model.upgradesSeen).toBe(1)
  expect(fixture.statuses).toEqual(["connecting/socket", "ready/socket"])
})

test("asks run side by side and never hear each other's answers", async () => {
  await using fixture = await startModel({ model: { onAsk: ask => ask.answer("<", ask.input, ">") } })
  const answers = Array.from({ length: 40 }, (_, at) => fixture.session.ask(request(`ask ${at}`), never()))
  const texts = await Promise.all(answers.map(readAll))
  expect(texts).toEqual(answers.map((_, at) => `<|ask ${at}|> (completed)`))
})

test("a cancelled ask ends at once and its lane drains before it is used again", async () => {
  await using fixture = await startModel()
  const controller = new AbortController()
  const answer = fixture.session.ask(request("first"), controller.signal)
  const asked = await fixture.model.asked()
  controller.abort()
  expect(await readAll(answer)).toMatchInlineSnapshot(`" (cancelled: client)"`)
  expect(fixture.session.counts()).toMatchObject({ running: 0, draining: 1 })
  asked.answer("late", "later")
  await until(() => fixture.session.counts().draining === 0)
  expect(fixture.session.counts()).toMatchInlineSnapshot(`
    {
      "busy": 0,
      "draining": 0,
      "running": 0,
      "sockets": 1,
      "waiting": 0,
    }
  `)
})
