import { createHash } from "node:crypto"
import { tmpdir } from "node:os"
import { expect, test } from "vitest"
import { corpusFolder, fetchPackage, hasIntegrity } from "./fetch.ts"
import {
  HELD_BACK_PAIRS,
  LARGE_PROJECT,
  MANY_FILES,
  PINNED,
  SCORED_PAIRS,
  TRAINING_PAIRS,
} from "./packages.ts"
import { isSource } from "./source-files.ts"

test("a tarball is believed only with its pinned integrity", () => {
  const bytes = Buffer.from("tarball")
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`
  expect(hasIntegrity(bytes, integrity)).toBe(true)
  expect(hasIntegrity(Buffer.from("other"), integrity)).toBe(false)
})

test("a release that is not pinned is refused before anything is fetched", () => {
  expect(() => fetchPackage(tmpdir(), "left-pad", "1.3.0")).toThrow("left-pad@1.3.0 is not pinned")
})

test("the corpus lies where the user says, else in the cache folder", () => {
  expect(corpusFolder({ PILOTLIGHT_CORPUS: "/corpus" })).toBe("/corpus")
  expect(corpusFolder({ XDG_CACHE_HOME: "/cache" })).toBe("/cache/pilotlight/corpus")
})

test("every release that a bench names is pinned, and no package is both learned from and scored", () => {
  const pairs = [...SCORED_PAIRS, ...TRAINING_PAIRS, ...HELD_BACK_PAIRS]
  const named = pairs.flatMap(({ name, before, after }) => [`${name}@${before}`, `${name}@${after}`])
  const pinned = PINNED.map(({ name, version }) => `${name}@${version}`)
  expect([...named, ...LARGE_PROJECT, ...MANY_FILES].filter(release => !pinned.includes(release))).toEqual([])
  expect(new Set(pairs.map(({ name }) => name)).size).toBe(pairs.length)
})

test("declarations, built, generated and vendored files are no sources", () => {
  const paths = [
    "src/a.ts",
    "src/b.tsx",
    "src/c.d.ts",
    "dist/d.ts",
    "src/e.gen.ts",
    "x/node_modules/f.ts",
    "g.js",
  ]
  expect(paths.filter(path => isSource(path, "ts"))).toEqual(["src/a.ts", "src/b.tsx"])
})
