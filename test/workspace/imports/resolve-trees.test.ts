import { expect, test } from "vitest"
import { ImportWorld } from "./import-world.ts"

const GO = `
    //- /go.work
    go 1.22
    use (
      ./api
      ./svc // the service
    )
    //- /api/go.mod
    module "example.com/acme/api"
    go 1.22
    //- /api/v1/types.go
    package v1
    type User struct { Name string }
    //- /api/v1/gen/types.go
    package gen
    //- /svc/go.mod
    module example.com/acme/svc
    require ( example.com/acme/api v0.0.0 )
    replace example.com/acme/api v0.0.0 => ../api
    replace example.com/other => example.com/fork v1.2.3
    //- /svc/cmd/server/main.go
    package main
    import (
      "context"
      _ "embed"
      apiv1 "example.com/acme/api/v1"
      "example.com/acme/svc/internal/store"
      . "example.com/acme/svc/internal/store/sql"
      "gopkg.in/yaml.v3"
      "example.com/acme/svc"
      "example.com/dep/x"
    )
    import "example.com/acme/svc/internal/log"
    func main() { apiv1.User{}; store.Open() }
    //- /svc/svc.go
    package svc
    //- /svc/internal/store/store.go
    package store
    func Open() {}
    //- /svc/internal/store/store_test.go
    package store_test
    import "example.com/acme/svc/internal/store"
    //- /svc/internal/store/store_linux.go
    package store
    //- /svc/internal/store/sql/sql.go
    package sql
    func Query() {}
    //- /svc/internal/log/log.go
    package log
    //- /svc/vendor/example.com/dep/x/x.go
    package x
    //- /svc/tools/go.mod
    module example.com/acme/svc/tools
    //- /svc/tools/t.go
    package tools
    import "example.com/acme/svc/internal/log"
`

const RUST = `
    //- /Cargo.toml
    [workspace]
    members = ["crates/*"]
    [workspace.dependencies]
    aliased = { package = "acme-util", path = "crates/util" }
    //- /crates/core/Cargo.toml
    [package]
    name = "acme-core"
    [dependencies]
    acme-util = { path = "../util" }
    aliased = { workspace = true }
    [target.'cfg(unix)'.dependencies]
    unixy = { package = "acme-unix", path = "../unix" }
    [[bin]]
    name = "tool"
    path = "tools/tool.rs"
    [features]
    default = []
    //- /crates/core/src/lib.rs
    //! Core
    #![deny(missing_docs)]
    pub mod net;
    mod imp {
      pub mod deep;
      pub use self::deep::Deep;
    }
    #[cfg(unix)]
    #[path = "os/unix_impl.rs"]
    mod os;
    #[path = "other.rs"] pub mod renamed;
    pub use imp::Deep;
    pub use net::{http::{self, Client as HttpClient}, Conn};
    pub use acme_util::*;
    pub use crate::net::tcp as transport;
    extern crate unixy as ux;
    use os::Fd;
    use renamed::Other;
    use aliased::helper;
    pub mod prelude { pub use super::net::Conn; pub use crate::os::Fd as Handle; }
    macro_rules! m { () => {} }
    //- /crates/core/src/imp/deep.rs
    pub struct Deep;
    use super::super::net;
    use super::deep;
    //- /crates/core/src/os/unix_impl.rs
    pub struct Fd;
    mod inner;
    use self::inner::In;
    use super::net::Conn;
    //- /crates/core/src/os/inner.rs
    pub struct In;
    //- /crates/core/src/other.rs
    pub struct Other;
    mod sub;
    //- /crates/core/src/other/sub.rs
    pub struct WrongSub;
    //- /crates/core/src/sub.rs
    //- /crates/core/src/net/mod.rs
    pub mod http;
    pub mod tcp;
    pub struct Conn;
    //- /crates/core/src/net/http.rs
    use super::{tcp::{self, Stream}, Conn};
    use crate::prelude::*;
    pub struct Client;
    impl Client { pub fn go(&self) {} }
    #[cfg(test)]
    mod tests;
    //- /crates/core/src/net/http/tests.rs
    use super::*;
    use super::super::tcp::Stream;
    //- /crates/core/src/net/tcp.rs
    pub struct Stream;
    //- /crates/core/tools/tool.rs
    use acme_core::net::Conn;
    use acme_core::HttpClient;
    use acme_core::prelude::Conn as C2;
    mod args;
    //- /crates/core/tools/args.rs
    //- /crates/core/tests/it.rs
    use acme_core::{net::http::Client, transport::Stream};
    //- /crates/core/build.rs
    use std::env;
    mod net;
    //- /crates/util/Cargo.toml
    [package]
    name = "acme-util"
    //- /crates/util/src/lib.rs
    pub fn helper() {}
    pub mod strs;
    pub use strs::trim;
    //- /crates/util/src/strs.rs
    pub fn trim() {}
    //- /crates/util/src/main.rs
    use acme_util::strs;
    //- /crates/unix/Cargo.toml
    [package]
    name = "acme-unix"
    //- /crates/unix/src/lib.rs
    pub fn ioctl() {}
`

