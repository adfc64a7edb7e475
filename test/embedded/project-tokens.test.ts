import { execFile } from "node:child_process"
import { resolve } from "node:path"
import { promisify } from "node:util"
import { build } from "esbuild"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { strictLog } from "../../server/base/log.ts"
import { SEPARATOR } from "../../server/embedded/context-order.ts"
import { ProjectTokens } from "../../server/embedded/project-tokens.ts"
import { createInProcessSorter, createThreadSorter, type Sorter } from "../../server/embedded/sorter.ts"
import { sortBlock } from "../../server/embedded/token-block.ts"
import { TempProject } from "../workspace/temp-project.ts"
import { EngineWorld, packed } from "./engine-world.ts"

/** What may vote, as `path: tokens`, and how the segments know it. */
function liveFiles(project: ProjectTokens): Record<string, string> {
  const live: Record<string, string> = {}
  for (const segment of project.segments) {
    for (const file of segment.files) {
      if (file.stale) continue
      expect(live[file.path]).toBeUndefined()
      expect(segment.fileAt(file.start)).toBe(file)
      expect(segment.fileAt(file.end - 1)).toBe(file)
      expect(segment.block.tokens[file.start - 1]).toBe(SEPARATOR)
      live[file.path] = segment.block.tokens.subarray(file.start, file.end).join(" ")
    }
  }
  return live
}

const noDots = (): boolean => false
const noFailure = (error: unknown): void => {
  throw error
}

describe("the tokens of a project", () => {
  test("are, after any batches, the last version of each file", async () => {
    const change = fc.tuple(
      fc.integer({ min: 0, max: 6 }).map(n => `/f${n}.ts`),
      fc.option(
        fc
          .array(fc.constantFrom("a", "b", "(", ")", "\n"), { minLength: 1, maxLength: 20 })
          .map(x => x.join(" ")),
      ),
    )
    const batches = fc.array(fc.tuple(fc.array(change, { maxLength: 4 }), fc.boolean()), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(batches, async all => {
        const interner = new Interner()
        const project = new ProjectTokens(createInProcessSorter(), noDots, noFailure)
        const expected: Record<string, string | null> = {}
        for (const [batch, wait] of all) {
          const files = batch.map(([path, text]) => ({
            path,
            tokens: text === null ? null : packed(text, interner),
          }))
          project.replace(files)
          for (const { path, tokens } of files) expected[path] = tokens?.join(" ") ?? null
          if (wait) await project.settled()
        }
        await project.settled()
        const left = Object.entries(expected).filter(([, tokens]) => tokens !== null)
        expect(liveFiles(project)).toEqual(Object.fromEntries(left))
        expect(project.fileCount).toBe(left.length)
        const uses = left.flatMap(([, tokens]) => tokens!.split(" ").map(token => Number(token) >> 4))
        for (let id = 0; id < interner.size; id++) {
          expect(project.words.uses(id)).toBe(uses.filter(used => used === id).length)
        }
        project.dispose()
      }),
      { numRuns: 100 },
    )
  })

  test("stay in a handful of segments however many batches come", async () => {
    const interner = new Interner()
    const project = new ProjectTokens(createInProcessSorter(), noDots, noFailure)
    for (let i = 0; i < 60; i++) {
      project.replace([
        { path: `/${i}.ts`, tokens: packed(`call${i}(a, b)\n`.repeat(1 + (i % 7) * 20), interner) },
      ])
      await project.settled()
      expect(project.segments.length).toBeLessThanOrEqual(7)
    }
    expect(Object.keys(liveFiles(project))).toHaveLength(60)
  })

  test("are sorted no more at a time than need little room", async () => {
    const interner = new Interner()
    const inner = createInProcessSorter()
    const sorts: number[] = []
    const sort: Sorter["sort"] = tokens => {
      sorts.push(tokens.length)
      return inner.sort(tokens)
    }
    const sorter: Sorter = { ...inner, sort }
    const project = new ProjectTokens(sorter, noDots, noFailure, 100)
    const files = Array.from({ length: 12 }, (_, i) => ({
      path: `/${i}.ts`,
      tokens: packed("f(a)\n".repeat(8), interner),
    }))
    project.replace(files)
    await project.settled()
    expect(sorts.length).toBeGreaterThan(3)
    expect(Math.max(...sorts)).toBeLessThan(250)
    expect(Object.keys(liveFiles(project))).toHaveLength(12)
  })

  test("that could not be sorted wait for the next batch, newer versions first", async () => {
    const interner = new Interner()
    const inner = createInProcessSorter()
    const errors: unknown[] = []
    let broken = true
    const sorter: Sorter = {
      sort: tokens => (broken ? Promise.reject(new Error("no room")) : inner.sort(tokens)),
      dispose: () => inner.dispose(),
    }
    const project = new ProjectTokens(sorter, noDots, error => errors.push(error))
    const [first, second, newer] = ["f(a)\n", "g(b)\n", "f(c)\n"].map(text => packed(text, interner))
    project.replace([
      { path: "/a.ts", tokens: first! },
      { path: "/b.ts", tokens: second! },
    ])
    project.replace([{ path: "/a.ts", tokens: newer! }])
    await project.settled()
    expect(errors.length).toBeGreaterThan(0)
    expect(liveFiles(project)).toEqual({})
    broken = false
    project.replace([{ path: "/c.ts", tokens: first! }])
    await project.settled()
    expect(liveFiles(project)).toEqual({
      "/a.ts": newer!.join(" "),
      "/b.ts": second!.join(" "),
      "/c.ts": first!.join(" "),
    })
    project.dispose()
  })

  test("answer the same from many segments as from one", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [
        `/f${i}.ts`,
        `open(${i < 6 ? "front" : "back"}, key)\nturn(key)\n${"new ".repeat(4 ** (i % 5))}\n`,
      ]),
    )
    const one = new EngineWorld()
    await one.learn(files)
    const many = new EngineWorld()
    for (const [path, text] of Object.entries(files).reverse()) await many.learn({ [path]: text })
    expect(one.engine.stats().segments).toBe(1)
    expect(many.engine.stats().segments).toBeGreaterThan(1)
    for (const text of ["open(<|>\n", "open(back, <|>\n", "tur<|>\n"]) {
      const [a, b] = [one.ask(text, { threshold: 0 }), many.ask(text, { threshold: 0 })]
      expect(b.line?.text).toBe(a.line?.text)
      expect(b.line?.confidence ?? 0).toBeCloseTo(a.line?.confidence ?? 0, 9)
      expect(new Set(b.words.map(word => word.confidence.toFixed(6)))).toEqual(
        new Set(a.words.map(word => word.confidence.toFixed(6))),
      )
    }
  })
})

