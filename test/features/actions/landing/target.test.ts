import { expect, test } from "vitest"
import { type TargetKind, targetFor } from "../../../../server/features/actions/landing/target.ts"
import { parseFixture } from "../../../fixture.ts"
import { languages, parserOf } from "../../../syntax/parsing.ts"

/** The name and the first line of what a cursor or selection points at. */
function checkTarget(fixture: string, kind: TargetKind): string {
  const [file] = parseFixture(fixture).files
  const { text, path, cursors } = file!
  const language = languages.byPath(path)!
  const tree = parserOf(language.name).parse(text, null, Number.POSITIVE_INFINITY)
  const target = targetFor(text, tree, language, { start: cursors[0]!, end: cursors.at(-1)! }, kind)
  tree?.release()
  return target === null
    ? "nothing"
    : `${target.name}: ${text.slice(target.start, target.end).split("\n")[0]}`
}

const SHAPES = `
  //- /shapes.ts
  export class Square {
    area(): number {
      return Math.max(
        thi<|>s.side ** 2,
        0,
      )
    }
  }

`

test("a statement is the smallest one that has its lines to itself", () => {
  expect(checkTarget(SHAPES, "statement")).toBe("null:     return Math.max(")
})

test("a declaration is the function or type around, with what leads it", () => {
  expect(checkTarget(SHAPES, "declaration")).toBe("area:   area(): number {")
  expect(checkTarget(SHAPES, "outermost")).toBe("Square: export class Square {")
  const arrow = "//- /a.ts\nexport const twice = (x: number) => {\n  return <|>x * 2\n}\n"
  expect(checkTarget(arrow, "declaration")).toBe("twice: export const twice = (x: number) => {")
})

test("a selection takes all that it touches", () => {
  const python = "//- /a.py\ndef f():\n    a = <|>1\n    b = 2<|>\n    return a\n"
  expect(checkTarget(python, "statement")).toMatch(/^(null: {5}a = 1|f: def f)/)
  expect(checkTarget(python, "declaration")).toBe("f: def f():")
})

test("a blank line points at nothing", () => {
  expect(checkTarget("//- /a.ts\na()\n<|>\nb()\n", "statement")).toBe("nothing")
})

test("decorators and attributes belong to what they stand before, and lead to it", () => {
  const first = (code: string, path = "a.ts"): string => checkTarget(`//- /${path}\n${code}`, "declaration")
  expect(first("class A {\n  @Get()\n  @Auth()\n  one() {\n    <|>go()\n  }\n}\n")).toBe("one:   @Get()")
  expect(first("class A {\n  @Get() one() {\n    <|>go()\n  }\n}\n")).toBe("one:   @Get() one() {")
  expect(first("class A {\n  @G<|>et()\n  one() {\n    go()\n  }\n}\n")).toBe("one:   @Get()")
  const rust = "#[derive(De<|>bug)]\n// why\n#[other]\nstruct A {\n    a: u8,\n}\n\nfn b() {}\n"
  expect(first(rust, "a.rs")).toBe("A: #[derive(Debug)]")
  expect(first("class A:\n    @property\n    def x(self):\n        return <|>1\n", "a.py")).toBe(
    "x:     @property",
  )
})
