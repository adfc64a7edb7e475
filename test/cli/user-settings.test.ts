import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readUserSettings } from "../../server/cli/user-settings.ts"

let home = ""
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pilotlight-settings-"))
  mkdirSync(join(home, "pilotlight"))
})
afterEach(() => rmSync(home, { recursive: true }))

type Settings = ReturnType<typeof readUserSettings>

/** Reads a settings file with this text; its path in complaints is `~`. */
function checkSettings(text: string, mode = 0o600): Settings {
  const path = join(home, "pilotlight", "settings.json")
  writeFileSync(path, text)
  chmodSync(path, mode)
  return readHere()
}

function readHere(): Settings {
  const settings = readUserSettings({ XDG_CONFIG_HOME: home })
  const complaints = settings.complaints.map(complaint => complaint.replaceAll(settings.path, "~"))
  return { ...settings, complaints }
}

const NOTHING_SET = {
  memoryBudgetMB: undefined,
  privacy: { allow: [], deny: [] },
  remoteIndex: null,
  model: {},
  complaints: [],
}

test("a missing file, an empty object and empty sections set nothing", () => {
  expect(readHere()).toMatchObject(NOTHING_SET)
  expect(checkSettings("{}")).toMatchObject(NOTHING_SET)
  expect(checkSettings('{"memory": {}, "privacy": {}, "remoteIndex": {}, "model": {}}')).toMatchObject(
    NOTHING_SET,
  )
})

test("what is set is taken over", () => {
  const text = JSON.stringify({
    model: { provider: "openai" },
    memory: { budgetMB: 64.5 },
    privacy: { allow: ["docs/.env.example"], deny: ["secret/", "*.sql"] },
    remoteIndex: { zoekt: "https://search.example" },
  })
  expect(checkSettings(text)).toMatchObject({
    model: { provider: "openai" },
    memoryBudgetMB: 64.5,
    privacy: { allow: ["docs/.env.example"], deny: ["secret/", "*.sql"] },
    remoteIndex: { url: "https://search.example" },
    complaints: [],
  })
})

test("a wrong value is one sentence with its key, its value and what is allowed, and the rest counts", () => {
  const { complaints, ...read } = checkSettings(
    `{"memroy": 1, "memory": {"budgetMB": "lots"}, "privacy": {"deny": ["*.sql"], "allow": 5, "deney": []},
      "remoteIndex": {"zoekt": 7}, "model": {"provider": "xai"}}`,
  )
  expect(complaints).toEqual([
    "~: memroy is no setting; did you mean memory?",
    '~: memory.budgetMB is "lots"; it must be a number of MB, 0 or more',
    "~: privacy.deney is no setting; did you mean privacy.deny?",
    "~: privacy.allow is 5; it must be a list of patterns",
    "~: remoteIndex.zoekt must be an http or https URL",
  ])
  expect(read).toMatchObject({
    memoryBudgetMB: undefined,
    privacy: { allow: [], deny: ["*.sql"] },
    remoteIndex: null,
    model: { provider: "xai" },
  })
})

test.each(["-1", "1e999", "null", "[]"])("a memory budget of %s is refused", value => {
  const { memoryBudgetMB, complaints } = checkSettings(`{"memory": {"budgetMB": ${value}}}`)
  expect(memoryBudgetMB).toBeUndefined()
  expect(complaints).toHaveLength(1)
})

test("while it can't be told what must not leave, nothing does", () => {
  const kept = { allow: [], deny: ["*"] }
  const wrong = checkSettings('{"privacy": {"allow": ["a.ts"], "deny": "*.sql"}, "memory": {"budgetMB": 9}}')
  expect(wrong).toMatchObject({ privacy: kept, memoryBudgetMB: 9 })
  expect(wrong.complaints).toEqual([
    '~: privacy.deny is "*.sql"; it must be a list of patterns, and nothing leaves until it is one',
  ])
  expect(checkSettings('{"privacy": {"deny": ["a", 1]}}').privacy).toEqual(kept)
  expect(checkSettings('{"privacy": []}').privacy).toEqual(kept)
  for (const broken of ["", "{", "[]", "null", '"x"']) {
    expect(checkSettings(broken)).toMatchObject({
      model: null,
      privacy: kept,
      remoteIndex: null,
      complaints: ["~ is not a JSON object"],
    })
  }
})

test("what is no file is not read", () => {
  mkdirSync(join(home, "pilotlight", "settings.json"))
  expect(readHere()).toMatchObject({ model: null, complaints: ["~ is no file that holds settings"] })
})

test("a file with a key that others can read is told of, and counts", () => {
  const key = '{"remoteIndex": {"zoekt": "https://search.example", "key": "k"}}'
  expect(checkSettings(key, 0o600).complaints).toEqual([])
  const { remoteIndex, complaints } = checkSettings(key, 0o644)
  expect(remoteIndex).toMatchObject({ key: "k" })
  expect(complaints).toEqual(["~ holds a key and can be read by others; run: chmod 600 ~"])
  expect(checkSettings("{}", 0o644).complaints).toEqual([])
})
