import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readImport } from "../../server/syntax/imports.ts"
import { IMPORT_STYLES, type ImportStyle } from "../../server/syntax/manifest.ts"

function render(style: ImportStyle, text: string): string {
  const read = readImport(style, text)
  if (read === null) return "none"
  const imports = read.imports.map(({ source, names, reexport }) => {
    const list = names.map(({ name, as }) => (name === as ? name : `${name} as ${as}`))
    return `${reexport ? "re-exports " : ""}${source}: ${list.join(", ")}`.trimEnd()
  })
  const exports = read.exports.map(name => `exports ${name}`)
  const rest = read.upTo === null ? [] : [`then${text.slice(read.upTo)}`]
  return [...imports, ...exports, ...rest].join("; ")
}

describe.each<[ImportStyle, readonly (readonly [string, string])[]]>([
  [
    "esm",
    [
      [`import "./a.css"`, "./a.css:"],
      [`import a from './a'`, "./a: default as a"],
      [`import * as ns from "ns"`, "ns: * as ns"],
      [`import a, { b, c as d, type E } from "x"`, "x: default as a, b, c as d, E"],
      [`import {\n  a, // from "no"\n  /* b */ c,\n} from "x"`, "x: a, c"],
      [`import type { A, B as C } from "x";`, "x: A, B as C"],
      [`import type A from "x"`, "x: default as A"],
      [`import type from "x"`, "x: default as type"],
      [`import type, { a } from "x"`, "x: default as type, a"],
      [`import { "a-b" as ab } from "x"`, "x: a-b as ab"],
      [`import { default as a } from "x"`, "x: default as a"],
      [`import data from "./d.json" with { type: "json" }`, "./d.json: default as data"],
      [`import fs = require("fs")`, "fs: * as fs"],
      [`import A = B.C`, "none"],
      [`import $ from "http://x//y"`, "http://x//y: default as $"],
      [`export * from "./a"`, "re-exports ./a: *"],
      [`export * as a from "./a"`, "re-exports ./a: * as a"],
      [`export { a, b as c } from "./a"`, "re-exports ./a: a, b as c"],
      [`export type { A } from "./a"`, "re-exports ./a: A"],
      [`export { a, b as c }`, "re-exports : b as c; exports a; exports b"],
      [`export { a as default, type B }`, "re-exports : a as default; exports a; exports B"],
      [`export default a;`, "re-exports : a as default; exports a"],
      [`export = a`, "re-exports : a as default; exports a"],
      [`export default function () {}`, "none"],
      [`export default function* a() {}`, "re-exports : a as default; exports a; then() {}"],
      [`export default async function a() {}`, "re-exports : a as default; exports a; then() {}"],
      [`export default abstract class A<T> {}`, "re-exports : A as default; exports A; then<T> {}"],
      [`export default class extends B {}`, "none"],
      [`export default class {}`, "none"],
      [`export default classes(a)`, "none"],
      [`export default interface A {}`, "re-exports : A as default; exports A; then {}"],
      [`export default { a: "b" }`, "none"],
      [`export const a = { b } // from "x"`, "none"],
      [`export type A = { from: "x" }`, "none"],
      [`export class A {}`, "none"],
    ],
  ],
  [
    "require",
    [
      [`const a = require("a")`, "a: * as a"],
      [`var a = require('./a').b, c`, "./a: * as a"],
      [`const { a, b: c, d = 1 } = require("x")`, "x: a, b as c, d"],
      [`const a = { b: require("x") }`, "none"],
      [`const a = 1`, "none"],
    ],
  ],
  [
    "python",
    [
      ["import os", "os: * as os"],
      ["import os.path, sys as system", "os.path: * as os; sys: * as system"],
      ["from . import a", ".: a"],
      ["from ..b.c import (\n  d, # one\n  e as f,\n)", "..b.c: d, e as f"],
      ["from x import *", "x: *"],
      ["from", "none"],
    ],
  ],
  [
    "go",
    [
      [`"fmt"`, "fmt: * as fmt"],
      [`"net/http"`, "net/http: * as http"],
      [`x "a.b/c"`, "a.b/c: * as x"],
      [`"a.b/c/v2"`, "a.b/c/v2: * as c"],
      [`"gopkg.in/yaml.v3"`, "gopkg.in/yaml.v3: * as yaml"],
      [`. "a"`, "a: *"],
      [`_ "a"`, "a:"],
    ],
  ],
  [
    "rust",
    [
      ["use std::io;", "std: io"],
      ["use a::b::{self, c, d as e, f::{g, *}};", "a::b: * as b, c, d as e; a::b::f: g, *"],
      ["pub(crate) use super::x::*;", "re-exports super::x: *"],
      ["use a::b as _;", "a: b as _"],
      ["use {a, b::c};", ": a; b: c"],
    ],
  ],
  [
    "module",
    [
      ["mod a;", "a: * as a"],
      ["pub(crate) mod b;", "b: * as b"],
      ["mod a { mod b; }", "none"],
      [`#[path = "b/c.rs"]`, "b/c.rs: *"],
      [`#[derive(Debug)]`, "none"],
    ],
  ],
  [
    "dotted",
    [
      ["import java.util.List;", "java.util: List"],
      ["import static a.B.*;", "a.B: *"],
      ["import a.b.C as D", "a.b: C as D"],
      ["import a.b.{C, D => E}", "a.b: C, D as E"],
      ["use A\\B\\C;", "A\\B: C"],
      ["alias A.B", "A: B"],
    ],
  ],
  [
    "namespace",
    [
      ["using System.Linq;", "System.Linq: *"],
      ["using (var a = b) {}", "none"],
    ],
  ],
  [
    "path",
    [
      ["#include <stdio.h>\n", "stdio.h: *"],
      [`#include "a/b.h"`, "a/b.h: *"],
      [`@import url("x.css");`, "x.css: *"],
      [`require_relative 'a'`, "a: *"],
      [`puts "a"`, "none"],
    ],
  ],
])("imports in the %s style", (style, cases) => {
  test.each(cases)("%j", (text, expected) => {
    expect(render(style, text)).toBe(expected)
  })
})

test("no text makes the reading of an import throw or hang", () => {
  const piece = fc.constantFrom(
    ..."import export from type default { } * as , \" ' ; = use :: self mod pub . ( ) // /* */ \n # < > a é".split(
      " ",
    ),
  )
  const text = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(" "))
  fc.assert(
    fc.property(fc.constantFrom(...IMPORT_STYLES), fc.oneof(text, fc.string()), (style, source) => {
      for (const read of readImport(style, source)?.imports ?? []) {
        for (const { name, as } of read.names) expect(`${name}${as}`).not.toBe("")
      }
    }),
    { numRuns: 500 },
  )
})
