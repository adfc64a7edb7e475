import { expect, test } from "vitest"
import type { ContextRequest } from "../../server/context/context-request.ts"
import type { ProjectView } from "../../server/context/project-view.ts"
import { ContextMemory } from "../../server/context/survey.ts"
import { ContextWorld, rendered } from "./context-world.ts"

/** The parts at the cursor of a fixture, as text. */
async function checkContext(
  fixture: string,
  request: Partial<ContextRequest> = {},
  view: Partial<ProjectView> = {},
): Promise<string> {
  return rendered((await ContextWorld.of(fixture, view)).select(request).parts)
}

const SHAPES = `
  //- /p/src/shape.ts
  import type { Colour } from "./colour"

  export interface Shape {
    readonly colour: Colour
    area(): number
  }

  export class Circle implements Shape {
    constructor(readonly colour: Colour, readonly radius: number) {}

    area(): number {
      const square = this.radius * this.radius
      const result = Math.PI * square
      return result
    }
  }

  export function describe(shape: Shape): string {
    const area = shape.area().toFixed(2)
    return area + shape.colour.name
  }
  //- /p/src/colour.ts
  export interface Colour {
    readonly name: string
    readonly rgb: number
  }
  //- /p/src/far.ts
  export function unrelated(): void {}
  //- /p/src/main.ts open
  import { Circle, describe } from "./shape"

  export function show(circle: Circle): void {
    console.log(<|>)
  }
`

test("what is imported comes first, with its members and the types it names", async () => {
  expect(await checkContext(SHAPES)).toMatchInlineSnapshot(`
    "definition body /p/src/shape.ts:8-16 (imported here and used near the cursor)
      export class Circle implements Shape {
        constructor(readonly colour: Colour, readonly radius: number) {}
      
        area(): number {
          const square = this.radius * this.radius
          const result = Math.PI * square
          return result
        }
      }
    definition signature /p/src/far.ts:1-1 (much used in the project)
      function unrelated(): void {}
    definition body /p/src/shape.ts:3-6 (type in the signature of something used here)
      export interface Shape {
        readonly colour: Colour
        area(): number
      }
    definition body /p/src/colour.ts:1-4 (type in the signature of something used here)
      export interface Colour {
        readonly name: string
        readonly rgb: number
      }
    definition body /p/src/shape.ts:18-21 (imported here and not used yet)
      export function describe(shape: Shape): string {
        const area = shape.area().toFixed(2)
        return area + shape.colour.name
      }"
  `)
})

test("a small budget takes what is likely to be named, in one line each", async () => {
  expect(await checkContext(SHAPES, { budget: 60 })).toMatchInlineSnapshot(`
    "definition signature /p/src/shape.ts:18-18 (imported here and not used yet)
      function describe(shape: Shape): string
    definition signature /p/src/shape.ts:8-11 (imported here and used near the cursor)
      class Circle implements Shape
        constructor
        area(): number
    definition signature /p/src/shape.ts:3-5 (type in the signature of something used here)
      interface Shape
        readonly colour: Colour
        area(): number
    definition signature /p/src/colour.ts:1-1 (type in the signature of something used here)
      interface Colour"
  `)
})

test("declarations are found through a file that passes them on, under another name", async () => {
  const fixture = `
    //- /p/lib/deep.ts
    export function inner(depth: number): string {
      return "x".repeat(depth)
    }
    //- /p/lib/index.ts
    export { inner as outer } from "./deep"
    //- /p/main.ts open
    import { outer } from "./lib"
    <|>
  `
  expect(await checkContext(fixture, { budget: 30 })).toMatchInlineSnapshot(`
    "definition body /p/lib/deep.ts:1-3 (imported here and not used yet)
      export function inner(depth: number): string {
        return "x".repeat(depth)
      }"
  `)
})

test("of a module imported whole, what is used of it comes first", async () => {
  const fixture = `
    //- /p/maths.ts
    export const add = (a: number, b: number): number => a + b
    export const subtract = (a: number, b: number): number => a - b
    export const multiply = (a: number, b: number): number => a * b
    //- /p/main.ts open
    import * as maths from "./maths"
    const six = maths.multiply(2, 3)
    const next = maths.<|>
  `
  expect(await checkContext(fixture, { budget: 25 })).toMatchInlineSnapshot(`
    "definition signature /p/maths.ts:3-3 (used here through its module)
      const multiply = (a: number, b: number): number =>
    definition name /p/maths.ts:1-1 (in a module imported here)
      const add
    definition name /p/maths.ts:2-2 (in a module imported here)
      const subtract"
  `)
})

