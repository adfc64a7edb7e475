import { afterEach, expect, test, vi } from "vitest"
import { collectGarbage } from "../../server/base/collect-garbage.ts"
import { strictLog } from "../../server/base/log.ts"
import { Project, type ProjectParts } from "../../server/features/project.ts"
import type { IndexProgress } from "../../server/workspace/workspace.ts"

vi.mock("../../server/base/collect-garbage.ts", () => ({ collectGarbage: vi.fn() }))

afterEach(() => {
  vi.useRealTimers()
})

/** A project that indexes nothing, and what tells it of progress. */
function idleProject(): { project: Project; parsed: (files: number) => void } {
  let tell: (progress: IndexProgress) => void = () => {}
  const done = async (): Promise<void> => {}
  const parts = {
    workspace: { start: done, dispose: done },
    engine: { settled: done, dispose: done },
    context: { keepFresh: () => {}, dispose: () => {} },
  }
  const build = (onProgress: typeof tell): ProjectParts => {
    tell = onProgress
    return parts as unknown as ProjectParts
  }
  const project = new Project(["/p"], build, strictLog())
  return { project, parsed: files => tell({ done: files, total: files, bytes: 0, symbols: 0 }) }
}

test("memory is given back after much was indexed, but not while somebody works", async () => {
  vi.useFakeTimers()
  const { project, parsed } = idleProject()
  const collected = (): readonly unknown[] => vi.mocked(collectGarbage).mock.calls.map(([which]) => which)
  parsed(5000)
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1000)
    project.used()
  }
  expect(collected()).toEqual([])
  vi.advanceTimersByTime(60_000)
  expect(collected()).toEqual(["all", "young", "young"])
  project.used()
  parsed(5001)
  vi.advanceTimersByTime(60_000)
  expect(collected()).toHaveLength(3)
  parsed(9000)
  await project.dispose()
  project.used()
  vi.advanceTimersByTime(60_000)
  expect(collected()).toHaveLength(3)
})
