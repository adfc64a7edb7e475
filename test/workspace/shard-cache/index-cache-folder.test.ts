import { expect, test } from "vitest"
import { indexCacheFolder } from "../../../server/workspace/shard-cache/index-cache-folder.ts"

test("the folder of kept indexes is the user's cache folder", () => {
  expect(indexCacheFolder({ HOME: "/home/ann" })).toBe("/home/ann/.cache/pilotlight/index")
  expect(indexCacheFolder({ HOME: "/home/ann", XDG_CACHE_HOME: "/cache" })).toBe("/cache/pilotlight/index")
  expect(indexCacheFolder({ HOME: "/home/ann", XDG_CACHE_HOME: "not/absolute" })).toMatch(/^\/home\/ann\//)
})

test("the user can choose another folder, or none", () => {
  const env = { HOME: "/home/ann", XDG_CACHE_HOME: "/cache" }
  expect(indexCacheFolder({ ...env, PILOTLIGHT_CACHE: "/fast" })).toBe("/fast/index")
  expect(indexCacheFolder({ ...env, PILOTLIGHT_CACHE: "off" })).toBeUndefined()
})

test("nothing is kept where there is no home", () => {
  for (const HOME of ["/", "", "not/absolute", undefined]) expect(indexCacheFolder({ HOME })).toBeUndefined()
})
