import { expect, test } from "vitest"
import { Interner } from "../../../server/base/interner.ts"
import { createLog } from "../../../server/base/log.ts"
import { DigestKeeper } from "../../../server/features/context/digest-keeper.ts"
import { FactStore } from "../../../server/workspace/fact-store.ts"
import { factsOf } from "../../workspace/symbol-facts.ts"

/** A project of ten files, each with one declaration, and the keeper of its digest. */
class World {
  readonly interner: Interner = new Interner()
  readonly store: FactStore = new FactStore(this.interner)
  readonly lines: string[] = []
  /** What happens while a digest is made. */
  whileMade: () => void = () => {}
  readonly keeper: DigestKeeper = new DigestKeeper({
    index: this.store,
    roots: ["/p"],
    budget: 500,
    countTokens: text => text.length,
    ready: async () => {},
    read: async () => this.whileMade(),
    textOf: () => null,
    log: createLog((_, line) => void this.lines.push(line), "info"),
  })

  constructor() {
    for (let file = 0; file < 10; file++) this.declare(file, `+name${file}`)
  }

  declare(file: number, declared: string): void {
    this.store.replace(factsOf(this.interner, `/p/${file}.ts`, declared))
    this.keeper.changed()
  }

  async refresh(): Promise<string> {
    await this.keeper.refresh(new AbortController().signal)
    return this.keeper.epoch!.digest.text
  }
}

test("there is no epoch before the first digest", () => {
  expect(new World().keeper.epoch).toBeNull()
})

test("the digest stays the same object while little of it is wrong", async () => {
  const world = new World()
  await world.refresh()
  const before = world.keeper.epoch
  world.declare(0, "+other")
  await world.refresh()
  expect(world.keeper.epoch).toBe(before)
})

test("a new epoch begins when much of the digest is wrong, and says so", async () => {
  const world = new World()
  await world.refresh()
  for (const file of [0, 1, 2]) world.declare(file, `+other${file}`)
  expect(await world.refresh()).toContain("other2")
  expect(world.keeper.epoch?.number).toBe(2)
  expect(world.lines).toEqual([
    expect.stringMatching(/^epoch 1 of the project's digest begins, \d+ tokens$/),
    expect.stringMatching(/^epoch 2 .* tokens: 30 % of the last one were out of date$/),
  ])
})

test("there is no epoch while the digest may hold what must not be told any more", async () => {
  const world = new World()
  await world.refresh()
  const before = world.keeper.epoch
  world.keeper.doubt()
  expect(world.keeper.epoch).toBeNull()
  await world.refresh()
  expect(world.keeper.epoch).toMatchObject({ number: 1, digest: before?.digest })
  world.store.remove("/p/0.ts")
  world.keeper.doubt()
  expect(await world.refresh()).not.toContain("name0")
  expect(world.lines.at(-1)).toMatch(/^epoch 2 .* tokens: what may leave the machine has changed$/)
})

test("a doubt that comes while the digest is made has it made once more", async () => {
  const world = new World()
  world.whileMade = () => world.keeper.doubt()
  await world.keeper.refresh(new AbortController().signal)
  expect(world.keeper.epoch).toBeNull()
  world.whileMade = () => {}
  expect(await world.refresh()).toContain("name0")
})

test("refreshing at the same time makes one digest", async () => {
  const world = new World()
  await Promise.all([world.refresh(), world.refresh()])
  expect(world.keeper.epoch?.number).toBe(1)
})

test("a shutdown leaves the digest to be made later", async () => {
  const world = new World()
  await world.keeper.refresh(AbortSignal.abort())
  expect(world.keeper.epoch).toBeNull()
  await world.refresh()
  expect(world.keeper.epoch?.number).toBe(1)
})
