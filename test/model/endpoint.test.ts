import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { strictLog } from "../../server/base/log.ts"
import { getJson } from "../../server/model/http-exchange.ts"
import { findKey, type KeyFinding, keyHeaders } from "../../server/model/keys.ts"
import { Models } from "../../server/model/models.ts"
import { providerNamed } from "../../server/model/providers.ts"
import { createAgent, proxyFor } from "../../server/model/proxy.ts"
import { openSession } from "../../server/model/session.ts"
import { refusalOf, socketUrl } from "../../server/model/target.ts"
import { FakeClock } from "./fake-clock.ts"
import { never, readAll, request, settingsFor, startModel } from "./model-fixture.ts"
import { ScriptedModel } from "./scripted/scripted-model.ts"

const OPENAI = providerNamed("openai")!
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "keys-"))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Looks for OpenAI's key in a file with these contents and this mode. */
function keyIn(text: string, mode: number): KeyFinding {
  const file = join(folder, `keys-${mode}-${text.length}.json`)
  writeFileSync(file, text, { mode })
  return findKey(OPENAI, { environment: {}, file, inSettings: null })
}

test("the environment goes before the file, and the provider's own variable before the general one", () => {
  const environment = { OPENAI_API_KEY: "own", PILOTLIGHT_API_KEY: "any" }
  expect(findKey(OPENAI, { environment, file: null, inSettings: null })).toEqual({ key: "own" })
  expect(
    findKey(OPENAI, { environment: { PILOTLIGHT_API_KEY: "any" }, file: null, inSettings: null }),
  ).toEqual({ key: "any" })
  expect(findKey(OPENAI, { environment: {}, file: join(folder, "none"), inSettings: null })).toEqual({
    key: null,
    problem: null,
  })
})

test("a key file is believed only if nobody else can read it", () => {
  expect(keyIn('{"openai": "k"}', 0o600)).toEqual({ key: "k" })
  expect(keyIn('{"openai": "k"} ', 0o644)).toMatchObject({
    key: null,
    problem: expect.stringContaining("chmod 600"),
  })
  expect(keyIn("[]", 0o600)).toMatchObject({
    key: null,
    problem: expect.stringContaining("not a JSON object"),
  })
  expect(keyIn('{"xai": "k"}', 0o600)).toEqual({ key: null, problem: null })
})

test("a key that no header can carry, or a file that can't be read, is a problem and no crash", () => {
  for (const OPENAI_API_KEY of ["sk-\u201cquoted\u201d", "two\nlines"]) {
    expect(findKey(OPENAI, { environment: { OPENAI_API_KEY }, file: null, inSettings: null })).toEqual({
      key: null,
      problem: "the key of openai holds a space or a character that no key has",
    })
  }
  expect(findKey(OPENAI, { environment: {}, file: folder, inSettings: null })).toMatchObject({
    key: null,
    problem: expect.stringContaining("can't be read"),
  })
})

test("an address is taken however its scheme is spelled, and refused with more than a path", async () => {
  await using fixture = await startModel({ model: { onAsk: ask => ask.answer(ask.surfaceName) } })
  const url = fixture.model.baseUrl
  for (const [provider, surface] of [
    ["openai", "socket"],
    ["chat", "chat"],
  ] as const) {
    const settings = settingsFor(provider, `${url.replace("http", "HTTP")}//`)
    const session = openSession({ settings, log: strictLog(), onStatus: () => {} })
    expect(await readAll(session.ask(request("x"), never()))).toBe(`${surface} (completed)`)
    session.close()
  }
  for (const more of ["?version=1", "#part"]) {
    const session = openSession({
      settings: settingsFor("openai", url + more),
      log: strictLog(),
      onStatus: () => {},
    })
    expect(session.status().detail).toBe(
      `the model's address must end with its path, without ? or #: ${url}${more}`,
    )
    session.close()
  }
})

test("a key travels as the provider wants it", () => {
  expect(keyHeaders(OPENAI, "k")).toEqual({ authorization: "Bearer k" })
  expect(keyHeaders({ ...OPENAI, auth: "api-key" }, "k")).toEqual({ "api-key": "k" })
  expect(keyHeaders(OPENAI, null)).toEqual({})
})

