import { expect, test } from "vitest"
import { ReviewTrigger } from "../../server/protocol/review-trigger.ts"
import { DEFAULT_SETTINGS, type Settings } from "../../server/protocol/settings.ts"
import { FakeClock } from "../model/fake-clock.ts"

/** An editor with one document, and whatever has its reviews begun. */
class World {
  readonly clock = new FakeClock()
  readonly trigger: ReviewTrigger
  reviews = 0
  stops = 0
  settings: Settings = DEFAULT_SETTINGS
  isOpen = true
  hasModel = true
  #changed: (uri: string) => void = () => {}

  constructor(review: Settings["diagnostics"]["review"]) {
    const world = this
    this.want(review)
    this.trigger = new ReviewTrigger({
      session: {
        document: () => (world.isOpen ? ({} as never) : null),
        watch: listener => {
          this.#changed = listener
          return () => {}
        },
        get settings() {
          return world.settings
        },
        workspace: {
          reviews: { review: () => Promise.resolve(world.reviews++), stop: () => world.stops++ },
          get host() {
            return { session: world.hasModel ? {} : null }
          },
        } as never,
      },
      onFound: () => {},
      clock: this.clock,
    })
  }

  want(review: Settings["diagnostics"]["review"]): void {
    this.settings = { ...DEFAULT_SETTINGS, diagnostics: { ...DEFAULT_SETTINGS.diagnostics, review } }
  }

  edit(): void {
    this.#changed("file:///a.ts")
  }

  save(): void {
    this.trigger.saved("file:///a.ts")
  }
}

/** How many reviews begin when a document is edited, is left alone for a minute, and is saved. */
function checkReviews(review: Settings["diagnostics"]["review"], hasModel = true): readonly number[] {
  const world = new World(review)
  world.hasModel = hasModel
  const counts: number[] = []
  for (const step of [() => world.edit(), () => world.clock.advance(60_000), () => world.save()]) {
    step()
    counts.push(world.reviews)
  }
  return counts
}

test("a review begins when the settings say so: never, on saving, or when idle too", () => {
  expect(checkReviews("off")).toEqual([0, 0, 0])
  expect(checkReviews("save")).toEqual([0, 0, 1])
  expect(checkReviews("idle")).toEqual([0, 1, 2])
})

test("without a model none begins", () => {
  expect(checkReviews("idle", false)).toEqual([0, 0, 0])
})

test("a document is idle four seconds after its last change, and once", () => {
  const world = new World("idle")
  for (let key = 0; key < 5; key++) {
    world.edit()
    world.clock.advance(3999)
  }
  expect(world.reviews).toBe(0)
  world.clock.advance(1)
  expect(world.reviews).toBe(1)
  world.clock.advance(60_000)
  expect(world.reviews).toBe(1)
})

test("saving does not wait, and does it once", () => {
  const world = new World("idle")
  world.edit()
  world.save()
  world.clock.advance(60_000)
  expect(world.reviews).toBe(1)
})

test("a document that is closed, settings that change, and the end keep a review from beginning", () => {
  const closed = new World("idle")
  closed.edit()
  closed.isOpen = false
  const unwanted = new World("idle")
  unwanted.edit()
  unwanted.want("off")
  const ended = new World("idle")
  ended.edit()
  ended.trigger.dispose()
  for (const world of [closed, unwanted, ended]) {
    world.clock.advance(60_000)
    expect(world.reviews).toBe(0)
    expect(world.clock.timers).toBe(0)
  }
})

test("settings that want no more reviews end the one that runs, others do not", () => {
  const world = new World("idle")
  world.want("save")
  world.trigger.settingsChanged()
  expect(world.stops).toBe(0)
  world.want("off")
  world.trigger.settingsChanged()
  expect(world.stops).toBe(1)
  world.trigger.dispose()
  world.trigger.settingsChanged()
  world.save()
  expect([world.stops, world.reviews]).toEqual([1, 0])
})
