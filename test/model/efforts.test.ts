import { expect, test } from "vitest"
import type { JsonObject } from "../../server/base/json.ts"
import type { Role } from "../../server/model/ask.ts"
import { effortOf } from "../../server/model/provider.ts"
import { PROVIDER_NAMES, providerNamed } from "../../server/model/providers.ts"
import { meaningOf, readWireError } from "../../server/model/wire-error.ts"
import { never, readAll, request, startModel } from "./model-fixture.ts"
import type { ScriptedAsk } from "./scripted/scripted-ask.ts"

/** The effort that a provider is asked for with, live and deep, for a model. */
function efforts(provider: string, model: string): string {
  return (["live", "deep"] as Role[]).map(role => effortOf(providerNamed(provider)!, model, role)).join(" ")
}

test("live asks name the lowest effort that a model takes, deep ones the middle one", () => {
  expect(efforts("openai", "gpt-6-luna")).toBe("none medium")
  expect(efforts("openai", "gpt-6.1-sol")).toBe("low medium")
})

test("a model that nobody has heard of is named an effort too, except where the surface refuses it", () => {
  const none = PROVIDER_NAMES.filter(name => efforts(name, "unheard-of") !== "low medium")
  expect(none).toEqual(["ollama", "mistral", "deepseek"])
})

/** Refuses an ask with this body as an error of a socket or of HTTP. */
type Refuse = (asked: ScriptedAsk) => void

const BY_NAME: readonly (readonly [string, Refuse])[] = [
  ["its parameter", asked => refuse(asked, { code: "unsupported_parameter", param: "reasoning.effort" })],
  ["words", asked => refuse(asked, { message: "Model m does not support parameter reasoningEffort." })],
  ["a value", asked => refuse(asked, { message: "'reasoning.effort' does not support 'low' here" })],
]

function refuse(asked: ScriptedAsk, error: JsonObject): void {
  asked.surface.error(400, { type: "invalid_request_error", message: "no", ...error })
}

for (const provider of ["openai", "azure", "xai", "responses", "chat"]) {
  for (const [how, act] of BY_NAME) {
    test(`${provider} that refuses the effort by ${how} is asked without it from then on`, async () => {
      await using fixture = await startModel({ provider })
      const first = readAll(fixture.session.ask(request("one"), never()))
      const asked = await fixture.model.asked()
      const field = provider === "chat" ? "reasoning_effort" : "reasoning"
      expect(asked.body[field]).toEqual(provider === "chat" ? "low" : { effort: "low" })
      act(asked)
      const again = await fixture.model.asked()
      expect(again.body).not.toHaveProperty(field)
      again.answer("1")
      expect(await first).toBe("1 (completed)")
      const second = readAll(fixture.session.ask(request("two"), never()))
      const next = await fixture.model.asked()
      expect(next.body).not.toHaveProperty(field)
      next.answer("2")
      expect(await second).toBe("2 (completed)")
    })
  }
}

test("a server that lists the fields it forbids is understood", () => {
  const detail = [{ type: "extra_forbidden", loc: ["body", "reasoning_effort"], msg: "not permitted" }]
  expect(meaningOf(readWireError({ detail }, 422)!)).toBe("no-effort")
  expect(meaningOf(readWireError({ detail: "the prompt is too long" }, 400)!)).toBe("rejected")
  expect(meaningOf(readWireError({ error: { message: "reasoning_effort" } }, 503)!)).toBe("overloaded")
})

test("an effort that is refused even when it is left out fails the ask, once", async () => {
  await using fixture = await startModel()
  const answer = readAll(fixture.session.ask(request("one"), never()))
  for (let ask = 0; ask < 2; ask++) refuse(await fixture.model.asked(), { param: "reasoning.effort" })
  expect(await answer).toBe(" (rejected: no)")
})

test("an effort of the user's own is named, and left out where it is refused", async () => {
  await using fixture = await startModel({ settings: { efforts: { live: "minimal", deep: null } } })
  const answer = readAll(fixture.session.ask(request("one"), never()))
  const asked = await fixture.model.asked()
  expect(asked.body["reasoning"]).toEqual({ effort: "minimal" })
  refuse(asked, { param: "reasoning.effort" })
  const again = await fixture.model.asked()
  expect(again.body).not.toHaveProperty("reasoning")
  again.answer("1")
  expect(await answer).toBe("1 (completed)")
})
