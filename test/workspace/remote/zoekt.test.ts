import type { ServerResponse } from "node:http"
import fc from "fast-check"
import { expect, test } from "vitest"
import { Cancelled } from "../../../server/base/errors.ts"
import { createLog } from "../../../server/base/log.ts"
import type { RemoteHit, RemoteIndex } from "../../../server/workspace/remote/remote-index.ts"
import type { RemoteSettings } from "../../../server/workspace/remote/remote-settings.ts"
import { openZoekt } from "../../../server/workspace/remote/zoekt.ts"
import { mayBeAsked, zoektQuery } from "../../../server/workspace/remote/zoekt-query.ts"
import { until } from "../../model/model-fixture.ts"
import { type IndexedFile, ScriptedZoekt, type ZoektTrouble } from "./scripted-zoekt.ts"
import { parseQuery } from "./scripted-zoekt-query.ts"

const FILES: readonly IndexedFile[] = [
  {
    repository: "github.com/acme/billing",
    path: "src/invoice.ts",
    text: "import x\nexport function total$(items) {\r\n  // \u{1f4b6} total$ of all\n  return sum(items)\n}\n",
    symbols: { total$: "function" },
  },
  {
    repository: "github.com/acme/shop",
    path: "src/cart.ts",
    text: "export class Cart {\n  sum() {}\n}\nlet summary\n",
    symbols: { Cart: "class", sum: "method" },
  },
]

interface World extends AsyncDisposable {
  readonly zoekt: ScriptedZoekt
  readonly index: RemoteIndex
  /** What was logged. */
  readonly lines: string[]
  /** Lets time pass for the index's own clock, in ms. */
  pass(ms: number): void
}

async function startWorld(
  settings: Partial<RemoteSettings> = {},
  files: readonly IndexedFile[] = FILES,
): Promise<World> {
  const zoekt = await ScriptedZoekt.start(files)
  const lines: string[] = []
  let now = 1_000_000
  const log = createLog((_, line) => lines.push(line), "debug")
  const all = { url: zoekt.url, key: null, deadlineMs: 5_000, except: [], ...settings }
  const index = openZoekt(all, log, () => now)
  return {
    zoekt,
    index,
    lines,
    pass: ms => {
      now += ms
    },
    [Symbol.asyncDispose]: async () => {
      index.close()
      await zoekt.stop()
    },
  }
}

function never(): AbortSignal {
  return new AbortController().signal
}

function shown(hits: readonly RemoteHit[]): string[] {
  return hits.map(({ repository, path, line, column, text, symbol }) => {
    const place = line === null ? "" : `:${line}:${column}`
    return `${repository.split("/").at(-1)}/${path}${place} ${symbol === null ? "" : `${symbol.kind} ${symbol.name} `}${text}`
  })
}

test("declarations of a name are found, whatever characters it has", async () => {
  await using world = await startWorld()
  expect(shown(await world.index.symbols("total$", 10, never()))).toMatchInlineSnapshot(`
    [
      "billing/src/invoice.ts:1:16 function total$ export function total$(items) {",
    ]
  `)
  expect(shown(await world.index.symbols("total", 10, never()))).toEqual([])
  expect(shown(await world.index.symbols("cart", 10, never()))).toEqual([])
  expect(world.zoekt.queries[0]).toMatchInlineSnapshot(`"sym:"^total\\\\$$" case:yes"`)
})

test("uses of a word are whole words, with columns in UTF-16 code units", async () => {
  await using world = await startWorld()
  expect(shown(await world.index.uses("sum", 10, never()))).toMatchInlineSnapshot(`
    [
      "billing/src/invoice.ts:3:9   return sum(items)",
      "shop/src/cart.ts:1:2   sum() {}",
    ]
  `)
  expect(shown(await world.index.uses("total$", 10, never()))).toMatchInlineSnapshot(`
    [
      "billing/src/invoice.ts:1:16 export function total$(items) {",
      "billing/src/invoice.ts:2:8   // 💶 total$ of all",
    ]
  `)
})

test("a word that stands only in longer ones is no use of it", async () => {
  const texts = [
    "total$2 + my_total$",
    "a$total$, (total$)",
    "$$",
    "caf\u00e9 + caf",
    "na\u00efve",
    "na\u00efvet\u00e9",
  ]
  const text = texts.map(line => `${line}\n`).join("")
  await using world = await startWorld({}, [{ repository: "r", path: "a", text }])
  const places = async (word: string): Promise<string[]> =>
    (await world.index.uses(word, 10, never())).map(({ line, column }) => `${line}:${column}`)
  expect(await places("total$")).toEqual(["1:11"])
  expect(await places("$")).toEqual([])
  expect(await places("caf")).toEqual(["3:7"])
  expect(await places("na\u00efve")).toEqual(["4:0"])
})

test("files are found by a part of their path, in any case", async () => {
  await using world = await startWorld()
  expect(shown(await world.index.files("SRC/c", 10, never()))).toEqual(["shop/src/cart.ts "])
  expect(shown(await world.index.files("src/", 1, never()))).toEqual(["billing/src/invoice.ts "])
})

test("repositories that are checked out here don't answer", async () => {
  await using world = await startWorld({ except: ["github.com/acme/shop"] })
  expect(shown(await world.index.files("src/", 9, never()))).toEqual(["billing/src/invoice.ts "])
})

test("the server is told how many and how long, and the key", async () => {
  await using world = await startWorld({ key: "secret", deadlineMs: 2_000 })
  await world.index.symbols("Cart", 7, never())
  expect(world.zoekt.options).toEqual([{ MaxDocDisplayCount: 7, MaxWallTime: 1_800_000_000 }])
  expect(world.zoekt.headers.authorization).toBe("Bearer secret")
})

