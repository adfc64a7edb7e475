import { describe, expect, test } from "vitest"
import { ImportWorld } from "./import-world.ts"

async function checkTargets(fixture: string, path: string): Promise<readonly string[]> {
  const world = await ImportWorld.of(fixture)
  return world.targets(path)
}

describe("Python", () => {
  test("finds modules beside a file and above it, and names that are modules", async () => {
    const targets = await checkTargets(
      `
      //- /pkg/__init__.py
      //- /pkg/sub/__init__.py
      //- /pkg/sub/a.py
      from . import b, one
      from .b import two
      from .. import other
      from ..other import three
      from .... import above
      from pkg.sub import b as c
      import pkg.other
      import os.path
      //- /pkg/sub/b.py
      //- /pkg/other.py
      `,
      "/pkg/sub/a.py",
    )
    expect(targets).toEqual(
      [
        ". -> /pkg/sub/__init__.py: one",
        ". -> /pkg/sub/b.py: * as b",
        ".b -> /pkg/sub/b.py: two",
        ".. -> /pkg/__init__.py: ",
        ".. -> /pkg/other.py: * as other",
        "..other -> /pkg/other.py: three",
        ".... -> nothing: above",
        "pkg.sub -> /pkg/sub/__init__.py: ",
        "pkg.sub -> /pkg/sub/b.py: * as c",
        "pkg.other -> /pkg/other.py: * as pkg",
        "os.path -> nothing: * as os",
      ].map(target => target.replace(/: $/, "")),
    )
  })
  test("knows layouts with src, namespaces without a file, stubs, and folders that are declared", async () => {
    const targets = await checkTargets(
      `
      //- /pyproject.toml
      [tool.setuptools.packages.find]
      where = ["code"]
      //- /src/one/__init__.py
      //- /src/one/types.pyi
      //- /code/two/__init__.py
      //- /space/three/four.py
      //- /tests/test_a.py
      from one import types
      import two
      from space.three import four
      import space.three
      import helper
      //- /tests/helper.py
      //- /elsewhere/helper.py
      `,
      "/tests/test_a.py",
    )
    expect(targets).toEqual([
      "one -> /src/one/__init__.py",
      "one -> /src/one/types.pyi: * as types",
      "two -> /code/two/__init__.py: * as two",
      "space.three -> /space/three/four.py: * as four",
      "space.three -> nothing: * as space",
      "helper -> /tests/helper.py: * as helper",
    ])
  })
  test("looks into other distributions of the project, never into any folder with the name", async () => {
    const targets = await checkTargets(
      `
      //- /libs/one/pyproject.toml
      = broken
      //- /libs/one/src/one/client.py
      //- /libs/two/two/a.py
      from one.client import Client
      import types
      //- /web/types/index.py
      `,
      "/libs/two/two/a.py",
    )
    expect(targets).toEqual([
      "one.client -> /libs/one/src/one/client.py: Client",
      "types -> nothing: * as types",
    ])
  })
})

describe("Go", () => {
  const MODULES = `
    //- /go.work
    use ( ./app ./lib )
    //- /app/go.mod
    module example.com/app // the app
    require example.com/far v1.0.0
    replace (
      example.com/far v1.0.0 => ../far
    )
    //- /app/main.go
    package main
    import (
      "fmt"
      "example.com/app/inner"
      lib "example.com/lib/v2"
      "example.com/far/deep"
      "example.com/application"
    )
    //- /app/inner/a.go
    package inner
    //- /app/inner/b.go
    package inner
    //- /app/inner/a_test.go
    package inner
    //- /lib/go.mod
    module example.com/lib/v2
    //- /lib/lib.go
    package lib
    //- /far/deep/deep.go
    package deep
  `
  test("finds packages of all modules of the project, and of those put in place of others", async () => {
    expect(await checkTargets(MODULES, "/app/main.go")).toEqual([
      "fmt -> nothing: * as fmt",
      "example.com/app/inner -> /app/inner/a.go: * as inner",
      "example.com/app/inner -> /app/inner/b.go: * as inner",
      "example.com/lib/v2 -> /lib/lib.go: * as lib",
      "example.com/far/deep -> /far/deep/deep.go: * as deep",
      "example.com/application -> nothing: * as application",
    ])
  })
  test("imports each file of a package, also one that comes later", async () => {
    const world = await ImportWorld.of(MODULES)
    world.write("/app/inner/c.go", "package inner")
    expect(await world.targets("/app/main.go")).toContain(
      "example.com/app/inner -> /app/inner/c.go: * as inner",
    )
    expect(world.graph.importersOf("/app/inner/c.go")).toEqual(["/app/main.go"])
    expect(world.graph.importersOf("/app/inner/a_test.go")).toEqual([])
  })
})

