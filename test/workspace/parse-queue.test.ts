import fc from "fast-check"
import { expect, test } from "vitest"
import { ParseQueue } from "../../server/workspace/parse-queue.ts"

test("changed files come first, then those near open documents", () => {
  const queue = new ParseQueue()
  queue.add(["/far/1", "/near/1", "/far/2"], false)
  queue.prefer("/near")
  queue.add(["/near/2"], false)
  queue.add(["/far/2"], true)
  expect(queue.take(9)).toEqual(["/far/2", "/near/1", "/near/2", "/far/1"])
})

test("a file that is being read is not handed out before it is settled", () => {
  const queue = new ParseQueue()
  queue.add(["/a"], false)
  expect(queue.take(9)).toEqual(["/a"])
  queue.add(["/a"], true)
  expect(queue.take(9)).toEqual([])
  expect(queue.reading()).toEqual(["/a"])
  queue.settle("/a")
  expect(queue.take(9)).toEqual(["/a"])
})

test("it is idle when nothing waits and nothing is being read", async () => {
  const queue = new ParseQueue()
  await queue.idle()
  queue.add(["/a", "/b"], false)
  queue.take(1)
  let isIdle = false
  const idle = queue.idle().then(() => {
    isIdle = true
  })
  queue.settle("/a")
  await Promise.resolve()
  expect(isIdle).toBe(false)
  queue.take(1)
  queue.settle("/b")
  await idle
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

test("every path is handed out once for each time it was added, however it was added", () => {
  const path = fc.constantFrom("/a/1", "/a/2", "/b/1", "/b/2")
  const step = fc.oneof(
    fc.record({ add: fc.array(path), changed: fc.boolean() }),
    fc.record({ prefer: fc.constantFrom("/a", "/b") }),
  )
  fc.assert(
    fc.property(fc.array(step), steps => {
      const queue = new ParseQueue()
      const added = new Set<string>()
      for (const each of steps) {
        if ("prefer" in each) queue.prefer(each.prefer)
        else {
          queue.add(each.add, each.changed)
          for (const one of each.add) added.add(one)
        }
      }
      expect(queue.size).toBe(added.size)
      expect([...queue.take(99)].sort()).toEqual([...added].sort())
    }),
  )
})
