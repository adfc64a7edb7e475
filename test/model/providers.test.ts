import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "vitest"
import { strictLog } from "../../server/base/log.ts"
import type { AskRequest } from "../../server/model/ask.ts"
import { readAnswer } from "../../server/model/ask.ts"
import { renderHole, templateFor } from "../../server/model/dialects/fill-templates.ts"
import { PROVIDER_NAMES, providerNamed } from "../../server/model/providers.ts"
import { openSession } from "../../server/model/session.ts"
import { never, readAll, request, settingsFor, startModel } from "./model-fixture.ts"
import type { ScriptedModel } from "./scripted/scripted-model.ts"

const HOLE = { before: "let a = 1\nlet b", after: " + 1\n", files: [{ name: "c.ts", text: "let c" }] }

/** Asks one provider, which answers `= 2`, and shows what it was sent. */
async function checkProvider(
  name: string,
  more: Partial<AskRequest>,
  expected: object,
  model = "m-live",
): Promise<void> {
  await using fixture = await startModel({
    provider: name,
    model: { models: [model] },
    settings: { models: { live: model, deep: model } },
  })
  const answer = readAnswer(fixture.session.ask(request("instruction", more), never()))
  const asked = await fixture.model.asked()
  asked.answer(" =", " 2")
  const { text, ending } = await answer
  expect(text).toBe(" = 2")
  expect(ending.outcome).toEqual({ status: "completed" })
  if (name !== "mistral") expect(ending.usage?.output).toBe(2)
  expect({ surface: asked.surfaceName, ...asked.body }).toEqual(expected)
}

test("llama.cpp fills a hole over /infill, with the begun line apart", async () => {
  await checkProvider(
    "llama.cpp",
    { hole: HOLE, stop: ["\n\n"] },
    {
      surface: "infill",
      input_extra: [{ filename: "c.ts", text: "let c" }],
      input_prefix: "let a = 1\n",
      prompt: "let b",
      input_suffix: " + 1\n",
      n_predict: 64,
      temperature: 0,
      cache_prompt: true,
      stream: true,
      stop: ["\n\n"],
    },
  )
})

test("Ollama fills a hole with a suffix", async () => {
  await checkProvider(
    "ollama",
    { hole: HOLE },
    {
      surface: "ollama",
      model: "m-live",
      prompt: "let a = 1\nlet b",
      suffix: " + 1\n",
      options: { temperature: 0, num_predict: 64, stop: [] },
      keep_alive: "30m",
      stream: true,
    },
  )
})

test("Mistral fills a hole on its own endpoint", async () => {
  await checkProvider(
    "mistral",
    { hole: HOLE },
    {
      surface: "mistral",
      model: "m-live",
      prompt: "let c\nlet a = 1\nlet b",
      suffix: " + 1\n",
      max_tokens: 64,
      temperature: 0,
      stream: true,
    },
  )
})

test("DeepSeek fills a hole over its beta completions", async () => {
  await checkProvider(
    "deepseek",
    { hole: { ...HOLE, files: [] } },
    {
      surface: "completions",
      model: "m-live",
      prompt: "let a = 1\nlet b",
      suffix: " + 1\n",
      max_tokens: 64,
      temperature: 0,
      stream: true,
    },
  )
})

test("a raw completion model gets its family's own tokens", async () => {
  await checkProvider(
    "fim",
    { hole: HOLE },
    {
      surface: "completions",
      model: "Qwen2.5-Coder-7B",
      prompt: "<|file_sep|>c.ts\nlet c\n<|fim_prefix|>let a = 1\nlet b<|fim_suffix|> + 1\n<|fim_middle|>",
      max_tokens: 64,
      temperature: 0,
      stop: ["<|endoftext|>", "<|fim_pad|>", "<|file_sep|>", "<|repo_name|>", "<|fim_prefix|>"],
      stream: true,
      stream_options: { include_usage: true },
    },
    "Qwen2.5-Coder-7B",
  )
})

