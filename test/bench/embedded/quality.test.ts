import { describe, expect, test } from "vitest"
import { lex, plainLexicon } from "../../../server/syntax/lexer.ts"
import { type LinePoint, pointAt, type Snapshot } from "../points/line-point.ts"
import { mulberry32 } from "../random.ts"
import { type Contestant, type Place, visibleAfter, visibleBefore } from "./contest.ts"
import { Contest } from "./contest-run.ts"
import { drawCursors, rankOf } from "./measure.ts"
import { emptyRows, qualityOf, surest } from "./quality.ts"
import { typeLine } from "./typing.ts"

const text = "start()\nconst answer = compute(answer)\nend()\n"
const line = "const answer = compute(answer)"

function thePoint(seed = 1): LinePoint {
  const tokenize = (_path: string, source: string): ReturnType<typeof lex> => lex(source, plainLexicon)
  return pointAt({ path: "a.ts", text }, text.indexOf(line), line.length, seed, [tokenize])!
}

/** A contestant that answers from the hidden line itself, spoiled by `spoil`. */
function knowing(name: string, spoil: (rest: string) => string): Contestant {
  const rest = (place: Place): string => place.point.text.slice(place.offset, place.point.resume)
  return {
    name,
    learn: async () => {},
    next: place => [{ text: spoil(/^(\w+|.)/.exec(rest(place))![0]), probability: 0.9 }],
    line: place => ({ text: spoil(rest(place)), confidence: 0.5, closed: true }),
    words: (place, typed) => ["other", spoil(/^\w+/.exec(place.point.text.slice(place.offset - typed))![0])],
    suggest: place => spoil(rest(place)),
    dispose: async () => {},
  }
}

describe("typing one line", () => {
  function checkTyping(suggest: (rest: string) => string): string {
    const { units, keys, shown, taken } = typeLine(knowing("k", suggest), thePoint(), 0.7)
    return `${units} units, ${keys} keys, ${shown} shown, ${taken} taken`
  }

  test("a right suggestion costs one key", () => {
    expect(checkTyping(rest => rest)).toBe("30 units, 1 keys, 1 shown, 1 taken")
  })

  test("nothing shown means every unit is typed", () => {
    expect(checkTyping(() => "")).toBe("30 units, 30 keys, 0 shown, 0 taken")
  })

  test("a suggestion of one unit is not shown", () => {
    expect(checkTyping(rest => rest.slice(0, 1))).toBe("30 units, 30 keys, 0 shown, 0 taken")
  })

  test("an ignored suggestion counts again when it changes, not while it is typed into", () => {
    expect(checkTyping(() => "never")).toBe("30 units, 30 keys, 30 shown, 0 taken")
    const wrong = "const anything"
    expect(checkTyping(rest => wrong.slice(line.length - rest.length))).toBe(
      "30 units, 30 keys, 5 shown, 0 taken",
    )
  })

  test("a prefix of the line is taken and typing goes on", () => {
    expect(checkTyping(rest => (rest.length === 30 ? "const answer" : ""))).toBe(
      "30 units, 19 keys, 1 shown, 1 taken",
    )
  })
})

test("nothing of the line from the cursor on is visible", () => {
  const point = thePoint()
  const place = { point, offset: point.starts[1]! }
  expect(visibleBefore(place)).toBe("start()\nconst ")
  expect(visibleAfter(place)).toBe("\nend()\n")
})

test("a rank counts the candidates that are strictly likelier", () => {
  const guesses = [
    { text: "a", probability: 0.5 },
    { text: "b", probability: 0.2 },
    { text: "c", probability: 0.2 },
  ]
  expect(["a", "b", "c", "d"].map(wanted => rankOf(wanted, guesses))).toEqual([1, 2, 2, 0])
})

test("cursors are tokens of the line, the middle one never the first", () => {
  const point = thePoint()
  const random = mulberry32(5)
  for (let round = 0; round < 50; round++) {
    const { tokens, mid, word } = drawCursors(point, random)
    expect(tokens).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(mid).toBeGreaterThanOrEqual(1)
    expect(mid).toBeLessThan(point.starts.length)
    expect(["const", "answer", "compute"]).toContain(
      point.text.slice(point.starts[word!.token], point.ends[word!.token]),
    )
    expect([1, 2, 3]).toContain(word!.typed)
  }
})

describe("figures", () => {
  test("shares are taken over the rows", () => {
    const rows = emptyRows()
    rows.tokenRanks.push(1, 2, 0, 11)
    rows.lineStarts.push({ exact: true, confidence: 0.1 }, { exact: false, confidence: 0.9 })
    rows.midLines.push({ exact: true, confidence: 0.9 }, { exact: false, confidence: 0.1 })
    rows.words.push({ rank: 1 }, { rank: 5 }, { rank: 6 }, { rank: 0 })
    rows.typing.push({ units: 10, keys: 4, shown: 4, taken: 3 })
    expect(qualityOf(rows)).toEqual({
      tokenTop1: 0.25,
      tokenMrr: 0.375,
      lineStartEm: 0.5,
      midLineEm: 0.5,
      midLineEmAt10: 1,
      wordTop1: 0.25,
      wordTop5: 0.5,
      keystrokesSaved: 0.6,
      shownRight: 0.75,
    })
  })

  test("coverage takes the surest rows, at least one", () => {
    const rows = [0.2, 0.9, 0.5].map(confidence => ({ exact: true, confidence }))
    expect(surest(rows, 0.1).map(row => row.confidence)).toEqual([0.9])
    expect(surest(rows, 0.67).map(row => row.confidence)).toEqual([0.9, 0.5])
  })

  test("a contest averages seeds within a group, then groups", async () => {
    const contest = new Contest()
    const snapshot = (group: string, seeds: readonly number[]): Snapshot => ({
      group,
      files: [],
      points: seeds.map(seed => thePoint(seed)),
    })
    const right = knowing("k", rest => rest)
    const wrong = knowing("k", rest => `${rest}!`)
    await contest.play(snapshot("one", [21, 22]), [right])
    await contest.play(snapshot("two", [21]), [wrong])
    expect(contest.groupQuality("one", "k").lineStartEm).toBe(1)
    expect(contest.groupQuality("two", "k").lineStartEm).toBe(0)
    expect(contest.quality("k").lineStartEm).toBe(0.5)
    expect(contest.quality("k").wordTop5).toBe(0.5)
    expect(contest.points).toBe(3)
  })
})
