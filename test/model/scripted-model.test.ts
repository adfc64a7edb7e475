import { once } from "node:events"
import { expect, test } from "vitest"
import { WebSocket } from "ws"
import { type JsonObject, objectOf, parseJson } from "../../server/base/json.ts"
import { strictLog } from "../../server/base/log.ts"
import { openSession } from "../../server/model/session.ts"
import { never, readAll, request, settingsFor, settle, startModel, until } from "./model-fixture.ts"
import { parseScript, type Step } from "./scripted/script.ts"
import { playStep } from "./scripted/scripted-ask.ts"
import { type ModelOptions, ScriptedModel } from "./scripted/scripted-model.ts"
import { serveScript } from "./scripted/serve-script.ts"

const MESSAGE = { type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] }
const CREATE = { type: "response.create", model: "m-live", store: false, input: [MESSAGE] }

/** Sends raw events to a scripted model that answers "ok", and shows what each event that is no delta was about. */
async function replies(events: readonly JsonObject[], options: ModelOptions = {}): Promise<string[]> {
  const model = await ScriptedModel.start({ onAsk: ask => ask.answer("ok"), ...options })
  const ws = new WebSocket(`${model.baseUrl.replace("http", "ws")}/responses`)
  await once(ws, "open")
  const seen: string[] = []
  let ends = 0
  ws.on("message", data => {
    const event = objectOf(parseJson(String(data))) ?? {}
    const code = objectOf(event["error"])?.["code"] ?? event["detail"] ?? event["type"]
    const counts = event["type"] === "response.completed" || event["type"] === "error" || "detail" in event
    if (counts) seen.push(String(code))
    if (counts) ends++
  })
  for (const event of events) ws.send(JSON.stringify(event))
  await until(() => ends >= events.length)
  ws.terminate()
  await model.stop()
  return seen
}

/** Checks what the last of some events is answered with. */
async function checkStrict(
  events: readonly JsonObject[],
  expected: string,
  options: ModelOptions = {},
): Promise<void> {
  expect((await replies(events, options)).at(-1)).toBe(expected)
}

test("the scripted model is as strict as the reference", async () => {
  await checkStrict([CREATE], "response.completed")
  await checkStrict([{ ...CREATE, stream_id: "" }], "invalid_stream_id")
  await checkStrict([{ ...CREATE, stream_id: "a b" }], "invalid_stream_id")
  await checkStrict([{ ...CREATE, max_output_tokens: 15 }], "integer_below_min_value")
  await checkStrict([{ ...CREATE, store: true }], "invalid_value")
  await checkStrict([{ ...CREATE, model: "other" }], "model_not_found")
  await checkStrict([{ ...CREATE, temperature: 0 }], "unknown_parameter")
  await checkStrict(
    [{ ...CREATE, input: [{ type: "message", role: "assistant", content: MESSAGE.content }] }],
    "invalid_value",
  )
  await checkStrict([{ ...CREATE, previous_response_id: "resp_0" }], "previous_response_not_found")
  await checkStrict([{ type: "response.cancel" }], "invalid_type")
  await checkStrict([{ ...CREATE, stream_id: "c1" }], "Unsupported parameter: stream_id", { lanes: false })
})

test("a response can be gone on from until its lane moves on, with the same fields only", async () => {
  const first = { ...CREATE, stream_id: "c1" }
  const goesOn = { ...CREATE, previous_response_id: "resp_2" }
  await checkStrict([first, { ...goesOn, stream_id: "c1" }], "response.completed")
  await checkStrict([first, { ...goesOn, stream_id: "c2" }], "response.completed")
  await checkStrict([first, { ...goesOn, stream_id: "c2", instructions: "new" }], "fields_changed")
  await checkStrict([first, first, { ...goesOn, stream_id: "c2" }], "previous_response_not_found")
})

test("a socket knows 32 names and no more", async () => {
  const events = Array.from({ length: 33 }, (_, at) => ({ ...CREATE, stream_id: `n${at}` }))
  const seen = await replies(events)
  expect(seen.filter(code => code === "response.completed")).toHaveLength(32)
  expect(seen).toContain("websocket_stream_limit_reached")
})

