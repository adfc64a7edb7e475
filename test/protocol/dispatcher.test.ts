import { expect, test } from "vitest"
import { CancellationTokenSource, type ResponseError } from "vscode-languageserver/node"
import { RequestError } from "../../server/base/errors.ts"
import { createLog } from "../../server/base/log.ts"
import { Dispatcher, type RequestHandler } from "../../server/protocol/dispatcher.ts"

interface Bench {
  readonly dispatcher: Dispatcher
  readonly logged: readonly string[]
}

/** A dispatcher after `initialize`, with a log to read. */
async function serving(): Promise<Bench> {
  const logged: string[] = []
  const dispatcher = new Dispatcher(createLog((level, line) => logged.push(`${level} ${line}`), "debug"))
  dispatcher.onRequest("initialize", () => ({}))
  dispatcher.onRequest("shutdown", () => null)
  await dispatcher.request("initialize", {}, new CancellationTokenSource().token)
  return { dispatcher, logged }
}

/** A request in flight: what it came to as `result …` or `error CODE …`, and a way to give it up. */
function ask(
  dispatcher: Dispatcher,
  method: string,
  params: unknown = {},
): { outcome: Promise<string>; cancel(): void } {
  const source = new CancellationTokenSource()
  const outcome = dispatcher.request(method, params, source.token).then(
    result => `result ${JSON.stringify(result)}`,
    (error: ResponseError) => `error ${error.code} ${error.message}`,
  )
  return { outcome, cancel: () => source.cancel() }
}

const never: RequestHandler = () => new Promise(() => {})

test("a request gets its handler's result", async () => {
  const { dispatcher } = await serving()
  dispatcher.onRequest("double", params => Promise.resolve((params as number) * 2))
  expect(await ask(dispatcher, "double", 21).outcome).toBe("result 42")
})

test("requests before initialize are refused", async () => {
  const dispatcher = new Dispatcher(createLog(() => {}, "error"))
  dispatcher.onRequest("x", () => 1)
  expect(await ask(dispatcher, "x").outcome).toBe("error -32002 the first request must be initialize")
})

test("requests after shutdown and a second initialize are refused", async () => {
  const { dispatcher } = await serving()
  expect(await ask(dispatcher, "initialize").outcome).toBe("error -32600 initialize was sent before")
  expect(await ask(dispatcher, "shutdown").outcome).toBe("result null")
  expect(await ask(dispatcher, "shutdown").outcome).toBe("error -32600 the server was shut down")
})

test("an unknown method is refused and an unknown notification ignored", async () => {
  const { dispatcher, logged } = await serving()
  expect(await ask(dispatcher, "no/such").outcome).toBe("error -32601 no method no/such")
  dispatcher.notify("no/such", {})
  expect(logged).toEqual([])
})

test("a cancelled request is answered at once, its late result is dropped", async () => {
  const { dispatcher } = await serving()
  dispatcher.onRequest("slow", never)
  const slow = ask(dispatcher, "slow")
  slow.cancel()
  expect(await slow.outcome).toBe("error -32800 cancelled")
})

test("a request cancelled before it starts never reaches its handler", async () => {
  const { dispatcher } = await serving()
  let calls = 0
  dispatcher.onRequest("x", () => calls++)
  const source = new CancellationTokenSource()
  source.cancel()
  await expect(dispatcher.request("x", {}, source.token)).rejects.toMatchObject({ code: -32800 })
  expect(calls).toBe(0)
})

test("an initialize that was given up can be sent again", async () => {
  const dispatcher = new Dispatcher(createLog(() => {}, "error"))
  dispatcher.onRequest("initialize", () => "hello")
  const given = new CancellationTokenSource()
  given.cancel()
  await expect(dispatcher.request("initialize", {}, given.token)).rejects.toMatchObject({ code: -32800 })
  expect(await ask(dispatcher, "initialize").outcome).toBe('result "hello"')
})

test("a newer request with the same key supersedes the older one with an ordinary answer", async () => {
  const { dispatcher } = await serving()
  const signals: AbortSignal[] = []
  const handler: RequestHandler = (_, signal) => {
    signals.push(signal)
    return new Promise(() => {})
  }
  dispatcher.onRequest("complete", handler, { key: params => String(params), answer: "empty" })
  const first = ask(dispatcher, "complete", "a")
  const other = ask(dispatcher, "complete", "b")
  const second = ask(dispatcher, "complete", "a")
  expect(await first.outcome).toBe('result "empty"')
  expect(signals.map(signal => signal.aborted)).toEqual([true, false, false])
  dispatcher.close()
  expect([await other.outcome, await second.outcome]).toEqual(['result "empty"', 'result "empty"'])
})

test("a refusal reaches the client, a bug is logged once and answered with InternalError", async () => {
  const { dispatcher, logged } = await serving()
  dispatcher.onRequest("refuse", () => {
    throw new RequestError(-32602, "uri must be a string")
  })
  const bug = new TypeError("x is undefined")
  dispatcher.onRequest("break", () => Promise.reject(bug))
  expect(await ask(dispatcher, "refuse").outcome).toBe("error -32602 uri must be a string")
  for (const _ of [1, 2]) {
    expect(await ask(dispatcher, "break").outcome).toBe("error -32603 internal error, see the server's log")
  }
  expect(logged.map(line => line.split("\n")[0])).toEqual([
    "error bug: the handler of break failed: TypeError: x is undefined",
  ])
})

test("a notification whose handler fails is logged, and the next one is served", async () => {
  const { dispatcher, logged } = await serving()
  dispatcher.onNotification("bad", () => {
    throw new RequestError(-32602, "text must be a string")
  })
  let served = 0
  dispatcher.onNotification("good", () => {
    served++
  })
  dispatcher.notify("bad", {})
  dispatcher.notify("good", {})
  expect([served, logged]).toEqual([1, ["warn bad: text must be a string"]])
})

test("notifications before initialize and after shutdown are dropped, but exit is heard", async () => {
  const dispatcher = new Dispatcher(createLog(() => {}, "error"))
  const heard: string[] = []
  for (const method of ["exit", "textDocument/didOpen"]) {
    dispatcher.onNotification(method, () => heard.push(method))
  }
  dispatcher.onRequest("initialize", () => ({}))
  dispatcher.onRequest("shutdown", () => null)
  dispatcher.notify("textDocument/didOpen", {})
  await ask(dispatcher, "initialize").outcome
  await ask(dispatcher, "shutdown").outcome
  dispatcher.notify("textDocument/didOpen", {})
  dispatcher.notify("exit", undefined)
  expect(heard).toEqual(["exit"])
})
