import { expect, test } from "vitest"
import type { JsonObject } from "../../../server/base/json.ts"
import { readRemoteSettings } from "../../../server/workspace/remote/remote-settings.ts"

/** Checks what is wrong with a section; the only mistake's sentence, or none. */
function checkMistake(section: JsonObject, sentence: string | null): void {
  const { settings, mistakes } = readRemoteSettings(section)
  expect(mistakes).toEqual(sentence === null ? [] : [sentence])
  expect(settings === null).toBe(sentence !== null)
}

test("an address is all that is needed", () => {
  expect(readRemoteSettings({ zoekt: "HTTPS://Search.example/zoekt//" })).toEqual({
    settings: { url: "https://search.example/zoekt", key: null, deadlineMs: 1_500, except: [] },
    mistakes: [],
  })
  expect(readRemoteSettings({})).toEqual({ settings: null, mistakes: [] })
})

test("names go in the clear to this machine only, unless the user allows more", () => {
  checkMistake({ zoekt: "http://127.0.0.1:6070" }, null)
  checkMistake(
    { zoekt: "http://search.lan" },
    "the code search at search.lan would be reached without encryption; use https, or allow it in your own settings",
  )
  checkMistake({ zoekt: "http://search.lan", allowPlain: true }, null)
})

test("what can't be used is told in a sentence", () => {
  const zoekt = "https://search.example"
  checkMistake({ deadlineMs: 100 }, "remoteIndex.zoekt must be an http or https URL")
  checkMistake({ zoekt: 7 }, "remoteIndex.zoekt must be an http or https URL")
  checkMistake({ zoekt, zoket: 1 }, "remoteIndex.zoket is no setting")
  checkMistake({ zoekt, key: "two words" }, "remoteIndex.key must be a text without spaces")
  checkMistake({ zoekt, deadlineMs: 0 }, "remoteIndex.deadlineMs must be a whole number from 1 to 30000")
  checkMistake({ zoekt, except: "mine" }, "remoteIndex.except must be a list of names")
  checkMistake({ zoekt, allowPlain: "yes" }, "remoteIndex.allowPlain must be true or false")
  checkMistake(
    { zoekt: "https://me:pass@search.example" },
    "the code search's address must not hold a password; set remoteIndex.key",
  )
})