test("nothing goes in the clear to another machine unless allowed", async () => {
  expect(refusalOf("https://api.example.com/v1", false)).toBe(null)
  expect(refusalOf("http://127.0.0.1:8080/v1", false)).toBe(null)
  expect(refusalOf("http://[::1]:8080", false)).toBe(null)
  expect(refusalOf("http://127.evil.com", false)).toContain("without encryption")
  expect(refusalOf("http://farm.lan/v1", true)).toBe(null)
  expect(refusalOf("ftp://127.0.0.1", true)).toContain("http or https")
  expect(refusalOf("farm", false)).toContain("not a URL")
  expect(socketUrl("https://api.example.com/v1")).toBe("wss://api.example.com/v1/responses")
  await using fixture = await startModel({ settings: { baseUrl: "http://farm.lan/v1" } })
  expect(await readAll(fixture.session.ask(request("x"), never()))).toContain(
    "rejected: the model at farm.lan",
  )
  expect(fixture.statuses).toEqual(["refused/http"])
})

test("a provider without an address says that it needs one", async () => {
  await using fixture = await startModel({ provider: "azure", settings: { baseUrl: null } })
  expect(fixture.session.status().detail).toBe("the provider azure needs an address: set its base URL")
})

test("a hosted provider without a key says which variable it wants, and asks nothing of the network", async () => {
  await using fixture = await startModel({ settings: { baseUrl: "https://models.example/v1" } })
  expect(fixture.session.status().detail).toBe("openai needs a key: set OPENAI_API_KEY")
  expect(await readAll(fixture.session.ask(request("x"), never()))).toContain("rejected: openai needs a key")
})

/** Checks which proxy a URL is reached through. */
function checkProxy(url: string, environment: Record<string, string>, expected: string | null): void {
  expect(proxyFor(new URL(url), environment)?.href ?? null).toBe(expected)
}

test("proxies come from the usual variables", () => {
  const proxy = "http://proxy:3128"
  checkProxy("https://api.example.com", { HTTPS_PROXY: proxy }, "http://proxy:3128/")
  checkProxy("https://api.example.com", { all_proxy: "proxy:3128" }, "http://proxy:3128/")
  checkProxy("http://api.example.com", { https_proxy: proxy }, null)
  checkProxy("https://127.0.0.1", { https_proxy: proxy }, null)
  checkProxy("https://api.example.com", { https_proxy: proxy, no_proxy: "other, .example.com" }, null)
  checkProxy(
    "https://api.example.com",
    { https_proxy: proxy, no_proxy: "example.com:8080" },
    "http://proxy:3128/",
  )
  checkProxy("https://notexample.com", { https_proxy: proxy, no_proxy: "example.com" }, "http://proxy:3128/")
})

/** Asks for the list of models through a proxy on this machine, and gives what the proxy was asked. */
async function seenByProxy(host: string, proxyHost: string, credentials: string): Promise<unknown[]> {
  const model = await ScriptedModel.start()
  const seen: (string | undefined)[] = []
  const proxy = createServer()
  proxy.on("connect", (asked, stream) => {
    seen.push(asked.url, asked.headers["proxy-authorization"])
    const onward = connect(model.port, "127.0.0.1", () => {
      stream.write("HTTP/1.1 200 OK\r\n\r\n")
      stream.pipe(onward).pipe(stream)
    })
    onward.on("error", () => stream.destroy())
    stream.on("error", () => onward.destroy())
  })
  proxy.listen(0, "127.0.0.1")
  await once(proxy, "listening")
  const { port } = proxy.address() as AddressInfo
  const agent = createAgent(false, new URL(`http://${credentials}${proxyHost}:${port}`), 4)
  const answer = await new Promise(resolve => {
    getJson({ url: `http://${host}:99/v1/models`, headers: {}, agent }, resolve)
  })
  expect(answer).toMatchObject({ data: [{ id: "m-live" }, { id: "m-deep" }] })
  agent.destroy()
  proxy.close()
  await model.stop()
  return seen
}