/** Imports that lead somewhere, `specifier -> path: names` each. */
async function checkTargets(world: ImportWorld, path: string): Promise<readonly string[]> {
  const targets = await world.targets(path)
  return targets.filter(target => !target.includes("-> nothing"))
}

test("a workspace of Go modules", async () => {
  const world = await ImportWorld.of(GO)
  expect(await checkTargets(world, "/svc/cmd/server/main.go")).toMatchInlineSnapshot(`
    [
      "example.com/acme/api/v1 -> /api/v1/types.go: * as apiv1",
      "example.com/acme/svc/internal/store -> /svc/internal/store/store.go: * as store",
      "example.com/acme/svc/internal/store -> /svc/internal/store/store_linux.go: * as store",
      "example.com/acme/svc/internal/store/sql -> /svc/internal/store/sql/sql.go: *",
      "example.com/acme/svc -> /svc/svc.go: * as svc",
      "example.com/acme/svc/internal/log -> /svc/internal/log/log.go: * as log",
    ]
  `)
  expect(world.graph.importersOf("/svc/internal/log/log.go")).toEqual([
    "/svc/cmd/server/main.go",
    "/svc/tools/t.go",
  ])
  expect(world.graph.importersOf("/svc/internal/store/store.go")).toEqual([
    "/svc/cmd/server/main.go",
    "/svc/internal/store/store_test.go",
  ])
  expect(world.graph.importersOf("/api/v1/gen/types.go")).toEqual([])
  expect(world.graph.importedSymbol("/svc/cmd/server/main.go", "Query")?.path).toBe(
    "/svc/internal/store/sql/sql.go",
  )
})

test("a workspace of crates with nested modules, paths that are named, and what they pass on", async () => {
  const world = await ImportWorld.of(RUST)
  const core = "/crates/core/src"
  expect(await checkTargets(world, `${core}/lib.rs`)).toMatchInlineSnapshot(`
    [
      "net -> /crates/core/src/net/mod.rs: * as net",
      "deep -> /crates/core/src/imp/deep.rs: * as deep",
      "self::deep -> /crates/core/src/imp/deep.rs: Deep",
      "os/unix_impl.rs -> /crates/core/src/os/unix_impl.rs: *",
      "other.rs -> /crates/core/src/other.rs: *",
      "net::http -> /crates/core/src/net/http.rs: * as http, Client as HttpClient",
      "net -> /crates/core/src/net/mod.rs: Conn",
      "acme_util -> /crates/util/src/lib.rs: *",
      "crate::net -> /crates/core/src/net/mod.rs",
      "crate::net -> /crates/core/src/net/tcp.rs: * as transport",
      "super::net -> /crates/core/src/net/mod.rs: Conn",
    ]
  `)
  expect(await checkTargets(world, `${core}/os/unix_impl.rs`)).toMatchInlineSnapshot(`
    [
      "inner -> /crates/core/src/os/inner.rs: * as inner",
      "self::inner -> /crates/core/src/os/unix_impl.rs: In",
      "super::net -> /crates/core/src/lib.rs: Conn",
    ]
  `)
  expect(await checkTargets(world, `${core}/net/http/tests.rs`)).toMatchInlineSnapshot(`
    [
      "super -> /crates/core/src/net/http.rs: *",
      "super::super::tcp -> /crates/core/src/net/tcp.rs: Stream",
    ]
  `)
  expect(await checkTargets(world, "/crates/core/tools/tool.rs")).toMatchInlineSnapshot(`
    [
      "acme_core::net -> /crates/core/src/net/mod.rs: Conn",
      "acme_core -> /crates/core/src/lib.rs: HttpClient",
      "acme_core::prelude -> /crates/core/src/lib.rs: Conn as C2",
      "args -> /crates/core/tools/args.rs: * as args",
    ]
  `)
  const exported = await Promise.all(
    ["Deep", "HttpClient", "Conn", "trim", "helper", "Fd", "Other", "nothing"].map(name =>
      world.exported(`${core}/lib.rs`, name),
    ),
  )
  expect(exported).toMatchInlineSnapshot(`
    [
      "Deep@/crates/core/src/imp/deep.rs:1",
      "Client@/crates/core/src/net/http.rs:3",
      "Conn@/crates/core/src/net/mod.rs:3",
      "trim@/crates/util/src/strs.rs:1",
      "helper@/crates/util/src/lib.rs:1",
      "Fd@/crates/core/src/os/unix_impl.rs:1",
      "Other@/crates/core/src/other.rs:1",
      "nothing",
    ]
  `)
  expect(world.graph.importedSymbol("/crates/core/tools/tool.rs", "HttpClient")?.path).toBe(
    `${core}/net/http.rs`,
  )
  expect(world.graph.importedSymbol("/crates/core/tools/tool.rs", "C2")?.path).toBe(`${core}/net/mod.rs`)
})
