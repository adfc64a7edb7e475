import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import type { LanguageManifest } from "../../server/syntax/manifest.ts"
import { languages } from "./parsing.ts"

/** What a grammar package says of itself in `node-types.json`. */
interface NodeTypes {
  readonly types: ReadonlySet<string>
  readonly fields: ReadonlySet<string>
}

interface NodeInfo {
  readonly type: string
  readonly fields?: Readonly<Record<string, unknown>>
}

function nodeTypesOf({ parser }: LanguageManifest): NodeTypes {
  const folder = dirname(createRequire(import.meta.url).resolve(`${parser!.package}/package.json`))
  const path = parser!.export === null ? folder : join(folder, parser!.export)
  const nodes: readonly NodeInfo[] = JSON.parse(readFileSync(join(path, "src/node-types.json"), "utf8"))
  return {
    types: new Set(nodes.map(node => node.type)),
    fields: new Set(nodes.flatMap(node => Object.keys(node.fields ?? {}))),
  }
}

/** Every node type and way that a manifest names. */
function namesIn(manifest: LanguageManifest): readonly string[] {
  const types = [
    ...manifest.nodes.keys(),
    ...manifest.names,
    ...manifest.annotations,
    ...manifest.comments,
    ...manifest.scopes,
    ...manifest.exported.shown.keys(),
    ...manifest.exported.hidden.keys(),
  ]
  const ways: string[] = []
  for (const rule of manifest.nodes.values()) {
    types.push(...rule.kinds.keys())
    ways.push(...rule.name, ...(rule.body === null ? [] : [rule.body]))
    if (rule.owner !== null) {
      ways.push(rule.owner[0])
      types.push(rule.owner[1])
    }
  }
  return [...types.map(type => `(${type})`), ...ways.filter(way => way !== ".")]
}

const all = languages.all()
const builtin = all.filter(manifest => manifest.parser?.builtin)

test("the languages that need no installing are there", () => {
  expect(
    builtin
      .map(manifest => manifest.name)
      .sort()
      .join(" "),
  ).toBe("c css go html java javascript json python rust tsx typescript")
})

describe.each(builtin.map(manifest => [manifest.name, manifest] as const))(
  "the manifest of %s",
  (_, manifest) => {
    test("names only node types and fields that its grammar has", () => {
      const { types, fields } = nodeTypesOf(manifest)
      const unknown = namesIn(manifest).filter(way =>
        way.startsWith("(") ? !types.has(way.slice(1, -1)) : !fields.has(way),
      )
      expect(unknown).toEqual([])
    })

    test("pins the version of the parser that is installed", () => {
      const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"))
      expect(dependencies[manifest.parser!.package]).toBe(manifest.parser!.version)
    })
  },
)

describe.each(all.map(manifest => [manifest.name, manifest] as const))(
  "the manifest of %s",
  (name, manifest) => {
    test("claims extensions, file names and language ids that no other language claims", () => {
      for (const extension of manifest.extensions) expect(languages.byPath(`/a${extension}`)?.name).toBe(name)
      for (const fileName of manifest.fileNames) expect(languages.byPath(`/${fileName}`)?.name).toBe(name)
      for (const id of manifest.languageIds) expect(languages.byLanguageId(id)?.name).toBe(name)
    })

    test("lets the lexer know its keywords, each once", () => {
      const { keywords } = manifest.lexicon
      expect(new Set(keywords).size).toBe(keywords.length)
    })

    test("pins an exact version of its parser", () => {
      if (manifest.parser !== null) expect(manifest.parser.version).toMatch(/^\d+\.\d+\.\d+$/)
    })
  },
)
