import { afterEach, expect, test, vi } from "vitest"
import { Interner } from "../../server/base/interner.ts"
import { createLog } from "../../server/base/log.ts"
import { yieldToLoop } from "../../server/base/time-slice.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { FactStore } from "../../server/workspace/fact-store.ts"
import type { FileFacts } from "../../server/workspace/file-facts.ts"
import { FileFinder } from "../../server/workspace/file-finder.ts"
import { IndexBuilder } from "../../server/workspace/index-builder.ts"
import { type ReadTask, Wants } from "../../server/workspace/parse-messages.ts"
import type { ParsePoolOptions } from "../../server/workspace/parse-pool.ts"
import { encodeBatch, type FileReport } from "../../server/workspace/shard-codec.ts"
import { symbolRows } from "./symbol-facts.ts"
import { TempProject } from "./temp-project.ts"

/** A clock that only work moves, ms: how long a stretch is does not depend on the machine. */
class WorkClock {
  now = 0
  longest = 0
  #watching = false

  constructor() {
    vi.spyOn(performance, "now").mockImplementation(() => this.now)
  }

  /** Notes, until `stop`, how much work is done between two turns of the event loop: what a request would wait. */
  watch(): void {
    this.#watching = true
    void this.#watch()
  }

  stop(): void {
    this.#watching = false
  }

  async #watch(): Promise<void> {
    while (this.#watching) {
      const before = this.now
      await yieldToLoop()
      this.longest = Math.max(this.longest, this.now - before)
    }
  }
}

/** A store whose every step takes as long as a slow machine would. */
class SlowStore extends FactStore {
  readonly #clock: WorkClock

  constructor(interner: Interner, clock: WorkClock) {
    super(interner)
    this.#clock = clock
  }

  override replace(facts: FileFacts): void {
    this.#clock.now += 0.2
    super.replace(facts)
  }

  override remove(path: string): boolean {
    this.#clock.now += 0.1
    return super.remove(path)
  }

  override has(path: string): boolean {
    this.#clock.now += 0.002
    return super.has(path)
  }
}

/** A content that takes too long to parse. */
const SLOW = "slow"

/** Reads the files of a made-up disk: each declares the one name that is its content. */
class FakePool {
  readonly tasks: ReadTask[] = []
  readonly #options: ParsePoolOptions
  readonly #disk: ReadonlyMap<string, string>
  readonly #words = new Interner()
  #sent = 0
  #reading = false

  constructor(options: ParsePoolOptions, disk: ReadonlyMap<string, string>) {
    this.#options = options
    this.#disk = disk
  }

  wake(): void {
    if (!this.#reading) void this.#read()
  }

  async dispose(): Promise<void> {}

  async #read(): Promise<void> {
    this.#reading = true
    for (let tasks = this.#options.take(24); tasks.length > 0; tasks = this.#options.take(24)) {
      this.tasks.push(...tasks)
      const reports = tasks.map(task => this.#report(task))
      const firstWord = this.#sent
      this.#sent = this.#words.size
      const words = Array.from({ length: this.#sent - firstWord }, (_, at) =>
        this.#words.text(firstWord + at),
      )
      await this.#options.onBatch(encodeBatch({ dictionary: 0, firstWord, words, reports }), this)
    }
    this.#reading = false
  }

  #report({ path, hash, wants, anew }: ReadTask): FileReport {
    const content = this.#disk.get(path)
    if (content === undefined) return { path, outcome: "none", mtimeMs: 0, facts: null, tokens: null }
    const parts = content === hash ? wants : anew
    const tokens = (parts & Wants.tokens) === 0 ? null : Int32Array.of(this.#words.intern(content) << 4)
    if ((parts & (Wants.words | Wants.facts)) === 0)
      return { path, outcome: "same", mtimeMs: 1, facts: null, tokens }
    const word = this.#words.intern(content)
    const isUnparsed = content === SLOW && (parts & Wants.facts) !== 0
    const facts = {
      language: null,
      hash: content,
      rough: isUnparsed || (parts & Wants.facts) === 0,
      bytes: 1,
      lines: 1,
      symbols: symbolRows([content], [word]),
      signatures: content,
      imports: [],
      words: Int32Array.of(word),
    }
    return { path, outcome: isUnparsed ? "unparsed" : "facts", mtimeMs: 1, facts, tokens }
  }
}

/** A project on a made-up disk, whose changes are told of as a watcher would. */
class SwitchedProject {
  readonly clock: WorkClock = new WorkClock()
  readonly root: string = new TempProject().root
  readonly disk: Map<string, string> = new Map()
  readonly store: FactStore
  readonly learnt: Map<string, number> = new Map()
  readonly #builder: IndexBuilder
  readonly #finder: FileFinder
  #pool: FakePool | null = null

  constructor() {
    const interner = new Interner()
    const log = createLog(() => {}, "error")
    this.store = new SlowStore(interner, this.clock)
    this.#builder = new IndexBuilder({
      store: this.store,
      interner,
      languages: new Languages([]),
      grammarFolders: [],
      childEntry: "",
      children: 1,
      silenceMs: 1e9,
      idleMs: 1e9,
      log,
      onTokens: batch => {
        for (const { path, tokens } of batch) {
          if (tokens === null) this.learnt.delete(path)
          else this.learnt.set(path, tokens[0]!)
        }
      },
      mayLearn: () => true,
      onFolder: () => {},
      onProgress: () => {},
      createPool: options => {
        this.#pool = new FakePool(options, this.disk)
        return this.#pool
      },
    })
    const { store } = this
    this.#finder = new FileFinder({
      roots: [this.root],
      store,
      builder: this.#builder,
      watch: false,
      log,
      onChanged: () => {},
    })
  }

  path(index: number): string {
    return `${this.root}/folder${index % 100}/file${index}`
  }

  async start(): Promise<void> {
    // The disk is made up, so the walk finds nothing.
    await this.#finder.start(new AbortController().signal)
    await this.#builder.add([...this.disk.keys()], false)
    await this.#builder.idle()
  }

  /** What was asked of the files until all is known again. */
  async absorb(paths: readonly string[]): Promise<readonly ReadTask[]> {
    this.#pool?.tasks.splice(0)
    this.clock.watch()
    this.#finder.changed(paths)
    await this.#finder.handled
    await this.#builder.idle()
    this.clock.stop()
    return this.#pool?.tasks ?? []
  }
}

