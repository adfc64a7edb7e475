import { expect, test } from "vitest"
import { checkLanding, fenced } from "./check-landing.ts"

const SHAPES = `
  //- /shapes.ts
  export class Square {
    area(): number {
      var side = <|>this.side
      return side * side
    }
    edge(): number {
      return 4 * this.side
    }
  }
`

const AREA = "  area(): number {\n    return this.side ** 2\n  }"

const LANDED = `//- shapes.ts
export class Square {
  area(): number {
    return this.side ** 2
  }
  edge(): number {
    return 4 * this.side
  }
}
`

test("a rewritten method replaces the one asked about", async () => {
  expect(await checkLanding(SHAPES, fenced(AREA))).toBe(LANDED)
})

test("it lands from any indentation", async () => {
  const dedented = "area(): number {\n  return this.side ** 2\n}"
  const inTabs = "area(): number {\n\treturn this.side ** 2\n}"
  const firstLineOnly = "area(): number {\n    return this.side ** 2\n  }"
  for (const code of [dedented, inTabs, firstLineOnly])
    expect(await checkLanding(SHAPES, fenced(code))).toBe(LANDED)
})

test("it lands out of prose, and without a fence where it declares the name asked about", async () => {
  expect(await checkLanding(SHAPES, `Of course:\n\n${fenced(AREA)}\nThat is **all**.`)).toBe(LANDED)
  expect(await checkLanding(SHAPES, AREA)).toBe(LANDED)
  const said = `Here is the new method:\n${AREA}\n\nNotes:\n\n- It uses \`**\` now.\n- Nothing else changes.`
  expect(await checkLanding(SHAPES, said)).toBe(LANDED)
})

test("a method lands out of its class or its file, if nothing else of that is changed", async () => {
  const whole = LANDED.slice(LANDED.indexOf("\n") + 1)
  expect(await checkLanding(SHAPES, fenced(whole))).toBe(LANDED)
  expect(await checkLanding(SHAPES, fenced(whole.replaceAll("  ", "\t")))).toBe(LANDED)
  expect(await checkLanding(SHAPES, fenced(whole.replace("4 *", "3 *")))).toMatchInlineSnapshot(
    `"The model answered with more than it was asked for; ask again."`,
  )
  const python =
    "//- /a.py\nclass A:\n    def one(self):\n        return <|>1\n\n    def two(self):\n        return 2\n"
  const other = "class A:\n    def one(self):\n        return 3\n\n    def two(self):\n        return 4"
  expect(await checkLanding(python, fenced(other))).toMatch(/more than it was asked for/)
  expect(await checkLanding(python, fenced(other.replace("4", "2")))).toContain("return 3\n\n    def two")
})

test("each line keeps its own line break, one more has that of the line before", async () => {
  const mixed = (text: string): string => text.replaceAll("\n", "\r\n").replace("{\r\n  edge", "{\n  edge")
  const write = (text: string): string => mixed(text).replace("this.side\r\n", "this.side\n")
  const answer = AREA.replace("    return", "    const side = this.side\n    work()\n    return")
  const landed = await checkLanding(SHAPES, fenced(answer), { write })
  expect(JSON.stringify(landed.slice(landed.indexOf("area")))).toMatchInlineSnapshot(
    `""area(): number {\\r\\n    const side = this.side\\n    work()\\r\\n    return this.side ** 2\\r\\n  }\\r\\n  edge(): number {\\r\\n    return 4 * this.side\\r\\n  }\\r\\n}\\r\\n""`,
  )
})

test("white space at the ends of lines is taken away where nothing else is asked for, and never put in by habit", async () => {
  const write = (text: string): string => text.replace("this.side\n", "this.side  \n")
  const plain = "  area(): number {\n    var side = this.side\n    return side * side\n  }"
  const landed = await checkLanding(SHAPES, fenced(plain), { write })
  expect(landed).toContain("var side = this.side\n")
  expect(await checkLanding(SHAPES, fenced(AREA.replace(/$/gm, "  ")))).toBe(LANDED)
  expect(await checkLanding(SHAPES, fenced(plain.replace(/$/gm, "  ")))).toMatch(/change nothing/)
})

test("in a file that is broken elsewhere nothing more may break", async () => {
  const broken = `${SHAPES}  export function half( {\n`
  expect(await checkLanding(broken, fenced(AREA))).toContain("return this.side ** 2")
  expect(await checkLanding(broken, fenced(`${AREA}\n  }}} (`))).toMatch(/does not parse/)
})

test("line ends and a missing last one stay as the file has them", async () => {
  const windows = (text: string): string => text.trimEnd().replaceAll("\n", "\r\n")
  expect(await checkLanding(SHAPES, fenced(AREA), { now: windows })).toBe(
    `//- shapes.ts\n${windows(LANDED.slice(LANDED.indexOf("\n") + 1))}`,
  )
  const python = "//- /a.py\ndef o<|>ne():\n    return 1"
  const write = (text: string): string => text.replaceAll("\n", "\r\n")
  const landed = await checkLanding(python, fenced("def one():\n    x = 1\n    return x"), { write })
  expect(landed).toBe("//- a.py\ndef one():\r\n    x = 1\r\n    return x")
})

