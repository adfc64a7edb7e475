import { expect, test } from "vitest"
import { type FolderWatch, type WatchLibrary, watchFolders } from "../../server/workspace/watch.ts"
import { LogLines } from "./temp-project.ts"

type Listener = Parameters<WatchLibrary["subscribe"]>[1]

/** A library under the test's control; subscribing to `broken` fails. */
class ScriptedLibrary implements WatchLibrary {
  readonly listeners = new Map<string, Listener>()

  async subscribe(folder: string, listener: Listener): Promise<{ unsubscribe(): Promise<void> }> {
    if (folder === "broken") throw new Error("no space left on device")
    this.listeners.set(folder, listener)
    return { unsubscribe: async () => void this.listeners.delete(folder) }
  }
}

interface Watched {
  readonly watch: FolderWatch | null
  readonly told: string[]
  readonly log: LogLines
}

async function watched(folders: readonly string[], load: () => Promise<WatchLibrary>): Promise<Watched> {
  const told: string[] = []
  const log = new LogLines()
  const options = {
    folders,
    ignored: [],
    onChange: (paths: readonly string[]): number => told.push(...paths),
    onMissed: (): number => told.push("missed"),
    log: log.log,
  }
  return { watch: await watchFolders(options, load), told, log }
}

test("changes in every folder are told of until the watch is closed", async () => {
  const library = new ScriptedLibrary()
  const { watch, told } = await watched(["/a", "/b"], async () => library)
  library.listeners.get("/a")!(null, [{ path: "/a/1" }, { path: "/a/2" }])
  library.listeners.get("/b")!(null, [{ path: "/b/1" }])
  expect(told).toEqual(["/a/1", "/a/2", "/b/1"])
  await watch?.close()
  expect(library.listeners.size).toBe(0)
})

test("a library that does not load costs one warning", async () => {
  const load = (): Promise<WatchLibrary> => Promise.reject(new Error("no such module"))
  const { watch, log } = await watched(["/a", "/b"], load)
  expect(watch).toBeNull()
  expect(log.lines).toEqual(["warn changes on disk are not watched for: no such module"])
})

test("a folder that can't be watched costs one warning, and the others are watched", async () => {
  const library = new ScriptedLibrary()
  const { watch, log } = await watched(["/a", "broken", "/b"], async () => library)
  expect([...library.listeners.keys()]).toEqual(["/a", "/b"])
  expect(log.lines).toEqual(["warn changes in broken are not watched for: no space left on device"])
  await watch?.close()
  expect(library.listeners.size).toBe(0)
})

test("lost changes are told of", async () => {
  const library = new ScriptedLibrary()
  const { told, log } = await watched(["/a"], async () => library)
  library.listeners.get("/a")!(new Error("queue overflow"), [])
  expect(told).toEqual(["missed"])
  expect(log.lines).toEqual(["warn changes in /a were missed: queue overflow"])
})