describe("Rust", () => {
  const CRATES = `
    //- /Cargo.toml
    [workspace]
    members = ["one", "two"]
    //- /one/Cargo.toml
    [package]
    name = "one-lib"
    [dependencies]
    second = { package = "two", path = "../two" }
    //- /one/src/lib.rs
    mod a;
    pub use a::b::Deep;
    use second::Two;
    use std::io;
    use {a, second};
    mod tests {
      use super::*;
      use super::super::no;
    }
    //- /one/src/a.rs
    pub mod b;
    use self::b::{Deep, c};
    use super::a::Own;
    use crate::a::{self, b};
    //- /one/src/a/b/mod.rs
    mod c;
    use super::Own;
    use crate::Root;
    use super::super::a;
    //- /one/src/a/b/c.rs
    //- /one/tests/it.rs
    mod common;
    use one_lib::a::b::Deep;
    //- /one/tests/common/mod.rs
    //- /two/Cargo.toml
    [package]
    name = "two"
    [lib]
    path = "two.rs"
    //- /two/two.rs
  `
  test("follows modules, crates and paths relative to either", async () => {
    const world = await ImportWorld.of(CRATES)
    expect(await world.targets("/one/src/lib.rs")).toMatchInlineSnapshot(`
      [
        "a -> /one/src/a.rs: * as a",
        "a::b -> /one/src/a/b/mod.rs: Deep",
        "second -> /two/two.rs: Two",
        "std -> nothing: io",
        " -> /one/src/a.rs: * as a",
        " -> /two/two.rs: * as second",
        "super -> /one/src/lib.rs: *",
        "super::super -> nothing: no",
      ]
    `)
    expect(await world.targets("/one/src/a.rs")).toMatchInlineSnapshot(`
      [
        "b -> /one/src/a/b/mod.rs: * as b",
        "self::b -> /one/src/a/b/mod.rs: Deep",
        "self::b -> /one/src/a/b/c.rs: * as c",
        "super::a -> /one/src/a.rs: Own",
        "crate::a -> /one/src/a.rs: * as a",
        "crate::a -> /one/src/a/b/mod.rs: * as b",
      ]
    `)
    expect(await world.targets("/one/src/a/b/mod.rs")).toMatchInlineSnapshot(`
      [
        "c -> /one/src/a/b/c.rs: * as c",
        "super -> /one/src/a.rs: Own",
        "crate -> /one/src/lib.rs: Root",
        "super::super -> /one/src/lib.rs",
        "super::super -> /one/src/a.rs: * as a",
      ]
    `)
    expect(await world.targets("/one/tests/it.rs")).toMatchInlineSnapshot(`
      [
        "common -> /one/tests/common/mod.rs: * as common",
        "one_lib::a::b -> /one/src/a/b/mod.rs: Deep",
      ]
    `)
  })
})

