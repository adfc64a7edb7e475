import { expect, test } from "vitest"
import { block, checkLanding, type LandingOptions, landIn } from "./check-landing.ts"

const BLOCKS: LandingOptions = { form: "blocks" }

const TWO = `
  //- /a.ts
  export function one() {
    const x = 1
    return x
  }
  export function two() {
    const y = 2
    return y
  }
  //- /b.ts
  import { one } from "./a.ts"
  one()
`

test("blocks for several files land in each", async () => {
  const answer = block("  const x = 1", "  const x = 11", "a.ts") + block("one()", "one(1)", "b.ts")
  const landed = await checkLanding(TWO, answer, BLOCKS)
  expect(landed).toContain("const x = 11")
  expect(landed).toContain("one(1)")
})

test("only lines that differ are edited", async () => {
  const answer = block("  const x = 1\n  return x\n}", "  const x = 1\n  return x + 1\n}", "a.ts")
  const landing = await landIn(TWO, answer, BLOCKS)
  expect(landing.kind === "landed" && landing.files[0]!.edits.map(edit => edit.text)).toEqual([
    "  return x + 1",
  ])
})

test("white space and indentation of what is searched do not matter, and the file's are kept", async () => {
  const answer = block("const  x = 1\nreturn x", "const  x = 1\nreturn -x", "a.ts")
  expect(await checkLanding(TWO, answer, BLOCKS)).toContain("  const x = 1\n  return -x\n")
})

test("what is nearly the same is found within the target, if the lines it changes are the same", async () => {
  const fixture = `
    //- /long.ts
    function long(a: number, b: number) {
      const first = a + b + 1
      const second = a - b - first * 10
      const third = second * first + a - b
      retur<|>n [first, second, third].map(each => each + 1)
    }
  `
  const search = (second: string): string =>
    `  const first = a + b + 1\n  const second = ${second}\n  const third = second * first + a - b`
  const answer = block(search("a - b - first * 11"), search("a - b - first * 11").replace("+ a - b", "- a"))
  const landed = await checkLanding(fixture, answer, BLOCKS)
  expect(landed).toContain("first * 10\n  const third = second * first - a\n")
  const touched = block(search("a - b - first * 11"), search("0"))
  expect(await checkLanding(fixture, touched, BLOCKS)).toMatchInlineSnapshot(
    `"The model read long.ts wrong where it wants to change “const first = a + b + 1”; ask again."`,
  )
})

test("what stands in two places is refused, unless one of them is in the target", async () => {
  const twice = "function one() {\n  return 0\n}\nfunction two() {\n  return 0\n}\n"
  const answer = block("  return 0", "  return 1")
  expect(await checkLanding(`//- /a.ts\n${twice}`, answer, BLOCKS)).toMatchInlineSnapshot(
    `"What the model wants to change stands in 2 places of a.ts: “return 0”; point at one of them and ask again."`,
  )
  expect(await checkLanding(`//- /a.ts\n${twice.replace("two", "t<|>wo")}`, answer, BLOCKS)).toBe(
    `//- a.ts\n${twice.slice(0, -4)}1\n}\n`,
  )
})

test("paths that lead elsewhere, files that were not shown and files that may not leave are refused", async () => {
  const reason = (path: string): Promise<string> => checkLanding(TWO, block("one()", "two()", path), BLOCKS)
  expect(await reason("../../etc/passwd")).toMatchInlineSnapshot(
    `"The model wants to change ../../etc/passwd, which is no file of this workspace; nothing was changed."`,
  )
  expect(await reason("/etc/passwd")).toMatchInlineSnapshot(
    `"The model wants to change /etc/passwd, which is no file of this workspace; nothing was changed."`,
  )
  expect(await reason("C:\\windows\\system.ini")).toMatchInlineSnapshot(
    `"The model wants to change C:\\windows\\system.ini, which is no file of this workspace; nothing was changed."`,
  )
  expect(await reason("c.ts")).toMatchInlineSnapshot(
    `"The model wants to change c.ts, which it was not shown; open it and ask again."`,
  )
  const refusal = (path: string): string | null => (path === "b.ts" ? "your settings forbid it" : null)
  const denied = await checkLanding(TWO, block("one()", "two()", "b.ts"), { ...BLOCKS, task: { refusal } })
  expect(denied).toMatchInlineSnapshot(`"b.ts is left as it is: your settings forbid it."`)
})

