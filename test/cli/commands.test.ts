import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { runProgram } from "../e2e/server-process.ts"
import { parseFixture } from "../fixture.ts"

const SHOP = `
//- /package.json
{}
//- /.gitignore
ignored.ts
//- /ignored.ts
export function neverRead() {}
//- /src/cart.ts
import { priceOf } from "./price"
export function totalOf(cart: readonly string[]): number {
  return cart.map(name => priceOf(name)).reduce((sum, price) => sum + price, 0)
}
//- /src/order.ts
import { priceOf } from "./price"
export function costOf(order: readonly string[]): number {
  return order.map(name => priceOf(name)).reduce((sum, price) => sum + price, 0)
}
//- /src/bill.ts
/* 😀 */ import { priceOf } from<|>
`

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Writes a fixture into a new folder, marks taken out. */
function writeProject(fixture: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pilotlight-cli-")))
  folders.push(root)
  for (const { path, text } of parseFixture(fixture).files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** Runs the program in a project; gives what it printed. */
function checkCommand(root: string, ...args: readonly string[]): ReturnType<typeof runProgram> {
  return runProgram(root, args)
}

test("index counts what the ignore rules leave", () => {
  const { code, out, err } = checkCommand(writeProject(SHOP), "index", "--json")
  expect({ code, err }).toEqual({ code: 0, err: "" })
  expect(JSON.parse(out)).toMatchObject({ files: 5, lines: 16, symbols: 2 })
})

test("index keeps what it found in the user's cache folder, and finds the same with it", () => {
  const [root, cache] = [writeProject(SHOP), writeProject("")]
  for (let run = 0; run < 2; run++) {
    const { code, out, err } = runProgram(root, ["index", "--json"], { PILOTLIGHT_CACHE: cache })
    expect({ code, err }).toEqual({ code: 0, err: "" })
    const found = JSON.parse(out)
    expect(found).toMatchObject({ files: 5, lines: 16, symbols: 2, fromCache: run * 5, notLearnt: 0 })
    expect(found.cacheBytes).toBeGreaterThan(0)
    const kept = readdirSync(cache, { recursive: true }).map(String)
    expect(kept.filter(name => name.endsWith("manifest"))).toHaveLength(1)
    expect(kept.filter(name => name.endsWith(".pack"))).toHaveLength(1)
  }
})

test("index does without a cache folder that can't be made", () => {
  const root = writeProject(SHOP)
  const { code, out, err } = runProgram(root, ["index", "--json"], {
    PILOTLIGHT_CACHE: join(root, "package.json"),
  })
  expect({ code, err }).toEqual({ code: 0, err: "" })
  expect(JSON.parse(out)).toMatchObject({ files: 5, symbols: 2, cacheBytes: 0 })
})

test("index --no-cache neither keeps anything nor uses what is kept", () => {
  const [root, cache] = [writeProject(SHOP), join(writeProject(""), "cache")]
  const index = (...args: readonly string[]): Record<string, unknown> =>
    JSON.parse(runProgram(root, ["index", "--json", ...args], { PILOTLIGHT_CACHE: cache }).out)
  expect(index("--no-cache")).toMatchObject({ files: 5, cacheBytes: 0 })
  expect(existsSync(cache)).toBe(false)
  index()
  expect(index("--no-cache")).toMatchObject({ files: 5, fromCache: 0, cacheBytes: 0 })
})

test("index prints a table for people", () => {
  const { code, out } = checkCommand(writeProject(SHOP), "index", "src")
  expect(code).toBe(0)
  expect(out.replace(/.*\n/, "").replaceAll(/[\d.]+ (MB|s)/g, "# $1")).toMatchInlineSnapshot(`
    "  files    3
      lines    12
      symbols  2
      source   # MB
      memory   index # MB, completions # MB, whole process # MB
      cache    nothing kept
      time     # s, 0 files known from the last time
    "
  `)
})

test("complete counts an emoji as one column and gives the rest of the line", () => {
  const { code, out, err } = checkCommand(writeProject(SHOP), "complete", "src/bill.ts:1:32", "--json")
  expect({ code, err }).toEqual({ code: 0, err: "" })
  const answer = JSON.parse(out)
  expect(answer).toMatchObject({ file: "src/bill.ts", line: 1, column: 32, silence: null })
  expect(answer.suggestions).toMatchObject([{ text: ' "./price"', source: "embedded" }])
})

test("complete says why it says nothing", () => {
  const root = writeProject(SHOP)
  const { code, out } = checkCommand(root, "complete", "src/cart.ts:1:14", "--now")
  expect({ code, out: out.split(" (")[0] }).toEqual({ code: 0, out: "no suggestion: inside-word" })
})

test("a place that isn't there is one sentence and exit code 1 or 2", () => {
  const root = writeProject(SHOP)
  const failing = (place: string): string => {
    const { code, out, err } = checkCommand(root, "complete", place)
    return `${code} ${out}${err.trim()}`
  }
  expect(failing("src/bill.ts")).toMatchInlineSnapshot(
    `"2 pilotlight complete: 'src/bill.ts' is not FILE:LINE:COL (see: pilotlight complete --help)"`,
  )
  expect(failing("src/gone.ts:1:1")).toMatchInlineSnapshot(
    `"1 pilotlight complete: there is no file src/gone.ts"`,
  )
  expect(failing("src:1:1")).toMatchInlineSnapshot(`"1 pilotlight complete: there is no file src"`)
  expect(failing("src/bill.ts:9:1")).toMatchInlineSnapshot(
    `"1 pilotlight complete: src/bill.ts has only 2 lines"`,
  )
  expect(failing("src/bill.ts:1:33")).toMatchInlineSnapshot(
    `"1 pilotlight complete: src/bill.ts has only 31 characters in line 1"`,
  )
})

test("try without a terminal prints completions with their source and latency", () => {
  const { code, out, err } = checkCommand(writeProject(SHOP), "try")
  expect({ code, err }).toEqual({ code: 0, err: "" })
  expect(out).toMatch(/^src\/(cart|order)\.ts:\d+ {2}embedded {2}\d+ % sure {2}[\d.]+ ms\n {2}.*▸.+$/m)
  expect(out).toMatch(/^\d+ places asked: \d+ suggestions, \d+ of them exactly what the file says;/m)
})

test("try and index say what is wrong with a folder", () => {
  const root = writeProject("//- /notes.md\nhello\n")
  expect(checkCommand(root, "try")).toMatchObject({
    code: 1,
    err: "pilotlight try: . holds no code that is known here\n",
  })
  expect(checkCommand(root, "index", "gone")).toMatchObject({
    code: 1,
    err: "pilotlight index: there is no folder gone\n",
  })
})

test("why says what became of a completion, for people and for scripts", () => {
  const root = writeProject(SHOP)
  const read = checkCommand(root, "why", "src/bill.ts:1:31", "--offline")
  expect([read.code, read.err]).toEqual([0, ""])
  expect(read.out).toMatch(/^# Why\n[\s\S]*At line 1, column \d+ /)
  const record = JSON.parse(checkCommand(root, "why", "src/bill.ts:1:31", "--json").out)
  expect(record).toMatchObject({ surface: "ghost", line: 0, version: 1 })
  expect(record.attempts.length).toBeGreaterThan(0)
})
