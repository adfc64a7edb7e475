import fc from "fast-check"
import { expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { Shard } from "../../server/workspace/shard.ts"
import { factsOf } from "./symbol-facts.ts"

const name = fc.constantFrom("a", "größe", "__proto__", "constructor", "*", "default", "名前")
const imported = fc.record({
  source: fc.constantFrom("./shape", "a\nb", "", "../ü", "os.path"),
  names: fc.array(fc.record({ name, as: name }), { maxLength: 3 }),
  start: fc.nat(99),
  end: fc.nat(99),
  reexport: fc.boolean(),
})
const declared = fc.array(name, { maxLength: 5 }).map(names => names.join(" "))

test("a shard gives back the facts it was made of", () => {
  fc.assert(
    fc.property(declared, fc.array(imported, { maxLength: 4 }), fc.boolean(), (names, imports, rough) => {
      const interner = new Interner()
      const facts = { ...factsOf(interner, "/a", names), imports, rough, mtimeMs: 1.5, language: null }
      const shard = new Shard(facts, interner)
      expect(shard.facts()).toEqual(facts)
      const signatures = facts.signatures === "" ? [] : facts.signatures.split("\n")
      expect(signatures.map((_, row) => shard.signatureOf(row))).toEqual(signatures)
      shard.entries.fill(7)
      expect(shard.facts()).toEqual(facts)
    }),
  )
})

test("a shard keeps nothing of what it was made of", () => {
  const interner = new Interner()
  const facts = factsOf(interner, "/a", "x y")
  const shard = new Shard(facts, interner)
  facts.symbols.fill(0)
  facts.words.fill(0)
  expect(shard.facts()).toEqual(factsOf(interner, "/a", "x y"))
})
