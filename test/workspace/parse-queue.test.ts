import fc from "fast-check"
import { expect, test } from "vitest"
import { EVERYTHING, Wants } from "../../server/workspace/parse-messages.ts"
import { ParseQueue, type ReadResult } from "../../server/workspace/parse-queue.ts"

const { words, facts, tokens } = Wants

function paths(queue: ParseQueue, most: number = 99): string[] {
  return queue.take(most).map(({ path }) => path)
}

/** Reads whatever waits, as a child would: `path wants/anew` of each task, in turns of `step` tasks. */
function readAll(queue: ParseQueue, step: number): string[][] {
  const turns: string[][] = []
  for (let taken = queue.take(step); taken.length > 0; taken = queue.take(step)) {
    turns.push(taken.map(({ path, wants, anew }) => `${path} ${wants}/${anew}`))
    for (const { path, anew } of taken) queue.settle(path, anew)
  }
  return turns
}

test("all files are searched for words, then parsed, then learnt", () => {
  const queue = new ParseQueue()
  queue.add(["/a/1", "/b/2"], false)
  expect(readAll(queue, 9)).toEqual([
    ["/a/1 1/1", "/b/2 1/1"],
    ["/a/1 2/3", "/b/2 2/3"],
    ["/a/1 4/7", "/b/2 4/7"],
  ])
  expect(queue.size).toBe(0)
})

test("changed files come first, then open ones, their imports, and what is near, each read whole", () => {
  const queue = new ParseQueue()
  queue.add(["/far/1", "/near/1", "/far/2", "/far/imported", "/near/open"], false)
  queue.prefer("/near/open")
  queue.preferImports(["/far/imported", "/near/open"])
  queue.add(["/near/2"], false)
  queue.add(["/far/2"], true)
  const order = queue.take(9)
  expect(order.map(({ path }) => path)).toEqual([
    "/far/2",
    "/near/open",
    "/far/imported",
    "/near/1",
    "/near/2",
    "/far/1",
  ])
  expect(order.map(({ anew }) => anew)).toEqual([...Array(5).fill(EVERYTHING), words])
})

test("of many changed files the words come first, and before those of the rest", () => {
  const queue = new ParseQueue()
  const many = Array.from({ length: 200 }, (_, index) => `/changed/${index}`)
  queue.add(["/rest"], false)
  queue.add(many, true, 0)
  const taken = queue.take(100)
  expect(taken.map(({ path }) => path)).toEqual(many.slice(0, 100))
  expect(new Set(taken.map(({ wants, anew }) => `${wants}/${anew}`))).toEqual(new Set(["0/1"]))
  queue.settle("/changed/0", "same")
  queue.settle("/changed/1", words)
  expect([queue.has("/changed/0"), queue.has("/changed/1")]).toEqual([false, true])
})

test("what is known of a file that may have changed is not asked for again", () => {
  const queue = new ParseQueue()
  queue.add(["/known"], true, 0)
  queue.addKnown(["/learn"], tokens)
  expect(readAll(queue, 1)).toEqual([["/known 0/7"], ["/learn 4/7"]])
  queue.add(["/known"], true, 0)
  queue.take(1)
  queue.settle("/known", "same")
  expect(queue.size).toBe(0)
})

test("a file that is being read is not handed out before it is settled", () => {
  const queue = new ParseQueue()
  queue.add(["/a"], true)
  expect(paths(queue)).toEqual(["/a"])
  queue.add(["/a"], true)
  expect(paths(queue)).toEqual([])
  expect(queue.reading()).toEqual(["/a"])
  queue.settle("/a", EVERYTHING)
  expect(paths(queue)).toEqual(["/a"])
})

test("a file that is nothing to index waits no more, unless it changed meanwhile", () => {
  const queue = new ParseQueue()
  queue.add(["/a", "/b"], false)
  queue.take(9)
  queue.add(["/b"], true)
  queue.settle("/a", "nothing")
  queue.settle("/b", "nothing")
  expect(queue.paths()).toEqual(["/b"])
})

test("files taken back wait no more, and those being read end with their reading", () => {
  const queue = new ParseQueue()
  queue.add(["/a", "/b", "/c"], false)
  queue.take(1)
  expect(queue.withdraw(["/a", "/b", "/unknown"])).toEqual(["/a"])
  expect([queue.has("/a"), queue.has("/b"), queue.has("/c")]).toEqual([true, false, true])
  queue.settle("/a", "nothing")
  expect(queue.paths()).toEqual(["/c"])
})

test("it is idle when nothing waits and nothing is being read, part by part", async () => {
  const queue = new ParseQueue()
  const done: string[] = []
  await queue.idle()
  queue.add(["/a", "/b"], false)
  const waits = Promise.all([
    queue.idle(words).then(() => done.push("words")),
    queue.idle(facts).then(() => done.push("facts")),
    queue.idle().then(() => done.push("all")),
  ])
  const settle = async (path: string, result: ReadResult): Promise<void> => {
    queue.take(1)
    queue.settle(path, result)
    await Promise.resolve()
  }
  await settle("/a", words)
  expect(done).toEqual([])
  await settle("/b", words)
  expect(done).toEqual(["words"])
  expect([queue.missing(words), queue.missing(facts), queue.missing(tokens)]).toEqual([0, 2, 2])
  await settle("/a", words | facts)
  await settle("/b", "nothing")
  expect(done).toEqual(["words", "facts"])
  await settle("/a", "same")
  await waits
  expect(done).toEqual(["words", "facts", "all"])
})

test("clearing it lets everyone go who waits", async () => {
  const queue = new ParseQueue()
  queue.add(["/a", "/b"], false)
  queue.take(1)
  const idle = queue.idle()
  queue.clear()
  await idle
  expect(queue.size).toBe(0)
})

const path = fc.constantFrom("/a/1", "/a/2", "/b/1", "/b/2")
const step = fc.oneof(
  fc.record({ add: fc.array(path), urgent: fc.boolean() }),
  fc.record({ prefer: path }),
  fc.record({ imports: fc.array(path) }),
  fc.record({ take: fc.nat(3) }),
  fc.record({ settle: fc.constantFrom<ReadResult>("nothing", "same", words, words | facts, EVERYTHING) }),
  fc.record({ withdraw: path }),
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Does one step; `reading` are the paths handed out and not settled yet. */
function apply(queue: ParseQueue, each: Step, reading: string[]): void {
  if ("prefer" in each) queue.prefer(each.prefer)
  else if ("imports" in each) queue.preferImports(each.imports)
  else if ("add" in each) queue.add(each.add, each.urgent)
  else if ("withdraw" in each) queue.withdraw([each.withdraw])
  else if ("take" in each) reading.push(...paths(queue, each.take))
  else if (reading.length > 0) queue.settle(reading.shift()!, each.settle)
}

test("whatever happens, each path ends once all of it is known, and is read by one at a time", () => {
  fc.assert(
    fc.property(fc.array(step), steps => {
      const queue = new ParseQueue()
      const reading: string[] = []
      for (const each of steps) {
        apply(queue, each, reading)
        expect(new Set(reading).size).toBe(reading.length)
        expect([...queue.reading()].sort()).toEqual([...reading].sort())
      }
      for (const one of reading) queue.settle(one, EVERYTHING)
      expect(readAll(queue, 3).length).toBeLessThan(20)
      expect([0, words, facts, tokens].map(part => queue.missing(part))).toEqual([0, 0, 0, 0])
    }),
  )
})