test("a chat provider gets neighbours of one role as one message", async () => {
  await checkProvider(
    "chat",
    { stable: ["rules"] },
    {
      surface: "chat",
      model: "m-live",
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 64,
      temperature: 0,
      reasoning_effort: "low",
      messages: [
        { role: "system", content: "complete" },
        { role: "user", content: "rules\n\ninstruction" },
      ],
    },
  )
})

test("an ask without a hole goes to the chat surface of a provider that fills holes", async () => {
  await using fixture = await startModel({ provider: "ollama" })
  const answer = readAll(fixture.session.ask(request("explain", { role: "deep" }), never()))
  const asked = await fixture.model.asked()
  expect(asked.surfaceName).toBe("chat")
  asked.incomplete("max_output_tokens")
  expect(await answer).toBe(" (incomplete: max_output_tokens)")
})

for (const name of ["chat", "llama.cpp", "ollama", "mistral", "responses"]) {
  test(`over HTTP, ${name} that breaks off has not answered`, async () => {
    const before = (model: ScriptedModel): unknown =>
      name === "responses" && model.upgrades.push({ status: 426 })
    await using fixture = await startModel({ provider: name, before })
    const hole = name === "chat" || name === "responses" ? null : HOLE
    const answer = readAll(fixture.session.ask(request("x", { hole }), never()))
    const asked = await fixture.model.asked()
    asked.say("half")
    asked.surface.drop()
    expect(await answer).toMatch(/^(half)? ?\(unavailable: /)
  })
}

for (const name of ["chat", "responses"]) {
  test(`over HTTP, ${name} that ends without an end is not asked twice: nobody knows what it did`, async () => {
    let asks = 0
    const server = createServer((asked, response) => {
      if (asked.method === "GET") return void response.writeHead(426).end()
      asks++
      response.writeHead(200, { "content-type": "text/event-stream" }).end(": hello\n\n")
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    const settings = settingsFor(name, `http://127.0.0.1:${port}/v1`)
    const session = openSession({ settings, log: strictLog(), onStatus: () => {} })
    const answer = await readAll(session.ask(request("x", { role: "deep" }), never()))
    expect(answer).toBe(" (unavailable: the answer broke off)")
    expect(asks).toBe(1)
    session.close()
    server.close()
  })
}

test("a stream that is one endless message is given up", async () => {
  await using fixture = await startModel({ provider: "chat" })
  const answer = readAll(fixture.session.ask(request("x"), never()))
  const asked = await fixture.model.asked()
  asked.surface.raw(`data: ${"x".repeat(17 * 1024 * 1024)}`)
  expect(await answer).toBe(" (unavailable: the model can't be reached: a message of the model was too big)")
  await asked.gone
})

test("a server that keeps the request open after its answer is left after a while", async () => {
  await using fixture = await startModel({ provider: "chat" })
  const answer = readAll(fixture.session.ask(request("x"), never()))
  const asked = await fixture.model.asked()
  asked.surface.raw(
    'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
  )
  expect(await answer).toBe("x (completed)")
  fixture.clock.advance(2_000)
  await asked.gone
})

test("cancelling an HTTP ask closes its request", async () => {
  await using fixture = await startModel({ provider: "chat" })
  const controller = new AbortController()
  const answer = readAll(fixture.session.ask(request("x"), controller.signal))
  const asked = await fixture.model.asked()
  controller.abort()
  await asked.gone
  expect(await answer).toBe(" (cancelled: client)")
})

test("hosted providers have an address and local ones need no key", () => {
  for (const name of PROVIDER_NAMES) {
    const provider = providerNamed(name)
    expect(provider?.name).toBe(name)
    if (provider?.baseUrl !== null) expect(provider?.baseUrl).toMatch(/^https:\/\/|^http:\/\/127\.0\.0\.1:/)
    if (provider?.baseUrl?.startsWith("https:")) expect(provider.keyNames.length).toBeGreaterThan(0)
  }
  expect(settingsFor("openai", null).provider.lanes).toBe(true)
})

test("texts with template marks in them are left as they are", () => {
  const template = templateFor("starcoder2:3b")!
  expect(renderHole(template, { before: "{after}$&", after: "{before}", files: [] })).toBe(
    "<fim_prefix>{after}$&<fim_suffix>{before}<fim_middle>",
  )
})
