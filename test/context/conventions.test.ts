import { expect, test } from "vitest"
import { conventionsOf } from "../../server/context/conventions.ts"

function checkConventions(text: string, path: string = "/p/one.ts"): string {
  return conventionsOf([{ path, text: text.repeat(10) }]).join(" ")
}

test("indentation is told by the steps between lines", () => {
  expect(checkConventions("if (a) {\n  b()\n}\n")).toBe("Indentation: 2 spaces.")
  expect(checkConventions("if a:\n\tb()\n", "/p/a.py")).toBe("Indentation: tabs.")
})

test("quotes and semicolons are told of scripts alone", () => {
  expect(checkConventions('import a from "a"\n')).toBe("Strings: double quotes. No semicolons.")
  expect(checkConventions("import a from 'a';\n")).toBe(
    "Strings: single quotes. Statements end with semicolons.",
  )
  expect(checkConventions('import a from "a"\n', "/p/a.py")).toBe("")
})

test("nothing is said of what the samples don't agree on, or too few show", () => {
  expect(checkConventions("const a = 'a';\nconst b = \"b\"\n")).toBe("")
  expect(conventionsOf([{ path: "/p/a.ts", text: "const a = 'a';\n" }])).toEqual([])
})

test("the naming of files is told once most samples show it", () => {
  const samples = Array.from({ length: 10 }, (_, at) => ({ path: `/p/fact-store-${at}.ts`, text: "" }))
  expect(conventionsOf(samples)).toEqual(["Files are named in kebab-case."])
})