test("a block that searches nothing makes a file, but writes over none", async () => {
  expect(await checkLanding(TWO, block("", "export const c = 3", "c.ts"), BLOCKS)).toBe(
    "//- c.ts new\nexport const c = 3\n",
  )
  expect(await checkLanding(TWO, block("", "export const c = 3", "a.ts"), BLOCKS)).toMatchInlineSnapshot(
    `"The model would write a.ts anew, which holds something already; ask again."`,
  )
})

test("one block that can't land keeps all from landing", async () => {
  const answer = block("one()", "one(1)", "b.ts") + block("nowhere", "x", "a.ts")
  expect(await checkLanding(TWO, answer, BLOCKS)).toMatchInlineSnapshot(
    `"What the model wants to change is not in a.ts: “nowhere”; ask again."`,
  )
})

test("half a block, no block and two blocks for the same lines are refused", async () => {
  const whole = block("one()", "one(1)", "b.ts")
  expect(await checkLanding(TWO, whole.slice(0, -12), BLOCKS)).toMatchInlineSnapshot(
    `"The model's answer is not whole: its last block has no end; ask again."`,
  )
  expect(await checkLanding(TWO, "Nothing has to change.", BLOCKS)).toMatchInlineSnapshot(
    `"The model answered without an edit; ask again, or say it differently."`,
  )
  expect(await checkLanding(TWO, whole + block("one()", "one(2)", "b.ts"), BLOCKS)).toMatchInlineSnapshot(
    `"The model wants to change the same lines of b.ts in two ways; ask again."`,
  )
})

test("a block that only formats what nobody asked about is left out", async () => {
  const fixture = TWO.replace("const x", "const <|>x")
  const answer =
    block("  const y = 2", "  const y  =  2", "a.ts") + block("  const x = 1", "  const x = 3", "a.ts")
  const landing = await landIn(fixture, answer, BLOCKS)
  expect(landing.kind === "landed" && landing.files[0]!.edits.map(edit => edit.text)).toEqual([
    "  const x = 3",
  ])
})

test("names that are called and that nothing declares are told", async () => {
  const task = { exists: (name: string): boolean => name === "known" }
  const landing = await landIn(TWO, block("one()", "known(made()) + one().far()", "b.ts"), {
    ...BLOCKS,
    task,
  })
  expect(landing.kind === "landed" && landing.files[0]!.unknownNames).toEqual(["made"])
})

test("a part of a line is found if it stands once, at whole words", async () => {
  const landed = await checkLanding(TWO, block("const x = 1", "const x = 11", "a.ts"), BLOCKS)
  expect(landed).toContain("  const x = 11\n")
  const within = await checkLanding(TWO, block("function one()", "function one(a: number)", "a.ts"), BLOCKS)
  expect(within).toContain("export function one(a: number) {\n")
  expect(await checkLanding(TWO, block("unction one()", "unction two()", "a.ts"), BLOCKS)).toMatch(
    /is not in/,
  )
  expect(await checkLanding(TWO, block("export function", "function", "a.ts"), BLOCKS)).toMatch(/is not in/)
})

test("a file that is made has to parse, and may neither hold placeholders nor leave code out", async () => {
  const made = (code: string): Promise<string> => checkLanding(TWO, block("", code, "c.ts"), BLOCKS)
  expect(await made("export const c = (")).toMatchInlineSnapshot(
    `"The model's answer does not parse in c.ts; ask again."`,
  )
  expect(await made('export const c = "<hidden:token:1>"')).toMatchInlineSnapshot(
    `"The model would write <hidden:token:1> into c.ts, which stands for a secret of another place; nothing was changed."`,
  )
  expect(await made("export const c = 3\n// ... rest of the code")).toMatchInlineSnapshot(
    `"The model left code of c.ts out (“// ... rest of the code”); ask again."`,
  )
})

test("a file that can't be parsed in time, or is too long for that, is left as it is", async () => {
  const write = (text: string): string => `${text}\n//${"x".repeat(1 << 20)}\n`
  expect(
    await checkLanding(TWO, block("  const x = 1", "  const x = 2", "a.ts"), { ...BLOCKS, write }),
  ).toMatchInlineSnapshot(
    `"a.ts is too large to check what the model wants to change in it; nothing was changed."`,
  )
})
