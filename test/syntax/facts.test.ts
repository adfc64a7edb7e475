import { expect, test } from "vitest"
import { LineIndex } from "../../server/base/line-index.ts"
import { extractFacts, type SyntaxFacts } from "../../server/syntax/facts.ts"
import { SYMBOL_KINDS, SYMBOL_STRIDE, SymbolColumn } from "../../server/syntax/symbols.ts"
import { parserOf } from "./parsing.ts"

/** One line per symbol: `line kind* container.name | signature`, where `*` means exported; then one per import. */
function renderFacts(facts: SyntaxFacts): string {
  const column = (row: number, at: number): number => facts.symbols[row * SYMBOL_STRIDE + at]!
  const rows = facts.names.map((name, row) => {
    const container = column(row, SymbolColumn.container)
    const kind = SYMBOL_KINDS[column(row, SymbolColumn.kind)]
    const star = column(row, SymbolColumn.exported) === 1 ? "*" : ""
    const path = container === -1 ? name : `${facts.names[container]}.${name}`
    return `${column(row, SymbolColumn.line) + 1} ${kind}${star} ${path} | ${facts.signatures[row]}`
  })
  const imports = facts.imports.map(({ source, names, reexport }) => {
    const list = names.map(({ name, as }) => (name === as ? name : `${name} as ${as}`)).join(", ")
    return `${reexport ? "re-exports" : "imports"} ${source}: ${list}`
  })
  return [...rows, ...imports].join("\n")
}

function factsOf(language: string, text: string): string {
  const tree = parserOf(language).parse(text, null, 1000)
  if (tree === null) throw new Error("the parse took too long")
  const facts = extractFacts(text, tree, LineIndex.of(text))
  facts.names.forEach((name, row) => {
    const start = facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.nameStart]!
    expect(text.slice(start, start + name.length)).toBe(name)
  })
  return renderFacts(facts)
}

test("TypeScript", () => {
  const text = `
import { a, b as c } from "./a"
export * from "./b"
const fs = require("fs")
/** doc */
export async function load<T>(
  path: string,
): Promise<T> {
  function inner() { class Deep { method() {} } }
  const local = 1
}
export const limit = 5, other = { a: 1 }
const arrow = async (x: number): Promise<void> => { function nested() {} }
let count: number
@Injectable()
export abstract class Shape<T> extends Base implements Other {
  static readonly sides: number = 4
  #secret = 1
  private hidden(): void {}
  constructor(private log: Log) { super() }
  get area(): number { return 1 }
  handler = () => {}
  abstract draw(): void
  "quoted name"() {}
  [Symbol.iterator]() {}
}
interface Point { x: number; move(by: number): void }
type Alias = { left: string } 
export enum Color { Red, Green = 2 }
declare module "mod" { export function inModule(): void }
namespace Space { export const inSpace = 1; const notShown = 2 }
export default class { run() {} }
const { x, y } = fs
class Late {}
export { Late, arrow as renamed }
Shape.prototype.extra = function (a) {}
`
  expect(factsOf("typescript", text)).toMatchInlineSnapshot(`
    "6 function* load | async function load<T>( path: string, ): Promise<T>
    9 function load.inner | function inner()
    9 class inner.Deep | class Deep
    9 method Deep.method | method()
    12 constant* limit | const limit = 5
    12 constant* other | other = { a: 1 }
    13 function* arrow | const arrow = async (x: number): Promise<void> =>
    13 function arrow.nested | function nested()
    14 variable count | let count: number
    16 class* Shape | abstract class Shape<T> extends Base implements Other
    17 field* Shape.sides | static readonly sides: number = 4
    18 field Shape.#secret | #secret = 1
    19 method Shape.hidden | private hidden(): void
    20 constructor* Shape.constructor | constructor(private log: Log)
    21 method* Shape.area | get area(): number
    22 method* Shape.handler | handler = () =>
    23 method* Shape.draw | abstract draw(): void
    24 method* Shape.quoted name | "quoted name"()
    27 interface Point | interface Point
    27 property Point.x | x: number
    27 method Point.move | move(by: number): void
    28 type Alias | type Alias = { left: string }
    28 property Alias.left | left: string
    29 enum* Color | enum Color
    29 enum-member* Color.Red | Red
    29 enum-member* Color.Green | Green = 2
    30 namespace* mod | module "mod"
    30 function* mod.inModule | function inModule(): void
    31 namespace Space | namespace Space
    31 constant Space.inSpace | const inSpace = 1
    31 constant Space.notShown | const notShown = 2
    32 method* run | run()
    34 class* Late | class Late
    36 function extra | Shape.prototype.extra = function (a)
    imports ./a: a, b as c
    re-exports ./b: *
    imports fs: * as fs"
  `)
})