test("a name that stands near the cursor brings its declaration without any import", async () => {
  const fixture = `
    //- /p/orders.ts
    export function totalOfOrders(orders: number[]): number {
      return orders.reduce((sum, each) => sum + each, 0)
    }
    //- /p/main.ts open
    // like totalOfOrders, but for one
    const total = <|>
  `
  expect(await checkContext(fixture)).toMatchInlineSnapshot(`
    "definition body /p/orders.ts:1-3 (named near the cursor)
      export function totalOfOrders(orders: number[]): number {
        return orders.reduce((sum, each) => sum + each, 0)
      }"
  `)
})

test("code like the code at the cursor is shown as it stands", async () => {
  const fixture = `
    //- /p/first.ts
    export function loadInvoices(customer: string): string[] {
      const response = fetchInvoices(customer, "open")
      const invoices = parseInvoices(response)
      logInvoices(customer, invoices)
      return invoices
    }
    //- /p/second.ts open
    export function loadReceipts(customer: string): string[] {
      const response = fetchInvoices(customer, "paid")
      <|>
  `
  const shown = await checkContext(fixture, { budget: 2000 })
  expect(shown).toContain("similar body /p/first.ts:1-6")
})

test("recent edits and problems are told, the latest and nearest first", async () => {
  const view = {
    edits: [
      { path: "/p/other.ts", startLine: 4, before: "old()", after: "fresh()\nsecond()" },
      { path: "/p/other.ts", startLine: 9, before: "gone()", after: "" },
      { path: "/p/other.ts", startLine: 9, before: "same", after: "same" },
    ],
    diagnostics: [
      { path: "/p/main.ts", line: 40, message: "far away", severity: "error" },
      { path: "/p/main.ts", line: 1, message: "no\n  such name", severity: "error" },
      { path: "/p/other.ts", line: 0, message: "elsewhere", severity: "error" },
    ],
  } as const
  expect(await checkContext("//- /p/main.ts open\nlet a = 1\n<|>\n", {}, view)).toMatchInlineSnapshot(`
    "diagnostic body /p/main.ts:2-2 (reported for this document)
      line 2: error: no such name
    edit body /p/other.ts:5-6 (changed lately)
      -old()
      +fresh()
      +second()
    diagnostic body /p/main.ts:41-41 (reported for this document)
      line 41: error: far away
    edit body /p/other.ts:10-9 (changed lately)
      -gone()"
  `)
})

const CLASS = `
  //- /p/src/store.ts open
  export class Store {
    #items = new Map<string, number>()

    put(name: string, value: number): void {
      const doubled = value * 2
      this.#items.set(name, <|>doubled)
    }

    take(name: string): number {
      return this.#items.get(name) ?? 0
    }
  }

  export function emptyStore(): Store {
    return new Store()
  }
  //- /p/src/use.ts
  import { emptyStore } from "./store"

  export function fill(): void {
    const store = emptyStore()
    store.put("one", 1)
  }
  //- /p/src/store.test.ts
  import { emptyStore } from "./store"

  test("what is put can be taken", () => {
    const store = emptyStore()
    store.put("a", 2)
    expect(store.take("a")).toBe(4)
  })
  //- /p/README.md
  # Stores

  Keep numbers under names.
`

test("the document's own declarations are told as far as the prompt does not show them", async () => {
  const visible = { startLine: 3, endLine: 7 }
  expect(await checkContext(CLASS, { visible, budget: 200 })).toMatchInlineSnapshot(`
    "outline signature /p/src/store.ts:1-9 (declared in this document)
      class Store
        #items = new Map<string, number>()
        take(name: string): number
    definition body /p/src/use.ts:3-6 (named in code like this)
      export function fill(): void {
        const store = emptyStore()
        store.put("one", 1)
      }"
  `)
})

test("callers, tests and the README are there for an explanation", async () => {
  expect(await checkContext(CLASS, { purpose: "explain", budget: 600 })).toMatchInlineSnapshot(`
    "call-site body /p/src/use.ts:4-6 (calls put)
        const store = emptyStore()
        store.put("one", 1)
      }
    test body /p/src/store.test.ts:5-7 (test of this document)
        store.put("a", 2)
        expect(store.take("a")).toBe(4)
      })
    docs body /p/README.md:1-3 (says what this part is for)
      # Stores
      
      Keep numbers under names.
    definition signature /p/src/use.ts:3-3 (named in code like this)
      function fill(): void"
  `)
})

