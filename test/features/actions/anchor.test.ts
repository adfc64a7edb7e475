import { expect, test } from "vitest"
import { anchored, followed } from "../../../server/features/actions/anchor.ts"

/** Where the stretch between the bars is after the text became `now`, as what stands there; null if it can't be told. */
function checkFollowed(before: string, now: string): string | null {
  const [head = "", content = "", tail = ""] = before.split("|")
  const anchor = { text: head + content + tail, start: head.length, end: head.length + content.length }
  const place = followed(anchor, now)
  if (place === null) return null
  expect(anchored(place)).toBe(content)
  return `${now.slice(0, place.start)}|${anchored(place)}|${now.slice(place.end)}`
}

test.each([
  ["a |b| c", "a b c", "a |b| c"],
  ["a |b| c", "aaa b c", "aaa |b| c"],
  ["a |b| c", "a b ccc", "a |b| ccc"],
  ["a |bb| c", "x bb y", "x |bb| y"],
])("%j in %j is at %j", (before, now, place) => {
  expect(checkFollowed(before, now)).toBe(place)
})

test.each([
  ["a |bb| c", "a bxb c"],
  ["a |bb| c", "x bb bb y"],
  ["a |  | c", "x   y"],
])("%j in %j is lost", (before, now) => {
  expect(checkFollowed(before, now)).toBeNull()
})