describe.each([
  [
    "Java by the end of paths",
    `
    //- /app/src/main/java/org/one/A.java
    import org.one.two.B;
    import org.one.two.B.Inner;
    import static org.one.two.B.make;
    import org.one.three.*;
    import java.util.List;
    //- /app/src/main/java/org/one/two/B.java
    //- /app/src/main/java/org/one/three/C.java
    //- /app/src/main/java/org/one/three/D.kt
    `,
    [
      "org.one.two -> /app/src/main/java/org/one/two/B.java: B",
      "org.one.two.B -> /app/src/main/java/org/one/two/B.java: Inner",
      "org.one.two.B -> /app/src/main/java/org/one/two/B.java: make",
      "org.one.three -> /app/src/main/java/org/one/three/C.java: *",
      "org.one.three -> /app/src/main/java/org/one/three/D.kt: *",
      "java.util -> nothing: List",
    ],
  ],
  [
    "C++ beside the file, else closest by the end of the path",
    `
    //- /a/src/main.cpp
    #include "near.h"
    #include "../inc/up.hpp"
    #include <lib/far.h>
    #include <vector>
    #include <string.h>
    //- /compat/string.h
    //- /a/src/near.h
    //- /a/inc/up.hpp
    //- /a/include/lib/far.h
    //- /b/include/lib/far.h
    `,
    [
      "near.h -> /a/src/near.h: *",
      "../inc/up.hpp -> /a/inc/up.hpp: *",
      "lib/far.h -> /a/include/lib/far.h: *",
      "vector -> nothing: *",
      "string.h -> nothing: *",
    ],
  ],
  [
    "style sheets with partials",
    `
    //- /a/main.scss
    @import "vars";
    @import "../b/mix.css";
    @import "folder";
    //- /a/_vars.scss
    //- /b/mix.css
    //- /a/folder/_index.scss
    `,
    ["vars -> /a/_vars.scss: *", "../b/mix.css -> /b/mix.css: *", "folder -> /a/folder/_index.scss: *"],
  ],
  [
    "Ruby beside the file, else below folders that are searched",
    `
    //- /app/a.rb
    require_relative "../x/b"
    require "gem/c"
    require "json"
    //- /x/b.rb
    //- /lib/gem/c.rb
    //- /x/parsers/json.rb
    `,
    ["../x/b -> /x/b.rb: *", "gem/c -> /lib/gem/c.rb: *", "json -> nothing: *"],
  ],
  [
    "PHP by the namespaces of composer.json",
    `
    //- /composer.json
    { "autoload": { "psr-4": { "App\\\\": "src/", "App\\\\Test\\\\": ["tests"] } } }
    //- /src/a.php
    use App\\Model\\User;
    use App\\Test\\Case1;
    require_once 'inc/b.php';
    //- /src/Model/User.php
    //- /tests/Case1.php
    //- /src/inc/b.php
    `,
    [
      "App\\Model -> /src/Model/User.php: User",
      "App\\Test -> /tests/Case1.php: Case1",
      "inc/b.php -> /src/inc/b.php: *",
    ],
  ],
  [
    "C# by the folders of namespaces",
    `
    //- /src/Acme.Core/Data/B.cs
    //- /src/a.cs
    using Acme.Core.Data;
    using System;
    `,
    ["Acme.Core.Data -> /src/Acme.Core/Data/B.cs: *", "System -> nothing: *"],
  ],
  [
    "Lua below folders that are searched",
    `
    //- /lua/one/a.lua
    local b = require("one.b")
    local c = require "one.c"
    //- /lua/one/b.lua
    //- /lua/one/c/init.lua
    `,
    ["one.b -> /lua/one/b.lua: * as b", "one.c -> /lua/one/c/init.lua: * as c"],
  ],
  [
    "Elixir by the custom of file names",
    `
    //- /lib/a.ex
    alias MyApp.HTTPServer
    alias MyApp.{One, TwoThree}
    //- /lib/my_app/http_server.ex
    //- /lib/my_app/one.ex
    //- /lib/my_app/two_three.ex
    `,
    [
      "MyApp -> /lib/my_app/http_server.ex: HTTPServer",
      "MyApp -> /lib/my_app/one.ex: One, TwoThree",
      "MyApp -> /lib/my_app/two_three.ex: One, TwoThree",
    ],
  ],
  [
    "Kotlin by packages",
    `
    //- /src/main/kotlin/org/one/A.kt
    import org.one.two.B
    import org.one.two.helper
    //- /src/main/kotlin/org/one/two/B.kt
    `,
    [
      "org.one.two -> /src/main/kotlin/org/one/two/B.kt: B",
      "org.one.two -> /src/main/kotlin/org/one/two/B.kt: helper",
    ],
  ],
])("%s", (_, fixture, expected) => {
  test("imports what it should", async () => {
    const importer = /\n\s*\/\/- (\S+)\n\s*(?:#include|@import|require|use |using|local|alias|import)/.exec(
      fixture,
    )![1]!
    expect(await checkTargets(fixture, importer)).toEqual(expected)
  })
})