test("a proxy is asked for a tunnel, with its credentials", async () => {
  expect(await seenByProxy("models.example", "127.0.0.1", "me:pass@")).toEqual([
    "models.example:99",
    `Basic ${Buffer.from("me:pass").toString("base64")}`,
  ])
})

test("proxies and models may have addresses of IPv6", async () => {
  expect(await seenByProxy("[2001:db8::7]", "127.0.0.1", "")).toEqual(["[2001:db8::7]:99", undefined])
  expect(await seenByProxy("models.example", "[::ffff:127.0.0.1]", "")).toEqual([
    "models.example:99",
    undefined,
  ])
})

test("a model is the one set, else the best ranked that is listed, else the first listed", () => {
  const models = new Models(OPENAI, { live: null, deep: "mine" })
  expect([models.of("live"), models.of("deep")]).toEqual([null, "mine"])
  models.learn({ data: [{ id: "gpt-5.6-luna" }, { id: "gpt-6-luna-2026" }, { id: "gpt-6-luna-mini" }] })
  expect(models.of("live")).toBe("gpt-6-luna-2026")
  models.refuse("gpt-6-luna-2026")
  models.refuse("gpt-6-luna-mini")
  expect(models.of("live")).toBe("gpt-5.6-luna")
  const local = new Models(providerNamed("chat")!, { live: null, deep: null })
  local.learn({ models: [{ name: "qwen" }] })
  expect(local.of("live")).toBe("qwen")
  const silent = new Models(OPENAI, { live: null, deep: null })
  silent.learn(null)
  expect(silent.of("live")).toBe("gpt-6-luna")
})

test("the list of models is asked for at the start, and an unknown model is passed over", async () => {
  await using fixture = await startModel({
    model: { models: ["gpt-6-luna", "gpt-5.6-luna", "gpt-6.1-sol"] },
    settings: { models: { live: null, deep: null } },
  })
  const answer = readAll(fixture.session.ask(request("x"), never()))
  const asked = await fixture.model.asked()
  expect(asked.body["model"]).toBe("gpt-6-luna")
  expect(asked.body["reasoning"]).toEqual({ effort: "none" })
  asked.refuse(404, "model_not_found")
  const again = await fixture.model.asked()
  expect(again.body["model"]).toBe("gpt-5.6-luna")
  again.answer("x")
  expect(await answer).toBe("x (completed)")
})

/** A server that knows one model, started on a port if one is given. */
function startQwen(port?: number): Promise<ScriptedModel> {
  return ScriptedModel.start({ models: ["qwen"], onAsk: ask => ask.answer("yes"), ...(port ? { port } : {}) })
}

test("a server that comes up after the session, or learns other models, is asked for its list then", async () => {
  const early = await startQwen()
  const { port, baseUrl } = early
  await early.stop()
  const clock = new FakeClock()
  const settings = { ...settingsFor("openai", baseUrl), models: { live: null, deep: "qwen" } }
  const session = openSession({ settings, log: strictLog(), clock, onStatus: () => {} })
  expect(await readAll(session.ask(request("x"), never()))).toContain("unavailable")
  const late = await startQwen(port)
  clock.advance(600_000)
  expect(await readAll(session.ask(request("x"), never()))).toBe("yes (completed)")
  late.traits.models = ["llama"]
  clock.advance(10_000)
  expect(await readAll(session.ask(request("x"), never()))).toBe("yes (completed)")
  session.close()
  await late.stop()
})

test("a proxy that is none for HTTP is refused, not gone round", () => {
  const keys = { environment: { ALL_PROXY: "socks5://127.0.0.1:9" }, file: null, inSettings: null }
  const settings = { ...settingsFor("chat", "https://models.example/v1"), keys }
  const session = openSession({ settings, log: strictLog(), onStatus: () => {} })
  expect(session.status()).toMatchObject({
    state: "refused",
    detail:
      "the proxy socks5://127.0.0.1:9 is not one for HTTP; set https_proxy, or name the model's host in no_proxy",
  })
  session.close()
})
