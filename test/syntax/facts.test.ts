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
export const limit = 5, other = { a: 1, "b": {c: 2}, [d]: 3, e, f() {} } as const
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
    12 constant* other | other = { a: 1, "b": {c: 2}, [d]: 3, e, f() {} } as const
    12 property* other.a | a: 1
    12 property* other.b | "b": {c: 2}
    12 property* b.c | c: 2
    12 method* other.f | f()
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
    imports fs: * as fs
    re-exports : arrow as renamed"
  `)
})

test("JavaScript", () => {
  const text = `
const { a, b: c } = require("./a"), d = 1
exports.run = function (x) { return x }
module.exports.Late = class { go() {} }
class Box { size = 1; #inner = 2; open() {} grow = () => {} }
function* numbers() {}
export default Box
`
  expect(factsOf("javascript", text)).toMatchInlineSnapshot(`
    "3 function run | exports.run = function (x)
    4 class Late | module.exports.Late = class
    4 method Late.go | go()
    5 class* Box | class Box
    5 field* Box.size | size = 1
    5 field Box.#inner | #inner = 2
    5 method* Box.open | open()
    5 method* Box.grow | grow = () =>
    6 function numbers | function* numbers()
    imports ./a: a, b as c
    re-exports : Box as default"
  `)
})

test("TSX", () => {
  const text = `
export const App = ({ name }: Props) => <div onClick={() => {}}>{name}</div>
export default function Page(): JSX.Element { return <App name="x" /> }
`
  expect(factsOf("tsx", text)).toMatchInlineSnapshot(`
    "2 function* App | const App = ({ name }: Props) =>
    3 function* Page | function Page(): JSX.Element
    re-exports : Page as default"
  `)
})

test("Python", () => {
  const text = `
from .shapes import Circle as C
import os.path
LIMIT: int = 5
_hidden = 1
@decorator
class Box(Base):
    size = 1
    def __init__(self, a):
        self.a = a
    @property
    def area(self) -> float:
        def helper(): pass
        return 1
    async def _private(self): pass
if True:
    def conditional(a,
                    b): pass
a.b = 1
x, y = 1, 2
`
  expect(factsOf("python", text)).toMatchInlineSnapshot(`
    "4 variable* LIMIT | LIMIT: int = 5
    5 variable _hidden | _hidden = 1
    7 class* Box | class Box(Base):
    8 field* Box.size | size = 1
    9 constructor* Box.__init__ | def __init__(self, a):
    12 method* Box.area | def area(self) -> float:
    13 function area.helper | def helper():
    15 method Box._private | async def _private(self):
    17 function* conditional | def conditional(a, b):
    imports .shapes: Circle as C
    imports os.path: * as os"
  `)
})

test("Go", () => {
  const text = `package main
import (
	"fmt"
	. "net/http"
)
const (
	A, b = iota, 1
)
var Count int
func (s *Server[T]) Start(port int) error { return nil }
type Server[T any] struct {
	Name, alias string
	http.Handler
}
type Reader interface {
	Read(p []byte) (int, error)
}
type ID = string
type Kind int
func main() { fmt.Println() }
`
  expect(factsOf("go", text)).toMatchInlineSnapshot(`
    "7 constant* A | A, b = iota, 1
    7 constant b | A, b = iota, 1
    9 variable* Count | var Count int
    10 method* Server.Start | func (s *Server[T]) Start(port int) error
    11 struct* Server | type Server[T any] struct
    12 field* Server.Name | Name, alias string
    12 field Server.alias | Name, alias string
    15 interface* Reader | type Reader interface { Read(p []byte) (int, error) }
    16 method* Reader.Read | Read(p []byte) (int, error)
    18 type* ID | type ID = string
    19 type* Kind | type Kind int
    20 function main | func main()
    imports fmt: * as fmt
    imports net/http: *"
  `)
})

test("Rust", () => {
  const text = `
use std::{io, fmt::{self, Display as D}};
pub use crate::a::*;
mod file;
pub mod inline { pub fn inside() {} }
#[derive(Debug)]
pub struct Point<T> { pub x: T, y: T }
pub enum Shape { Round(f32), Square { side: f32 } }
pub trait Draw { type Out; fn draw(&self); fn twice(&self) {} }
impl<T> Draw for Point<T> { fn draw(&self) { fn inner() {} } }
impl<T> Point<T> { pub const ZERO: i32 = 0; pub(crate) fn new() -> Self { todo!() } }
pub const MAX: usize = 1;
static COUNT: u8 = 0;
type Alias = Vec<u8>;
macro_rules! square { ($x:expr) => { $x * $x }; }
`
  expect(factsOf("rust", text)).toMatchInlineSnapshot(`
    "5 module* inline | pub mod inline
    5 function* inline.inside | pub fn inside()
    7 struct* Point | pub struct Point<T>
    7 field* Point.x | pub x: T
    7 field Point.y | y: T
    8 enum* Shape | pub enum Shape
    8 enum-member* Shape.Round | Round(f32)
    8 enum-member* Shape.Square | Square { side: f32 }
    8 field Square.side | side: f32
    9 trait* Draw | pub trait Draw
    9 type* Draw.Out | type Out;
    9 method* Draw.draw | fn draw(&self);
    9 method* Draw.twice | fn twice(&self)
    10 method Point.draw | fn draw(&self)
    10 function draw.inner | fn inner()
    11 constant* Point.ZERO | pub const ZERO: i32 = 0;
    11 method* Point.new | pub(crate) fn new() -> Self
    12 constant* MAX | pub const MAX: usize = 1;
    13 variable COUNT | static COUNT: u8 = 0;
    14 type Alias | type Alias = Vec<u8>;
    15 macro square | macro_rules! square {
    imports std: io
    imports std::fmt: * as fmt, Display as D
    re-exports crate::a: *
    imports file: * as file"
  `)
})

test("Java", () => {
  const text = `package a.b;
import java.util.List;
import static a.C.*;
public class Box<T> extends Base {
  private int size = 1, other;
  public Box(int size) { this.size = size; }
  @Override
  public <R> R map(Function<T, R> f) throws IOException { return null; }
  enum Color { RED, GREEN { void x() {} }; void paint() {} }
  interface Inner { int LIMIT = 1; void call(); }
}
record Point(int x, int y) { Point { } }
@interface Marker { String value() default ""; }
`
  expect(factsOf("java", text)).toMatchInlineSnapshot(`
    "4 class* Box | public class Box<T> extends Base
    5 field Box.size | private int size = 1, other;
    5 field Box.other | private int size = 1, other;
    6 constructor* Box.Box | public Box(int size)
    8 method* Box.map | @Override public <R> R map(Function<T, R> f) throws IOException
    9 enum* Box.Color | enum Color
    9 enum-member* Color.RED | RED
    9 enum-member* Color.GREEN | GREEN { void x() {} }
    9 method* GREEN.x | void x()
    9 method* Color.paint | void paint()
    10 interface* Box.Inner | interface Inner
    10 constant* Inner.LIMIT | int LIMIT = 1;
    10 method* Inner.call | void call();
    12 class* Point | record Point(int x, int y)
    12 constructor* Point.Point | Point
    13 interface* Marker | @interface Marker
    13 method* Marker.value | String value() default "";
    imports java.util: List
    imports a.C: *"
  `)
})

test("C", () => {
  const text = `#include <stdio.h>
#include "a/b.h"
#ifndef GUARD
#define GUARD
#define SQUARE(x) ((x) * (x))
struct point { int x, *y; int (*move)(int by); };
struct point *find(struct point *from);
typedef struct { int side; } square_t;
typedef int (*handler)(void);
enum color { RED, GREEN = 2 };
static int hidden = 1;
int counts[10], total = 0;
char *name(const char *first,
           int last) { struct point local; return 0; }
union both { int a; float b; };
extern "C" { void inside(void); }
#endif
`
  expect(factsOf("c", text)).toMatchInlineSnapshot(`
    "4 macro* GUARD | #define GUARD
    5 macro* SQUARE | #define SQUARE(x) ((x) * (x))
    6 struct* point | struct point
    6 field* point.x | int x, *y;
    6 field* point.y | int x, *y;
    6 field* point.move | int (*move)(int by);
    7 function* find | struct point *find(struct point *from);
    8 type* square_t | typedef struct
    8 field* square_t.side | int side;
    9 type* handler | typedef int (*handler)(void);
    10 enum* color | enum color
    10 enum-member* color.RED | RED
    10 enum-member* color.GREEN | GREEN = 2
    11 variable hidden | static int hidden = 1;
    12 variable* counts | int counts[10], total = 0;
    12 variable* total | int counts[10], total = 0;
    13 function* name | char *name(const char *first, int last)
    15 struct* both | union both
    15 field* both.a | int a;
    15 field* both.b | float b;
    16 function* inside | void inside(void);
    imports stdio.h: *
    imports a/b.h: *"
  `)
})

test("JSON", () => {
  const text = `{ "name": "x", "scripts": { "test": "y" }, "list": [{ "a": 1 }] }`
  expect(factsOf("json", text)).toMatchInlineSnapshot(`
    "1 key name | "name": "x"
    1 key scripts | "scripts": { "test": "y" }
    1 key list | "list": [{ "a": 1 }]"
  `)
})

test("CSS", () => {
  const text = `@import url("a.css");
.box, #id > a { color: red }
@media print { a:hover { top: 0 } }
@keyframes spin { from { top: 0 } }
* { margin: 0 }
`
  expect(factsOf("css", text)).toMatchInlineSnapshot(`
    "2 selector* .box | .box, #id > a
    3 selector* a:hover | a:hover
    4 selector* spin | @keyframes spin { from { top: 0 } }
    5 selector* * | *
    imports a.css: *"
  `)
})

test("HTML has no symbols", () => {
  expect(factsOf("html", `<p id="a">text</p>`)).toBe("")
})
