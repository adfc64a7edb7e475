import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { DocumentVocabulary } from "../../server/embedded/vocabulary.ts"

/** Bytes of the heap that are in use once all garbage is gone. */
function heapInUse(): number {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc") as () => void
  collect()
  return process.memoryUsage().heapUsed
}

test("own words keep none of the texts alive that they were cut from", () => {
  const vocabulary = new DocumentVocabulary(new Interner())
  const before = heapInUse()
  for (let i = 0; i < 100; i++) {
    const text = Array.from({ length: 20_000 }, (_, line) => `half_typed_name_${i}_${line}`).join("\n")
    vocabulary.intern(text.slice(0, text.indexOf("\n")))
  }
  expect(heapInUse() - before).toBeLessThan(10_000_000)
})

test("own words turn outdated once the shared interner learns one of them", () => {
  const interner = new Interner()
  const vocabulary = new DocumentVocabulary(interner)
  const id = vocabulary.intern("mine")
  expect(vocabulary.intern("mine")).toBe(id)
  expect(vocabulary.text(id)).toBe("mine")
  interner.intern("other")
  expect(vocabulary.isOutdated()).toBe(false)
  interner.intern("mine")
  expect(vocabulary.isOutdated()).toBe(true)
})
