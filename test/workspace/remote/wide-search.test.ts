import { expect, test } from "vitest"
import type { SymbolHit } from "../../../server/workspace/file-facts.ts"
import type { RemoteHit, RemoteIndex } from "../../../server/workspace/remote/remote-index.ts"
import { declarationsEverywhere } from "../../../server/workspace/remote/wide-search.ts"

function local(path: string): SymbolHit {
  return { name: "f", path, kind: "function" } as SymbolHit
}

function remote(repository: string, path: string): RemoteHit {
  const symbol = { name: "f", kind: null, container: null }
  return { repository, path, line: 0, column: 0, text: "f", symbol, language: null, version: null }
}

/** Looks for `f` with these declarations here and there, and shows what is found and whether the remote was asked. */
async function checkWide(
  here: readonly string[],
  there: readonly RemoteHit[],
  limit: number,
): Promise<readonly string[]> {
  const index = { exact: (_: string, most: number) => here.map(local).slice(0, most) }
  let asked = "not asked"
  const elsewhere: RemoteIndex = {
    trouble: null,
    close: () => {},
    symbols: async () => {
      asked = "asked"
      return there
    },
    uses: async () => [],
    files: async () => [],
  }
  const hits = await declarationsEverywhere("f", limit, index, elsewhere, new AbortController().signal)
  return [
    ...hits.local.map(hit => hit.path),
    ...hits.remote.map(hit => `${hit.repository}:${hit.path}`),
    asked,
  ]
}

test("remote declarations come behind the local ones, as many as there is room for", async () => {
  const there = [remote("r", "x.ts"), remote("r", "y.ts")]
  expect(await checkWide(["/w/a.ts"], there, 2)).toEqual(["/w/a.ts", "r:x.ts", "asked"])
  expect(await checkWide([], there, 5)).toEqual(["r:x.ts", "r:y.ts", "asked"])
})

test("the remote is not asked for what is found here", async () => {
  expect(await checkWide(["/w/a.ts", "/w/b.ts"], [remote("r", "x.ts")], 2)).toEqual([
    "/w/a.ts",
    "/w/b.ts",
    "not asked",
  ])
})

test("of a file that is checked out here the local word counts", async () => {
  const there = [remote("r", "src/a.ts"), remote("r", "rc/a.ts")]
  expect(await checkWide(["/w/src/a.ts"], there, 5)).toEqual(["/w/src/a.ts", "r:rc/a.ts", "asked"])
})
