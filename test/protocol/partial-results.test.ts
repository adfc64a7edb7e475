import { expect, test } from "vitest"
import { PartialResults } from "../../server/protocol/partial-results.ts"

interface Sent {
  readonly values: unknown[]
  readonly partial: PartialResults<string> | null
}

function start(params: unknown): Sent {
  const values: unknown[] = []
  const link = {
    notify: (_: string, value: unknown) => void values.push(value),
    ask: () => Promise.resolve(null),
  }
  return { values, partial: PartialResults.of<string>(params, link) }
}

test("without a token there are no partial results", () => {
  for (const params of [null, {}, { partialResultToken: null }, { partialResultToken: {} }]) {
    expect(start(params).partial).toBeNull()
  }
})

test("each item is sent once, and the answer is empty once some were sent", () => {
  const { values, partial } = start({ partialResultToken: 0 })
  partial!.send(["a"])
  partial!.send(["a", "b"])
  partial!.send(["a", "b"])
  expect(partial!.rest(["b", "c"])).toEqual([])
  expect(values).toEqual([
    { token: 0, value: ["a"] },
    { token: 0, value: ["b"] },
    { token: 0, value: ["c"] },
  ])
})

test("an answer of which nothing was sent before is whole", () => {
  const { values, partial } = start({ partialResultToken: "t" })
  partial!.send([])
  expect([partial!.rest(["a"]), values]).toEqual([["a"], []])
})
