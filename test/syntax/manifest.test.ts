import { describe, expect, test } from "vitest"
import { extendManifest, parseManifest } from "../../server/syntax/manifest.ts"

const least = { name: "toy", lexicon: {} }

function checkRefused(fields: object, sentence: string): void {
  expect(() => parseManifest({ ...least, ...fields }, "toy.json")).toThrow(sentence)
}

describe("a manifest", () => {
  test("needs no more than a name and a lexicon", () => {
    const manifest = parseManifest(least, "toy.json")
    expect(manifest.parser).toBeNull()
    expect(manifest.lexicon.keywords).toEqual([])
    expect(manifest.nodes.size).toBe(0)
  })

  test("names the place of what is wrong in one sentence", () => {
    checkRefused({ name: 1 }, "toy.json.name must be a string")
    checkRefused({ lexicon: null }, "toy.json.lexicon must be an object")
    checkRefused({ lexicon: { keywords: ["if"] } }, "toy.json.lexicon.keywords must be a string of words")
    checkRefused(
      { lexicon: { blockComments: [["/*"]] } },
      "toy.json.lexicon.blockComments[0] must hold two strings",
    )
    checkRefused({ lexicon: { templates: "yes" } }, "toy.json.lexicon.templates must be true or false")
    checkRefused({ parser: { package: "tree-sitter-toy" } }, "toy.json.parser.version must be a string")
    checkRefused({ nodes: { def: { kind: "thing" } } }, "toy.json.nodes.def.kind must be one of file, module")
    checkRefused({ nodes: { def: { name: "name" } } }, "toy.json.nodes.def has a name but no kind")
    checkRefused({ nodes: { def: { owner: "receiver" } } }, "toy.json.nodes.def.owner must hold two words")
    checkRefused(
      { exported: { name: "loud" } },
      "toy.json.exported.name must be one of any, capital, underscore",
    )
  })

  test("has no fields that nobody reads", () => {
    checkRefused({ keyword: [] }, "toy.json.keyword is not a known field")
    checkRefused({ nodes: { def: { boddy: "body" } } }, "toy.json.nodes.def.boddy is not a known field")
  })

  test("can extend another, field by field", () => {
    const base = { name: "base", extensions: [".b"], nodes: { one: { kind: "class" }, two: {} } }
    const own = { name: "own", nodes: { one: null, three: {} } }
    expect(extendManifest(base, own)).toEqual({
      name: "own",
      extensions: [".b"],
      nodes: { two: {}, three: {} },
    })
  })
})
