import { expect, test } from "vitest"
import { ModelError } from "../../../server/base/errors.ts"
import type { Scope } from "../../../server/features/completion/request.ts"
import { plainLexicon } from "../../../server/syntax/lexer.ts"
import { CompleterWorld, settle, textOf } from "./completer-world.ts"

test("the engine's suggestion is there at once, and typing along asks neither engine nor model again", async () => {
  const world = new CompleterWorld("let x = <|>", {
    engine: before => (before.endsWith("= ") ? "items.length()" : null),
  })
  expect(await world.shown()).toBe("items.length()")
  const asked = world.engineAsks
  expect(await world.type("items")).toEqual([
    "tems.length()",
    "ems.length()",
    "ms.length()",
    "s.length()",
    ".length()",
  ])
  expect([world.engineAsks, world.wanted.length]).toEqual([asked, 0])
})

test("where the engine is not sure, the answer waits for the first part of the model's", async () => {
  const world = new CompleterWorld("let x = <|>")
  const completion = world.request()
  await world.pass(100)
  world.ask.say("let x = items.len")
  await settle()
  world.ask.say("gth\nlet y = 1\n")
  expect(textOf(await completion)).toBe("items.length")
})

test("nothing is waited for beyond the time a request may be held, and the next key has what came late", async () => {
  const world = new CompleterWorld("let x = <|>")
  const completion = world.request({ holdMs: 150 })
  await world.pass(200)
  expect(textOf(await completion)).toBe("(late)")
  world.ask.say("let x = items.length\n")
  world.ask.end()
  await settle()
  expect(await world.type("i")).toEqual(["tems.length"])
  expect(world.wanted.length).toBe(1)
})

test("a model's suggestion that is typed along asks nothing anew, over its line breaks too", async () => {
  const world = new CompleterWorld("function f() {\n  <|>\n}")
  expect(await world.answered("  const a = 1\n  return a\n")).toBe("const a = 1\n  return a")
  const seen = await world.type("const a = 1\n  return ")
  expect(seen.slice(-2)).toEqual([" a", "a"])
  expect(seen.every(text => !text.startsWith("("))).toBe(true)
})

test("an answer under way that agrees with what is typed is waited for, not asked for again", async () => {
  const world = new CompleterWorld("let x = <|>")
  void world.request()
  await world.pass(100)
  world.ask.say("let x = ite")
  await settle()
  world.edit(0, "it")
  const second = world.request()
  await world.pass(100)
  world.ask.say("ms\nlet y = 1\n")
  expect(textOf(await second)).toBe("ems")
  expect(world.asks.length).toBe(1)
})

test("an answer that what is typed contradicts is given up", async () => {
  const world = new CompleterWorld("let x = <|>")
  void world.request()
  await world.pass(100)
  world.ask.say("let x = items")
  await settle()
  world.edit(0, "q")
  void world.request()
  await world.pass(100)
  expect(world.asks.map(({ isCancelled }) => isCancelled)).toEqual([true, false])
})

test("what streams past the shown part is the next suggestion", async () => {
  const world = new CompleterWorld("function f() {\n  let x = <|>\n}")
  const shown = await world.answered("  let x = one()\n  let y = two()\n  return x + y\n")
  world.edit(0, shown)
  const asks = world.asks.length
  const next = await world.shown()
  expect(next.startsWith("\n  ")).toBe(true)
  expect("one()\n  let y = two()\n  return x + y".startsWith(shown + next)).toBe(true)
  expect(world.asks.length).toBe(asks)
})

test("what was typed along and taken back is not suggested again, a slip of the finger changes nothing", async () => {
  const world = new CompleterWorld("let x = <|>")
  await world.answered("let x = items.length\n")
  await world.type("itx")
  world.edit(1, "")
  world.clock.advance(5000)
  expect(await world.type("e")).toEqual(["ms.length"])
  world.edit(1, "")
  world.clock.advance(5000)
  expect(await world.shown()).toBe("(late)")
})

test("what is seen stays until something says more of it, or it no longer fits", async () => {
  const world = new CompleterWorld("let x = <|>", {
    engine: before => (before.endsWith("= ") ? "items" : null),
    confidence: 0.8,
  })
  const first = await world.request()
  expect([textOf(first), first.isIncomplete]).toEqual(["items", true])
  await world.pass(100)
  world.ask.say("let x = item.all\n")
  world.ask.end()
  await settle()
  expect(await world.type("ite")).toEqual(["tems", "ems", "ms"])
  expect(await world.type("m.")).toEqual(["s", "all"])
})

