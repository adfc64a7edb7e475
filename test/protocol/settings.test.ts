import { expect, test } from "vitest"
import { DEFAULT_SETTINGS, mergeSettings, type Settings } from "../../server/protocol/settings.ts"

function checkMerge(sent: unknown, expected: Partial<Settings>, complaints: readonly string[] = []): void {
  expect(mergeSettings(DEFAULT_SETTINGS, sent)).toEqual({
    settings: { ...DEFAULT_SETTINGS, ...expected },
    complaints,
  })
}

test("settings come flat or under our section", () => {
  checkMerge({ eagerness: "eager" }, { eagerness: "eager" })
  checkMerge({ pilotlight: { eagerness: "quiet" } }, { eagerness: "quiet" })
  checkMerge({ completion: { list: false } }, { completion: { ...DEFAULT_SETTINGS.completion, list: false } })
})

test("nothing, null and other servers' settings keep what is there", () => {
  for (const sent of [
    undefined,
    null,
    7,
    [],
    "x",
    { pilotlight: null },
    { eagerness: null },
    { tsserver: {} },
  ]) {
    checkMerge(sent, {})
  }
})

test("a later message changes only what it names", () => {
  const first = mergeSettings(DEFAULT_SETTINGS, { completion: { inline: false } }).settings
  expect(mergeSettings(first, { logLevel: "debug" }).settings).toEqual({
    ...DEFAULT_SETTINGS,
    completion: { ...DEFAULT_SETTINGS.completion, inline: false },
    logLevel: "debug",
  })
})

test("a wrong value is kept out with a sentence that names it", () => {
  checkMerge({ eagerness: "very", completion: { list: "no" } }, {}, [
    'setting completion.list must be one of true, false, auto, not "no"',
    'setting eagerness must be one of quiet, normal, eager, not "very"',
  ])
})

test("reviews by a model are off until one of the ways to have them is named", () => {
  expect(DEFAULT_SETTINGS.diagnostics.review).toBe("off")
  const diagnostics = { ...DEFAULT_SETTINGS.diagnostics, review: "idle" } as const
  checkMerge({ diagnostics: { review: "idle" } }, { diagnostics })
  checkMerge({ diagnostics: { review: true } }, {}, [
    "setting diagnostics.review must be one of off, save, idle, not true",
  ])
})

test("a value where an object belongs is named too", () => {
  checkMerge({ completion: "all" }, {}, ['setting completion must be an object, not "all"'])
  checkMerge({ pilotlight: [] }, {}, ["setting pilotlight must be an object, not []"])
})

test("waiting times are numbers of ms, and scopes and languages switches", () => {
  const completion = { listHoldMs: 250, comments: false, languages: { markdown: false } }
  checkMerge({ completion }, { completion: { ...DEFAULT_SETTINGS.completion, ...completion } })
  checkMerge(
    { completion: { listHoldMs: -1, inlineHoldMs: "1s", strings: 1, languages: { go: "no" } } },
    {
      completion: { ...DEFAULT_SETTINGS.completion, languages: { go: true } },
    },
    [
      "setting completion.strings must be one of true, false, not 1",
      "setting completion.listHoldMs must be a number of ms, 0 to 30000, not -1",
      'setting completion.inlineHoldMs must be a number of ms, 0 to 30000, not "1s"',
      'setting completion.languages.go must be one of true, false, not "no"',
    ],
  )
})

test("languages that a later message does not name stay as they are", () => {
  const first = mergeSettings(DEFAULT_SETTINGS, { completion: { languages: { go: false } } }).settings
  const { settings } = mergeSettings(first, { completion: { languages: { rust: false } } })
  expect(settings.completion.languages).toEqual({ go: false, rust: false })
})

test("characters after which editors ask are a list of single ones", () => {
  const { completion } = DEFAULT_SETTINGS
  checkMerge(
    { completion: { triggerCharacters: [".", " ", "\n"] } },
    { completion: { ...completion, triggerCharacters: [".", " ", "\n"] } },
  )
  for (const wrong of [".", ["::"], [1]]) {
    checkMerge({ completion: { triggerCharacters: wrong } }, {}, [
      `setting completion.triggerCharacters must be a list of single characters, not ${JSON.stringify(wrong)}`,
    ])
  }
})