test("a socket answers 16 asks at once and the others after them", async () => {
  await using fixture = await startModel()
  const model = await ScriptedModel.start()
  const ws = new WebSocket(`${model.baseUrl.replace("http", "ws")}/responses`)
  await once(ws, "open")
  for (let at = 0; at < 20; at++) ws.send(JSON.stringify({ ...CREATE, stream_id: `n${at}` }))
  const asks = await Promise.all(Array.from({ length: 16 }, () => model.asked()))
  let more = 0
  void model.asked().then(() => more++)
  await settle()
  expect(more).toBe(0)
  asks[0]?.answer("x")
  await until(() => more === 1)
  ws.terminate()
  await model.stop()
  expect(fixture.session.counts().running).toBe(0)
})

/** Plays one step to a session and checks how its answer ends. */
async function checkStep(step: Step, expected: RegExp): Promise<void> {
  await using fixture = await startModel({ model: { onAsk: ask => void playStep(ask, step) } })
  const answer = fixture.session.ask(request("x"), never())
  if (step.fault === "no-end") {
    await until(() => fixture.session.counts().running === 1)
    await settle()
    fixture.clock.advance(30_000)
  }
  expect(await readAll(answer)).toMatch(expected)
}

test("every trouble that a script can make ends an answer in its own way", async () => {
  await checkStep({ deltas: ["a", "b"], firstMs: 1, tokenMs: 1, endMs: 1 }, /^a\|b \(completed\)$/)
  await checkStep({ deltas: ["long ".repeat(20_000)] }, /^(long ){20000} ?\(completed\)$/)
  await checkStep({ deltas: ["\ud83d", "\ude00"] }, /^\ud83d\ude00 \(completed\)$/)
  for (const fault of ["garbage", "binary", "unknown-event", "double-end", "late-event"] as const) {
    await checkStep({ deltas: ["a"], fault }, /^a \(completed\)$/)
  }
  for (const fault of ["drop", "half-frame", "close-1011", "close-1013"] as const) {
    await checkStep({ deltas: ["a"], fault }, /^(a )?\(unavailable|^ ?\(unavailable/)
  }
  for (const fault of ["huge-message", "close-1009"] as const) {
    await checkStep({ deltas: ["a"], fault }, /\(rejected: a message was too big/)
  }
  await checkStep({ deltas: ["a"], fault: "gap" }, /^a\|! \(completed\)$/)
  await checkStep({ fault: "no-end" }, /\(timeout/)
  await checkStep({ fault: "rate-limit" }, /\(rate-limited: try again in 2s/)
  await checkStep({ fault: "rate-limit", retryAfter: 7 }, /\(rate-limited: slow down/)
  await checkStep({ fault: "server-error" }, /\(unavailable/)
  await checkStep({ fault: "unauthorized" }, /\(rejected/)
  await checkStep({ fault: "flat-error" }, /\(unavailable: flat/)
  await checkStep({ fault: "detail" }, /\(rejected: this is refused/)
})

test("a script is read from JSON with steps", () => {
  expect(parseScript('{"steps": [{"tokens": 3}]}').steps).toHaveLength(1)
  expect(() => parseScript("[]")).toThrow("a script is JSON of the form")
  expect(() => parseScript('{"steps": [{"fault": "fire"}]}')).toThrow('there is no fault "fire"')
})

test("a served script has its troubles with upgrades and requests too, and says which port is taken", async () => {
  const said: string[] = []
  const script = parseScript('{"upgrades": [426], "refusals": [503], "steps": [{"deltas": ["hi"]}]}')
  const model = await serveScript(script, 0, line => said.push(line))
  const settings = {
    ...settingsFor("responses", model.baseUrl),
    models: { live: "scripted", deep: "scripted" },
  }
  const session = openSession({ settings, log: strictLog(), onStatus: () => {} })
  expect(await readAll(session.ask(request("one"), never()))).toContain("unavailable")
  expect(await readAll(session.ask(request("two"), never()))).toBe("hi (completed)")
  expect(said).toEqual(["responses -: two"])
  session.close()
  await expect(serveScript(script, model.port, () => {})).rejects.toThrow(
    `port ${model.port} is taken; name another one with --port`,
  )
  await model.stop()
})
