import { expect, test } from "vitest"
import type { Project } from "../../server/features/project.ts"
import { projectStatus } from "../../server/features/project-status.ts"

interface State {
  readonly unlearnt?: number
  readonly firstPass?: Project["firstPass"]
  readonly epoch?: { readonly number: number; readonly digest: { readonly tokens: number } } | null
  readonly trouble?: string | null
  readonly model?: string | null
}

/** What is said of a project of three files in this state. */
function checkStatus(state: State): string {
  const { unlearnt = 0, firstPass = null, epoch = null, trouble = null, model = null } = state
  const workspace = { stats: () => ({ files: 3, symbols: 5, unlearnt }) }
  const project = { workspace, context: { keeper: { epoch } }, firstPass }
  return projectStatus({
    project: project as unknown as Project,
    memory: { megabytes: 160 },
    remote: { trouble },
    session:
      model === null ? null : { status: () => ({ state: "ready", transport: "socket", detail: model }) },
  })
}

test("while the project is read it says how far that is", () => {
  expect(checkStatus({ firstPass: { done: 2, total: 40 } })).toBe(
    "Pilotlight knows 3 files and 5 symbols of this project. It is still reading: 2 of 40 files are done. " +
      "The project's digest is not made yet.",
  )
})

test("it says which epoch prompts are in, and what the memory budget leaves out", () => {
  expect(checkStatus({ unlearnt: 7, epoch: { number: 2, digest: { tokens: 812 } } })).toBe(
    "Pilotlight knows 3 files and 5 symbols of this project. The project's digest is in epoch 2 (812 tokens). " +
      "Completions learn nothing from 7 files: the memory budget is 160 MB.",
  )
})

test("it says what is wrong with the code search", () => {
  expect(checkStatus({ trouble: "the code search at x did not answer within 9 ms" })).toMatch(
    / But the code search at x did not answer within 9 ms\.$/,
  )
})

test("it says how the model is reached, if one is set", () => {
  expect(checkStatus({ model: "the model answers over one socket" })).toMatch(
    / Model: the model answers over one socket\.$/,
  )
})