test("what names nothing is never sent", async () => {
  await using world = await startWorld()
  for (const name of ["", "  ", "two\nlines", "x".repeat(201), "\ud800"]) {
    expect(await world.index.symbols(name, 5, never())).toEqual([])
  }
  expect(await world.index.symbols("Cart", 0, never())).toEqual([])
  expect(world.zoekt.requests).toBe(0)
})

/** Checks that a trouble gives no hits, is told in one sentence, keeps the server in peace, and passes. */
async function checkTrouble(
  trouble: ZoektTrouble,
  sentence: RegExp,
  settings: Partial<RemoteSettings> = {},
): Promise<void> {
  await using world = await startWorld(settings)
  world.zoekt.troubles.push(trouble)
  expect(await world.index.symbols("Cart", 5, never())).toEqual([])
  expect(world.index.trouble).toMatch(sentence)
  expect(world.lines).toHaveLength(1)
  expect(await world.index.symbols("Cart", 5, never())).toEqual([])
  expect(world.zoekt.requests).toBe(1)
  world.pass(1_000)
  expect(await world.index.symbols("Cart", 5, never())).toHaveLength(1)
  expect(world.index.trouble).toBe(null)
}

function answering(status: number, body: string, headers: Record<string, string> = {}): ZoektTrouble {
  return (request, response) => {
    request.resume()
    response.writeHead(status, headers).end(body)
  }
}

test("a server that never answers costs the deadline and no more", async () => {
  await checkTrouble(() => {}, /did not answer within 150 ms$/, { deadlineMs: 150 })
})

test("a server that begins and never ends costs the deadline too", async () => {
  const begin: ZoektTrouble = (_, response) => response.write('{"Result":')
  await checkTrouble(begin, /did not answer within 150 ms$/, { deadlineMs: 150 })
})

test("a server that breaks off is no answer", async () => {
  await checkTrouble((_, response) => response.destroy(), /can't be reached: /)
  const half: ZoektTrouble = (_, response) => response.write('{"Result":', () => response.destroy())
  await checkTrouble(half, /broke off: /)
})

test("an error of the server is told in its own words", async () => {
  await checkTrouble(answering(500, '{"Error":"out of shards"}'), /answered HTTP 500: out of shards$/)
  await checkTrouble(answering(503, "<html>"), /answered HTTP 503$/)
  await checkTrouble(answering(404, ""), /answered HTTP 404$/)
})

test("a redirect is not followed, so that names and keys stay where they were sent", async () => {
  await using other = await startWorld()
  await checkTrouble(answering(307, "", { location: `${other.zoekt.url}/api/search` }), /answered HTTP 307$/)
  expect(other.zoekt.requests).toBe(0)
})

test("what is no JSON, or other JSON, is no answer", async () => {
  for (const body of ["", "{", "null", "[]", '{"Result":[]}', '{"result":{}}', "\ufffd"]) {
    await checkTrouble(answering(200, body), /did not answer as Zoekt's JSON API does$/)
  }
})

test("an answer of more than 4 MB is not read to its end", async () => {
  let written = 0
  const flood: ZoektTrouble = (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write("x".repeat(65_536))) written += 65_536
      response.once("drain", more)
    }
    more()
  }
  await checkTrouble(flood, /answered with more than is read$/)
  expect(written).toBeLessThan(64 * 1024 * 1024)
})

test("a question that the server can't parse leaves the server in good standing", async () => {
  await using world = await startWorld()
  world.zoekt.troubles.push(answering(400, '{"Error":"parse error"}'))
  expect(await world.index.symbols("Cart", 5, never())).toEqual([])
  expect(world.index.trouble).toBe(null)
  expect(await world.index.symbols("Cart", 5, never())).toHaveLength(1)
})

test("a server that fails on and on is asked less and less", async () => {
  await using world = await startWorld()
  for (let failure = 0; failure < 8; failure++) world.zoekt.troubles.push(answering(500, ""))
  for (let second = 0; second < 100; second++) {
    await world.index.files("src", 5, never())
    world.pass(1_000)
  }
  expect(world.zoekt.requests).toBe(7)
  expect(world.lines).toHaveLength(1)
})

test("a question that is given up ends at once, as cancelled, and its connection with it", async () => {
  await using world = await startWorld()
  const answers: ServerResponse[] = []
  world.zoekt.troubles.push((_, response) => answers.push(response))
  const controller = new AbortController()
  const answer = world.index.symbols("Cart", 5, controller.signal)
  await until(() => answers.length === 1, "the question")
  controller.abort()
  await expect(answer).rejects.toBeInstanceOf(Cancelled)
  await until(() => answers[0]?.destroyed === true, "the connection's end")
  expect(world.index.trouble).toBe(null)
  expect(await world.index.symbols("Cart", 5, never())).toHaveLength(1)
})

test("a closed index answers with nothing", async () => {
  await using world = await startWorld()
  world.index.close()
  expect(await world.index.symbols("Cart", 5, never())).toEqual([])
  expect(world.zoekt.requests).toBe(0)
})

test("every name is asked for as itself, whatever it is made of", () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 30 }).filter(mayBeAsked)
  fc.assert(
    fc.property(name, name, (asked, other) => {
      const terms = parseQuery(zoektQuery({ kind: "symbol", name: asked }, [other]))
      expect(terms?.map(({ field, not }) => [field, not])).toEqual([
        ["sym", false],
        ["repo", true],
      ])
      expect(terms?.[0]?.pattern.test(asked)).toBe(true)
      if (other !== asked) expect(terms?.[0]?.pattern.test(other)).toBe(false)
      expect(terms?.[1]?.pattern.test(other)).toBe(true)
    }),
    { numRuns: 150 },
  )
})
