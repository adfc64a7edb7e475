import { expect, test } from "vitest"
import type { Finding } from "../../server/features/diagnostics/finding.ts"
import { DiagnosticsPublisher } from "../../server/protocol/publish-diagnostics.ts"
import { DEFAULT_SETTINGS } from "../../server/protocol/settings.ts"
import { type DocumentSnapshot, openSnapshot } from "../../server/workspace/document.ts"
import { FakeClock } from "../model/fake-clock.ts"

const URI = "file:///a.ts"

/** An editor with one document, in which every `x` is a finding. */
class World {
  readonly clock = new FakeClock()
  readonly told: string[] = []
  settings = DEFAULT_SETTINGS
  /** Calls that give nothing before a look is done. */
  slices = 0
  #document: DocumentSnapshot | null = null
  #version = 0
  #listener: (uri: string) => void = () => {}
  readonly publisher: DiagnosticsPublisher

  constructor() {
    const world = this
    const advance = (): readonly Finding[] | null => (this.slices-- > 0 ? null : this.#findings())
    this.publisher = new DiagnosticsPublisher({
      session: {
        document: () => this.#document,
        watch: listener => {
          this.#listener = listener
          return () => {}
        },
        get settings() {
          return world.settings
        },
        encoding: "utf-16",
        workspace: { findings: { advance } } as never,
      },
      link: { notify: (_, params) => void this.told.push(shown(params)) },
      clock: this.clock,
    })
  }

  edit(text: string | null): void {
    const version = ++this.#version
    this.#document =
      text === null ? null : openSnapshot({ uri: URI, path: "/a.ts", language: "typescript", version, text })
    this.#listener(URI)
  }

  #findings(): readonly Finding[] {
    return [...(this.#document?.text ?? "").matchAll(/[xhm]/g)].map(({ index, 0: rule }) => ({
      rule,
      message: `this is ${rule}`,
      severity: rule === "h" ? "hint" : "warning",
      start: index,
      end: index + 1,
      tags: ["unnecessary"],
      fixes: [],
      byModel: rule === "m",
    }))
  }
}

function shown(params: unknown): string {
  const { version, diagnostics } = params as {
    version?: number
    diagnostics: { code: string; range: unknown }[]
  }
  return `${version ?? "closed"}: ${diagnostics.map(({ code }) => code).join(" ")}`
}

test("findings are told for their version once typing has paused, and only then", () => {
  const world = new World()
  world.edit("x")
  world.clock.advance(400)
  world.edit("xx")
  world.clock.advance(400)
  expect(world.told).toEqual([])
  world.clock.advance(100)
  expect(world.told).toEqual(["2: x x"])
})

test("a word that a menu deletes and types again changes nothing that is shown", () => {
  const world = new World()
  world.edit("x")
  world.clock.advance(500)
  world.edit("")
  world.clock.advance(50)
  world.edit("x")
  world.clock.advance(500)
  expect(world.told).toEqual(["1: x", "3: x"])
})

test("an empty list is told once, after one that was not", () => {
  const world = new World()
  world.edit("a")
  world.clock.advance(500)
  world.edit("x")
  world.clock.advance(500)
  world.edit("b")
  world.clock.advance(500)
  world.edit("c")
  world.clock.advance(500)
  expect(world.told).toEqual(["2: x", "3: "])
})

test("a document that is closed is cleared at once", () => {
  const world = new World()
  world.edit("x")
  world.clock.advance(500)
  world.edit(null)
  expect(world.told).toEqual(["1: x", "closed: "])
})

test("a look that takes several stretches is told when it is done, and dropped when the text changes meanwhile", () => {
  const world = new World()
  world.slices = 3
  world.edit("x")
  world.clock.advance(501)
  expect(world.told).toEqual([])
  world.edit("xx")
  world.clock.advance(510)
  expect(world.told).toEqual(["2: x x"])
})

test("settings leave out rules, all of them or some, and show offers of newer syntax", () => {
  const world = new World()
  world.edit("xh")
  world.clock.advance(500)
  world.settings = { ...DEFAULT_SETTINGS, diagnostics: { rules: "on", modernise: true, review: "off" } }
  world.edit("xh")
  world.clock.advance(500)
  world.settings = { ...DEFAULT_SETTINGS, diagnostics: { rules: ["x"], modernise: true, review: "off" } }
  world.publisher.settingsChanged()
  world.clock.advance(500)
  world.settings = { ...DEFAULT_SETTINGS, diagnostics: { rules: "off", modernise: true, review: "off" } }
  world.edit("xh")
  world.clock.advance(500)
  expect(world.told).toEqual(["1: x", "2: x h", "2: h", "3: "])
})

test("what a model found is told as long as its reviews are wanted, whatever is said of rules", () => {
  const world = new World()
  for (const review of ["off", "save", "idle", "off"] as const) {
    world.settings = { ...DEFAULT_SETTINGS, diagnostics: { rules: "off", modernise: false, review } }
    world.edit("xhm")
    world.clock.advance(500)
  }
  expect(world.told).toEqual(["2: m", "3: m", "4: "])
})
