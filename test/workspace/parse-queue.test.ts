import fc from "fast-check"
import { expect, test } from "vitest"
import { EVERYTHING, Wants } from "../../server/workspace/parse-messages.ts"
import { ParseQueue, type QueuedRead, type ReadResult } from "../../server/workspace/parse-queue.ts"

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

test("of a file that changes again while it is searched, the rest is asked for though it is as it was found then", () => {
  const queue = new ParseQueue()
  queue.add(["/a"], false, 0)
  expect(queue.take(1)).toEqual([{ path: "/a", wants: 0, anew: words }])
  queue.add(["/a"], false, 0)
  queue.settle("/a", words)
  expect(paths(queue)).toEqual(["/a"])
  queue.settle("/a", "same")
  expect(readAll(queue, 1)).toEqual([["/a 2/3"], ["/a 4/7"]])
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

/** Files that change while they are read as a child reads them, and what is known of each. */
class ChangingFiles {
  readonly #queue: ParseQueue
  readonly #contents = new Map<string, number>()
  readonly #known = new Map<string, { readonly content: number; readonly parts: number }>()
  readonly #reading: { readonly task: QueuedRead; readonly known: number; readonly found: number }[] = []

  /** All is known of the content 1 of each of `paths`. */
  constructor(queue: ParseQueue, paths: readonly string[]) {
    this.#queue = queue
    for (const path of paths) {
      this.#contents.set(path, 1)
      this.#known.set(path, { content: 1, parts: EVERYTHING })
    }
  }

  /** Paths of which not all is known as it is now. */
  get unknown(): string[] {
    const isKnown = ([path, content]: readonly [string, number]): boolean => {
      const known = this.#known.get(path)
      return content === GONE ? known === undefined : known?.content === content && known.parts === EVERYTHING
    }
    return [...this.#contents].filter(each => !isKnown(each)).map(([path]) => path)
  }

  change(path: string, content: number, urgent: boolean): void {
    this.#contents.set(path, content)
    this.#queue.add([path], urgent, this.#known.has(path) ? 0 : EVERYTHING)
  }

  take(most: number): number {
    const taken = this.#queue.take(most)
    for (const task of taken) {
      const known = this.#known.get(task.path)?.content ?? GONE
      this.#reading.push({ task, known, found: this.#contents.get(task.path)! })
    }
    return taken.length
  }

  settle(): void {
    const reading = this.#reading.shift()
    if (reading === undefined) return
    const { task, known, found } = reading
    const { path, wants, anew } = task
    if (found === GONE) {
      this.#known.delete(path)
      this.#queue.settle(path, "nothing")
      return
    }
    const before = found === known ? this.#known.get(path)!.parts : 0
    const parts = before | (found === known ? wants : anew | words)
    this.#known.set(path, { content: found, parts })
    const hasFacts = found !== known || (wants & (words | facts)) !== 0
    this.#queue.settle(path, hasFacts ? parts : "same")
  }
}

const GONE = 0

test("whenever files change, in the end all is known of each as it is then", () => {
  const one = fc.constantFrom("/a/1", "/b/1")
  const change = fc.record({ change: one, content: fc.constantFrom(GONE, 1, 2, 3), urgent: fc.boolean() })
  const step = fc.oneof(change, fc.record({ take: fc.constantFrom(1, 2) }), fc.constant({ settle: 1 }))
  const steps = fc.array(step, { minLength: 10, maxLength: 40 })
  fc.assert(
    fc.property(steps, all => {
      const files = new ChangingFiles(new ParseQueue(), ["/a/1", "/b/1"])
      for (const each of all) {
        if ("change" in each) files.change(each.change, each.content, each.urgent)
        else if ("take" in each) files.take(each.take)
        else files.settle()
      }
      for (let turn = 0; turn < 200; turn++) files.take(1) > 0 || files.settle()
      expect(files.unknown).toEqual([])
    }),
    { numRuns: 300 },
  )
})