test("what a literal of several lines says stays when the code around it is moved", async () => {
  const fixture =
    "//- /a.py\nclass A:\n    def text(self):\n        s = '''\n  two\n'''\n        return <|>s\n"
  const answer = "def text(self):\n    s = '''\n  two\n'''\n    return s.strip()"
  expect(await checkLanding(fixture, fenced(answer))).toBe(
    "//- a.py\nclass A:\n    def text(self):\n        s = '''\n  two\n'''\n        return s.strip()\n",
  )
})

test("what is not the target, not whole, or not code is refused with a reason", async () => {
  const reason = (answer: string): Promise<string> => checkLanding(SHAPES, answer)
  expect(await reason(fenced("  edge(): number {\n    return 0\n  }"))).toMatchInlineSnapshot(
    `"The model would declare edge a second time in shapes.ts; ask again."`,
  )
  expect(await reason("```ts\n  area(): number {\n    return 1")).toMatchInlineSnapshot(
    `"The model's answer is not whole: its code block has no end; ask again."`,
  )
  expect(await reason("I can not do that.")).toMatchInlineSnapshot(
    `"The model answered without code; ask again."`,
  )
  expect(await reason("")).toMatchInlineSnapshot(`"The model answered nothing; ask again."`)
  expect(await reason(fenced(""))).toMatchInlineSnapshot(`"The model answered nothing; ask again."`)
  expect(await reason("x".repeat(5_000_000))).toMatchInlineSnapshot(
    `"The model answered 5000000 characters, more than any edit needs; ask for a smaller change."`,
  )
  expect(await reason(fenced(`${AREA}\n  // ... rest of the class`))).toMatchInlineSnapshot(
    `"The model left code of shapes.ts out (“// ... rest of the class”); ask again."`,
  )
  expect(await reason(fenced(`${AREA} }}}`))).toMatchInlineSnapshot(
    `"The model's answer does not parse in shapes.ts; ask again."`,
  )
  expect(await reason(`${fenced(AREA)}\nor\n${fenced(AREA.replace("** 2", "** 3"))}`)).toMatchInlineSnapshot(
    `"The model answered with more than one version; ask again."`,
  )
  expect(await reason(fenced(AREA.replace("2", '"<hidden:token:1>".length')))).toMatchInlineSnapshot(
    `"The model would write <hidden:token:1> into shapes.ts, which stands for a secret of another place; nothing was changed."`,
  )
})

test("the user's own edits elsewhere are kept, those inside the target are in the way", async () => {
  const elsewhere = (text: string): string => `// new\n${text.replace("4 *", "2 * 2 *")}`
  expect(await checkLanding(SHAPES, fenced(AREA), { now: elsewhere })).toBe(
    LANDED.replace("\n", "\n// new\n").replace("4 *", "2 * 2 *"),
  )
  const inside = (text: string): string => text.replace("var", "let")
  expect(await checkLanding(SHAPES, fenced(AREA), { now: inside })).toMatchInlineSnapshot(
    `"shapes.ts was edited where the model wants to change it; ask again."`,
  )
})

test("of two equal methods the one of the class asked about is found again between edits", async () => {
  const two = `
    //- /two.ts
    class A {
      get(): number {
        return <|>1
      }
    }
    class B {
      get(): number {
        return 1
      }
    }
  `
  const now = (text: string): string => `// above\n${text}// below\n`
  const answer = fenced("  get(): number {\n    return 2\n  }")
  expect(await checkLanding(two, answer, { now })).toContain("class A {\n  get(): number {\n    return 2")
  // The class asked about is gone: the other one is not it.
  const gone = (text: string): string => `// above\n${text.slice(text.indexOf("class B"))}// below\n`
  expect(await checkLanding(two, answer, { now: gone })).toMatch(/was edited where/)
})

test("a placeholder lands as the secret that it stands for", async () => {
  const fixture = '//- /a.ts\nconst key = <|>"abc"\n'
  const restore = (text: string): string => text.replace("<hidden:token:1>", "abc")
  expect(
    await checkLanding(fixture, fenced('export const key = "<hidden:token:1>"'), { task: { restore } }),
  ).toBe('//- a.ts\nexport const key = "abc"\n')
})

test("new lines of a literal are as far in as the model wrote them, and refused where it moved the old ones", async () => {
  const fixture = "//- /a.py\nclass A:\n  def text(self):\n    return <|>'''\nuse\n    this\n'''\n"
  const answer = (before: string): string =>
    `def text(self):\n  return '''\nuse\n${before}this\n${before}${before}and that\n'''`
  expect(await checkLanding(fixture, fenced(answer("    ")))).toBe(
    "//- a.py\nclass A:\n  def text(self):\n    return '''\nuse\n    this\n        and that\n'''\n",
  )
  expect(await checkLanding(fixture, fenced(answer("\t")))).toMatchInlineSnapshot(
    `"The model indented a text in a.py in a way of its own; ask again."`,
  )
})