afterEach(() => {
  vi.restoreAllMocks()
})

/** Files that a branch switch takes away, brings, and changes. */
const PART = 7000

test("a branch switch of 20,000 files is taken in whole and never keeps a request waiting", {
  timeout: 60_000,
}, async () => {
  const project = new SwitchedProject()
  for (let index = 0; index < 2 * PART; index++) project.disk.set(project.path(index), `old${index}`)
  await project.start()
  expect(project.store.fileCount).toBe(2 * PART)
  for (let index = 0; index < PART; index++) project.disk.delete(project.path(index))
  for (let index = PART; index < 3 * PART; index++) project.disk.set(project.path(index), `new${index}`)
  await project.absorb(Array.from({ length: 3 * PART }, (_, index) => project.path(index)))
  expect(project.clock.longest).toBeLessThan(8.5)
  expect([project.store.fileCount, project.store.symbolCount, project.learnt.size]).toEqual([
    2 * PART,
    2 * PART,
    2 * PART,
  ])
  for (const index of [PART, 2 * PART, 3 * PART - 1]) {
    expect(project.store.exact(`new${index}`, 9).map(({ path }) => path)).toEqual([project.path(index)])
    expect(project.store.isRough(project.path(index))).toBe(false)
  }
  expect(project.store.exact("old1", 9)).toEqual([])
})

test("files that moved are not parsed again", async () => {
  const project = new SwitchedProject()
  for (let index = 0; index < 500; index++) project.disk.set(project.path(index), `content${index}`)
  await project.start()
  const changed: string[] = []
  for (let index = 0; index < 500; index++) {
    const moved = `${project.root}/moved/file${index}`
    project.disk.set(moved, `content${index}`)
    project.disk.delete(project.path(index))
    changed.push(project.path(index), moved)
  }
  const tasks = await project.absorb(changed)
  const asked = tasks.map(({ hash, wants, anew }) => (hash === "" ? anew : wants))
  expect(asked.filter(parts => (parts & Wants.facts) !== 0).length).toBeLessThanOrEqual(64)
  expect([project.store.fileCount, project.store.symbolCount]).toEqual([500, 500])
  expect(project.store.isRough(`${project.root}/moved/file0`)).toBe(false)
  expect([...project.learnt.keys()].every(path => path.includes("/moved/"))).toBe(true)
})

test("a file that takes too long to parse is tried once, and again when it changed", async () => {
  const project = new SwitchedProject()
  const path = project.path(0)
  project.disk.set(path, SLOW)
  await project.start()
  expect([project.store.isRough(path), project.learnt.size]).toEqual([true, 1])
  const tasks = await project.absorb([path])
  expect(tasks.map(({ wants }) => wants & Wants.facts)).toEqual([0])
  project.disk.set(path, "quick")
  await project.absorb([path])
  expect(project.store.isRough(path)).toBe(false)
})
