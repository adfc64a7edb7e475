import { expect, test } from "vitest"
import { TimeSlice } from "../../server/base/time-slice.ts"
import { layoutOf } from "../../server/context/layout.ts"

async function checkLayout(
  paths: readonly string[],
  roots: readonly string[],
  most: number,
): Promise<string> {
  return (await layoutOf(paths, roots, most, new TimeSlice(5))).join("\n")
}

const PATHS = ["/p/a.ts", "/p/src/b.ts", "/p/src/deep/c.ts", "/p/src/deep/d.ts", "/p/test/e.ts", "/q/f.ts"]

test("the fullest folders are shown under their root, with the files below each", async () => {
  expect(await checkLayout(PATHS, ["/p"], 3)).toMatchInlineSnapshot(`
    "p/ (5 files)
      src/ (3 files)
        deep/ (2 files)"
  `)
})

test("folders beside each other come in the order of their names, whatever the order of the paths", async () => {
  const paths = ["/p/z/1", "/p/z/2", "/p/b/1", "/p/b/2", "/p/b/3"]
  const layout = await checkLayout(paths, ["/p"], 9)
  expect(layout).toBe("p/ (5 files)\n  b/ (3 files)\n  z/ (2 files)")
  expect(await checkLayout([...paths].reverse(), ["/p"], 9)).toBe(layout)
})

test("each root stands by itself, a root without files does not, and a stranger counts nowhere", async () => {
  expect(await checkLayout(PATHS, ["/q", "/none"], 9)).toBe("q/ (1 file)")
})

test("folders named like members of every object are folders", async () => {
  const paths = ["/p/__proto__/a", "/p/__proto__/b", "/p/constructor/a", "/p/constructor/b"]
  expect(await checkLayout(paths, ["/p"], 9)).toMatchInlineSnapshot(`
    "p/ (4 files)
      __proto__/ (2 files)
      constructor/ (2 files)"
  `)
})