test("what says the same and more takes its place", async () => {
  const world = new CompleterWorld("let x = <|>", {
    engine: before => (before.endsWith("= ") ? "items" : null),
    confidence: 0.8,
  })
  await world.request()
  await world.pass(100)
  world.ask.say("let x = items.length\n")
  world.ask.end()
  await settle()
  expect(await world.type("i")).toEqual(["tems.length"])
})

test("after a suggestion is shown one ask goes ahead of the user, for what comes after it", async () => {
  const world = new CompleterWorld("let x = <|>")
  expect(await world.answered("let x = items.length\n")).toBe("items.length")
  await settle()
  expect(world.asks.length).toBe(2)
  expect(world.ask.request.priority).toBeLessThan(world.asks[0]!.request.priority)
  world.ask.say("let x = items.length\nlet y = 2\n")
  world.ask.end()
  await settle()
  world.edit(0, "items.length")
  expect(await world.shown()).toBe("\nlet y = 2")
  expect(world.wanted.length).toBe(1)
})

test("nothing is asked ahead for what comes behind the end of a block", async () => {
  const asksAfter = async (statement: string): Promise<number> => {
    const world = new CompleterWorld("let x = <|>")
    expect(`let x = ${await world.answered(`${statement}\n`)}`).toBe(statement)
    await settle()
    return world.asks.length
  }
  expect(await asksAfter("let x = {\n  a,\n}.a")).toBe(2)
  expect(await asksAfter("let x = {\n  a,\n}")).toBe(1)
})

test("each gate has its name, and an explicit request passes those that guess what the user wants", async () => {
  const closed = async (
    fixture: string,
    edit: (world: CompleterWorld) => void,
    invoked = false,
  ): Promise<string> => {
    const world = new CompleterWorld(fixture)
    edit(world)
    return world.shown({ invoked })
  }
  const nothing = (): void => {}
  const stateful = (state: CompleterWorld["state"]) => (world: CompleterWorld) => {
    world.state = state
  }
  expect(await closed("foo()<|>", nothing)).toBe("(after-closer)")
  expect(await closed("fo<|>o", nothing)).toBe("(inside-word)")
  expect(await closed("foo<|>", world => world.edit(1, ""))).toBe("(after-delete)")
  expect(await closed("foo<|>", world => world.edit(1, ""), true)).toBe("(late)")
  expect(await closed("foo()<|>", nothing, true)).toBe("(late)")
  const undone = (world: CompleterWorld): void => {
    world.edit(0, "bar")
    world.edit(3, "")
  }
  expect(await closed("x = <|>", undone)).toBe("(after-undo)")
  expect(await closed("x = <|>", world => world.completer.toggle({ what: "all" }))).toBe("(off)")
  expect(await closed("x = <|>", stateful("limited"))).toBe("(rate-limited)")
  expect(await closed("x = <|>", stateful("unavailable"))).toBe("(offline)")
})

test("comments and strings are left alone where the user said so", async () => {
  const scoped = (fixture: string, quietIn: readonly Scope[]): Promise<string> =>
    new CompleterWorld(fixture, { lexicon: { ...plainLexicon, lineComments: ["//"], quotes: ['"'] } }).shown({
      quietIn,
    })
  expect(await scoped("// wor<|>", ["comment"])).toBe("(in-comment)")
  expect(await scoped("// wor<|>", ["string"])).toBe("(late)")
  expect(await scoped('x = "wor<|>', ["string", "comment"])).toBe("(in-string)")
  expect(await scoped("wor<|>", ["string", "comment"])).toBe("(late)")
})

test("nothing is asked about a document that may not leave, and a model that fails is only silent", async () => {
  const world = new CompleterWorld("x = <|>")
  world.isDenied = true
  const denied = world.request()
  await world.pass(100)
  expect([textOf(await denied), world.asks.length]).toEqual(["(denied)", 0])
  world.isDenied = false
  const failed = world.request()
  await world.pass(100)
  world.ask.end({ status: "failed", error: new ModelError("timeout", "too slow") })
  expect(textOf(await failed)).toBe("(offline)")
})

test("in a list the engine's suggestion never waits, and grades of it are items of their own", async () => {
  const world = new CompleterWorld("let x = <|>", {
    engine: before => (before.endsWith("= ") ? "items.a\nmore" : null),
  })
  const { suggestions, isIncomplete } = await world.request({ surface: "list", holdMs: 1000 })
  expect(suggestions.map(({ text, grade }) => `${grade} ${text}`)).toEqual([
    "whole items.a\nmore",
    "line items.a",
    "word items",
  ])
  expect(isIncomplete).toBe(false)
})

test("fast typing costs no more asks than its share, whatever the model says", async () => {
  const world = new CompleterWorld("<|>")
  for (let key = 0; key < 400; key++) {
    world.edit(0, key % 10 === 9 ? " " : "x")
    void world.request({ holdMs: 100 })
    await world.pass(150)
    world.asks.at(-1)?.say("nonsense\n")
    world.asks.at(-1)?.end()
  }
  expect(world.asks.length).toBeLessThanOrEqual(106)
  expect(world.asks.length).toBeGreaterThan(60)
}, 30_000)

