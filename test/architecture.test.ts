import { readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join, relative, resolve, sep } from "node:path"
import { expect, test } from "vitest"

interface Source {
  /** Relative to the repository, with `/`. */
  readonly path: string
  readonly text: string
}

const ROOT = resolve(import.meta.dirname, "..")
const ARCHITECTURE = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8")
const server = sourcesIn("server")
const tests = sourcesIn("test")

function sourcesIn(folder: string): readonly Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter(path => path.endsWith(".ts"))
    .map(path => `${folder}/${path.split(sep).join("/")}`)
    .map(path => ({ path, text: readFileSync(join(ROOT, path), "utf8") }))
}

/** First cells of the rows of the table under a heading, each with all names in backquotes in the last cell. */
function tableUnder(heading: string): ReadonlyMap<string, readonly string[]> {
  const section = ARCHITECTURE.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? ""
  const rows = section.split("\n").filter(line => /^\| `/.test(line))
  return new Map(
    rows.map(row => {
      const cells = row.split("|").slice(1, -1)
      const names = [...cells.at(-1)!.matchAll(/`([^`]+)`/g)].map(match => match[1]!)
      return [/`([^`]+)`/.exec(cells[0]!)![1]!, names] as const
    }),
  )
}

function layerOf(path: string): string {
  const [top, folder] = path.split("/")
  return top === "server" && folder !== "main.ts" ? folder! : "main"
}

/** Paths, relative to the repository, of the modules of this program that a source imports. */
function importsOf({ path, text }: Source): readonly string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(match => match[1]!)
  return specifiers.map(specifier =>
    relative(ROOT, resolve(ROOT, dirname(path), specifier))
      .split(sep)
      .join("/"),
  )
}

/** `path:line text` of each line that matches. */
function linesWith(pattern: RegExp, sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
  )
}

test("the layer table names every folder of the server", () => {
  const layers = tableUnder("Layers")
  expect(layers.size).toBeGreaterThan(5)
  expect(server.map(source => layerOf(source.path)).filter(layer => !layers.has(layer))).toEqual([])
})

test("no import goes where the layer table has no arrow", () => {
  const layers = tableUnder("Layers")
  const wrong = server.flatMap(source => {
    const layer = layerOf(source.path)
    const allowed = [layer, ...(layers.get(layer) ?? [])]
    return importsOf(source)
      .filter(target => target.startsWith("server/") && !allowed.includes(layerOf(target)))
      .map(target => `${source.path} -> ${target}`)
  })
  expect(wrong).toEqual([])
})

test("the server imports nothing of the tests", () => {
  const wrong = server.filter(source => importsOf(source).some(target => target.startsWith("test/")))
  expect(wrong.map(source => source.path)).toEqual([])
})

test("no file is longer than 400 lines", () => {
  const long = [...server, ...tests].filter(source => source.text.trimEnd().split("\n").length > 400)
  expect(long.map(source => source.path)).toEqual([])
})

test("file names are in kebab case and say what their subject is", () => {
  const names = [...server, ...tests].map(source => basename(source.path))
  expect(names.filter(name => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.config)?\.ts$/.test(name))).toEqual([])
  expect(names.filter(name => /\b(utils?|helpers?|managers?|common|misc)\b/.test(name))).toEqual([])
})

test("every export of the server has a docstring", () => {
  const bare = server.flatMap(({ path, text }) => {
    const lines = text.split("\n")
    return lines.flatMap((line, at) => {
      const name = /^export (?:declare |abstract |async )*(?:function|class|const|interface|type) (\w+)/.exec(
        line,
      )?.[1]
      return name !== undefined && !lines[at - 1]?.trimEnd().endsWith("*/") ? [`${path} ${name}`] : []
    })
  })
  expect(bare).toEqual([])
})

test("only entry files and the command line know of the process", () => {
  const entries = /^server\/(main\.ts|cli\/.*|workspace\/parse-child\.ts|embedded\/sort-thread\.ts)$/
  const rest = server.filter(source => !entries.test(source.path))
  const use = /(?<![.#\w/-])process\.[a-z]+\b(?!\.ts)|(?<![.\w])console\.[a-z]/
  expect(linesWith(use, rest)).toEqual([])
})

test("errors are caught in the listed files and nowhere else", () => {
  const listed = [...tableUnder("Errors").keys()].sort()
  const catching = server
    .filter(source => /\}\s*catch\b|\.catch\(/.test(source.text))
    .map(source => source.path)
  expect(catching.map(path => path.replace(/^server\//, "")).sort()).toEqual(listed)
})

test("no path of a machine is written down", () => {
  const machine = /["'`(\s](\/home\/|\/Users\/|\/root\/|\/tmp\/|\/work\/|C:\\Users)/
  expect(
    linesWith(
      machine,
      [...server, ...tests].filter(source => !source.path.endsWith(".test.ts")),
    ),
  ).toEqual([])
})

test("nothing is left to be done later", () => {
  expect(linesWith(/\b(TODO|FIXME|XXX|HACK)\b/, server)).toEqual([])
})

test("no test waits by the clock", () => {
  const own = "test/architecture.test.ts"
  const waiting = /\bsleep\(|setTimeout\((resolve|done|r)\b|timers\/promises/
  expect(
    linesWith(
      waiting,
      tests.filter(source => source.path !== own),
    ),
  ).toEqual([])
})