test("code that is asked about as a whole has its callers and the names in all of its lines", async () => {
  const fixture = `
    //- /p/far.ts
    export function totalOfOrders(): number {
      return 1
    }
    //- /p/store.ts open
    <|>const limit = 10

    export function fill(): void {
      const total = totalOfOrders()
    }
    //- /p/use.ts
    import { fill } from "./store"

    fill()
  `
  const world = await ContextWorld.of(fixture)
  const shown = (end: number): string =>
    rendered(
      world.select({ purpose: "edit", end, budget: 400 }).parts.filter(({ kind }) => kind === "call-site"),
    )
  expect(shown(world.document.text.length)).toContain("call-site body /p/use.ts:3-3 (calls fill)")
  expect(shown(world.offset)).toBe("")
  expect(shown(-1)).toBe("")
})

test("what is called alike elsewhere is no call of what is at the cursor", async () => {
  const fixture = `
    //- /p/store.ts open
    export function open(): void {
      <|>
    }
    //- /p/door.ts
    export function open(): void {}
    //- /p/use.ts
    import { open } from "./door"
    open()
  `
  expect(await checkContext(fixture, { purpose: "edit" })).not.toContain("calls open")
})

test("files whose texts are not in memory are wanted, and told by signatures", async () => {
  const world = await ContextWorld.of(SHAPES, { textOf: () => null })
  const { parts, wanted } = world.select()
  expect([...wanted].sort()).toEqual(["/p/src/colour.ts", "/p/src/far.ts", "/p/src/shape.ts"])
  expect(new Set(parts.map(({ detail }) => detail))).toEqual(new Set(["signature"]))
})

test("names that objects have anyway are names like others", async () => {
  const fixture = `
    //- /p/odd.ts
    export const __proto__ = 1
    export function constructor(): void {}
    export function größe(): number {
      return 1
    }
    export const toString = "x"
    //- /p/main.ts open
    import { __proto__, constructor, größe, toString } from "./odd"
    <|>
  `
  expect(await checkContext(fixture, { budget: 60 })).toMatchInlineSnapshot(`
    "definition signature /p/odd.ts:2-2 (imported here and not used yet)
      function constructor(): void {}
    definition signature /p/odd.ts:1-1 (imported here and not used yet)
      const __proto__ = 1
    definition signature /p/odd.ts:6-6 (imported here and not used yet)
      const toString = "x"
    definition body /p/odd.ts:3-5 (imported here and not used yet)
      export function größe(): number {
        return 1
      }"
  `)
})

test("broken code, an empty document and a cursor outside the text give a context all the same", async () => {
  const broken = await ContextWorld.of(
    "//- /p/a.ts\nexport const one = 1\n//- /p/b.ts open\nimport { one } fro<|>m './a' }}} (((",
  )
  expect(broken.select().tokens).toBeLessThanOrEqual(1000)
  const empty = await ContextWorld.of("//- /p/a.ts\nexport const one = 1\n//- /p/b.ts open\n<|>")
  expect(rendered(empty.select().parts)).toContain("const one")
  expect(empty.select({ offset: 99 })).toEqual(empty.select())
  expect(empty.select({ offset: -1 })).toEqual(empty.select())
})

test("what is remembered from call to call makes no difference", async () => {
  const memory = new ContextMemory()
  const [shapes, store] = [await ContextWorld.of(SHAPES), await ContextWorld.of(CLASS)]
  const first = shapes.select({}, memory)
  expect(store.select({}, memory)).toEqual(store.select())
  expect(shapes.select({}, memory)).toEqual(first)
  expect(first).toEqual(shapes.select())
})

test("tokens are remembered by what counted them", async () => {
  const memory = new ContextMemory()
  const shapes = await ContextWorld.of(SHAPES)
  const countTokens = (text: string): number => text.length
  shapes.select({}, memory)
  expect(shapes.select({ countTokens }, memory)).toEqual(shapes.select({ countTokens }))
})

test("a central declaration that is gone from its file is not shown any more", async () => {
  const memory = new ContextMemory()
  const before = await ContextWorld.of(
    "//- /p/far.ts\nexport function far(): void {}\n//- /p/main.ts open\n<|>",
  )
  const after = await ContextWorld.of(
    "//- /p/far.ts\nexport function near(): void {}\n//- /p/main.ts open\n<|>",
    { central: before.view.central },
  )
  expect(rendered(before.select({}, memory).parts)).toContain("far()")
  expect(rendered(after.select({}, memory).parts)).toBe("")
})