test("what happened to a request can be told", async () => {
  const world = new CompleterWorld("let x = <|>")
  await world.answered("```\nlet x = items\n```\n")
  const [record] = world.completer.records("file:///main.ts")
  expect(record).toMatchObject({ line: 0, column: 8, shown: ["items"], silence: null, gates: [] })
  expect(record!.attempts.map(({ source }) => source)).toEqual([
    "cache",
    "embedded",
    "cache",
    "model",
    "cache",
  ])
  expect(record).toMatchObject({ checks: [], isUnverified: true })
  expect(record!.context.map(({ kind }) => kind)).toEqual(["before", "after"])
  expect(record!.timings).toMatchObject({ asked: expect.any(Number), firstDelta: 200, shown: 200 })
})

test("a request that is given up takes its ask along while that waits, and settles once", async () => {
  const world = new CompleterWorld("let x = <|>")
  const controller = new AbortController()
  const completion = world.request({}, controller.signal)
  controller.abort()
  await expect(completion).rejects.toThrow("cancelled")
  await world.pass(500)
  expect(world.asks.length).toBe(0)
})

test("words of a list are not held up for a model that is known to be late", async () => {
  const world = new CompleterWorld("let x = <|>")
  void world.request()
  await world.pass(40)
  await world.pass(200)
  world.ask.say("let x = items\n")
  world.ask.end()
  await settle()
  world.edit(0, "q")
  const { silence, isIncomplete } = await world.request({ surface: "list", holdMs: 100 })
  expect([silence, isIncomplete]).toEqual(["late", true])
  await world.pass(100)
  expect(world.wanted.length).toBe(2)
})

test("what comes for a text that was typed over meanwhile is not taken for seen", async () => {
  const world = new CompleterWorld("let x = <|>")
  const completion = world.request()
  await world.pass(100)
  world.edit(0, "q")
  world.ask.say("let x = items\n")
  world.ask.end()
  expect(textOf(await completion)).toBe("items")
  expect(world.completer.statistics.shown).toBe(0)
})

test("nothing is asked ahead where the answer itself says what comes next", async () => {
  const world = new CompleterWorld("let x = <|>")
  expect(await world.answered("let x = items.length\nlet y = 2\nlet z = 3\n")).toBe("items.length")
  await settle()
  expect([world.wanted.length, world.asks.length]).toEqual([1, 1])
})

test("what was accepted and then undone is not suggested there again", async () => {
  const world = new CompleterWorld("let x = <|>")
  expect(await world.answered("let x = items.length\n")).toBe("items.length")
  world.edit(0, "items.length")
  world.edit("items.length".length, "")
  world.clock.advance(5000)
  expect(await world.shown()).toBe("(late)")
  expect(await world.answered("let x = items.length\n")).toBe("(rejected)")
})

test("a rejection lapses after some minutes, and stays once it is said again", async () => {
  const world = new CompleterWorld("let x = <|>")
  const answeredAfter = (minutes: number): Promise<string> => {
    world.clock.advance(minutes * 60_000)
    return world.answered("let x = items.length\n")
  }
  const takeBack = (): void => {
    world.edit(0, "items.length")
    world.edit("items.length".length, "")
  }
  expect(await answeredAfter(0)).toBe("items.length")
  takeBack()
  expect(await answeredAfter(9)).toBe("(rejected)")
  expect(await answeredAfter(2)).toBe("items.length")
  takeBack()
  expect(await answeredAfter(60)).toBe("(rejected)")
})

test("a request that is given up is written down too", async () => {
  const world = new CompleterWorld("let x = <|>")
  const controller = new AbortController()
  const completion = world.request({}, controller.signal)
  await world.pass(100)
  controller.abort()
  await expect(completion).rejects.toThrow()
  const [record] = world.completer.records(world.document.uri)
  expect([record!.silence, record!.timings.asked !== null]).toEqual(["given-up", true])
})

test("who asks by a key may choose among three answers, who types gets one", async () => {
  const world = new CompleterWorld("let x = <|>")
  const completion = world.request({ invoked: true })
  await world.pass(100)
  expect(world.wanted.length).toBe(1)
  expect(world.asks.length).toBe(3)
  for (const [at, name] of ["items", "names", "others"].entries()) {
    world.asks[at]!.say(`let x = ${name}\n`)
    world.asks[at]!.end()
  }
  const texts = (await completion).suggestions.map(({ text }) => text)
  expect(texts.toSorted()).toEqual(["items", "names", "others"])
})