describe("the sort thread", () => {
  test("gives the block that sorting here gives", async () => {
    const tokens = packed("f(a, b)\ng(a)\n".repeat(50), new Interner())
    const sorter = createThreadSorter(resolve("dist/sort-thread.cjs"), strictLog())
    expect(await sorter.sort(tokens)).toEqual(sortBlock(tokens))
    await sorter.dispose()
  })

  const lost = [
    ["can't be started", "no-such-thread.cjs", ""],
    ["leaves without an answer", "leaves.cjs", "process.exit(3)"],
  ] as const

  test.each(lost)("that %s costs only time", async (_, name, source) => {
    const tokens = packed("f(a)\n", new Interner())
    const errors: string[] = []
    const log = { ...strictLog(), error: (message: string): void => void errors.push(message) }
    const project = new TempProject()
    if (source !== "") project.write(name, source)
    const sorter = createThreadSorter(project.path(name), log)
    expect(await sorter.sort(tokens)).toEqual(sortBlock(tokens))
    expect(errors).toEqual(["the sort thread died"])
    await sorter.dispose()
  })

  test("lets its process end by itself once nothing is waited for", async () => {
    const result = await build({
      stdin: {
        contents: `import { createThreadSorter } from "./server/embedded/sorter.ts"
          const fail = () => { process.exitCode = 2 }
          const log = { debug() {}, info() {}, warn: fail, error: fail, once: fail, bug: fail }
          const sorter = createThreadSorter(process.argv[1], log)
          sorter.sort(new Int32Array([16, 32, 16])).then(block => process.stdout.write(block.concrete.join(" ")))`,
        resolveDir: resolve("."),
      },
      bundle: true,
      platform: "node",
      format: "cjs",
      write: false,
      logLevel: "silent",
    })
    const script = result.outputFiles[0]!.text
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["-e", script, resolve("dist/sort-thread.cjs")],
      { timeout: 20_000 },
    )
    expect(stdout.split(" ").sort()).toEqual(["0", "1", "2"])
  })

  test("is let go when it has nothing to do, and started again", async () => {
    const project = new TempProject()
    const source = `
      const { parentPort, threadId } = require("node:worker_threads")
      const of = id => ({ id, block: { concrete: Int32Array.of(threadId) } })
      parentPort.on("message", ({ id }) => parentPort.postMessage(of(id)))`
    const sorter = createThreadSorter(project.write("threads.cjs", source), strictLog(), 0)
    const thread = async (): Promise<number> => (await sorter.sort(new Int32Array(1))).concrete[0]!
    const first = await thread()
    await expect.poll(thread).toBeGreaterThan(first)
    await sorter.dispose()
  })

  test("that is disposed of refuses", async () => {
    const sorter = createThreadSorter(resolve("dist/sort-thread.cjs"), strictLog())
    const waiting = sorter.sort(packed("f(a)\n".repeat(1000), new Interner()))
    const refused = expect(waiting).rejects.toThrow("disposed")
    await sorter.dispose()
    await refused
    await expect(sorter.sort(new Int32Array(1))).rejects.toThrow("disposed")
  })
})
