import { expect, test } from "vitest"
import { readIntroduction } from "../../server/protocol/initialize.ts"

function checkRoots(params: unknown, expected: readonly string[]): void {
  expect(readIntroduction(params).roots).toEqual(expected)
}

test("workspace folders come before the root, the root's URI before its path", () => {
  const folders = [
    { uri: "file:///a", name: "a" },
    { uri: "file:///b%20c", name: "b" },
  ]
  checkRoots({ workspaceFolders: folders, rootUri: "file:///r", rootPath: "/p" }, ["/a", "/b c"])
  checkRoots({ workspaceFolders: null, rootUri: "file:///r", rootPath: "/p" }, ["/r"])
  checkRoots({ workspaceFolders: [], rootUri: null, rootPath: "/p" }, ["/p"])
})

test("any of them may be null, empty, malformed or not on this machine", () => {
  checkRoots({ workspaceFolders: null, rootUri: null, rootPath: null }, [])
  checkRoots({ workspaceFolders: [{ uri: "git://x/y" }, null, 7], rootUri: "untitled:x", rootPath: "" }, [])
  checkRoots(null, [])
})

test("settings arrive with the introduction, flat or in our section", () => {
  expect(readIntroduction({ initializationOptions: { eagerness: "quiet" } }).merged.settings.eagerness).toBe(
    "quiet",
  )
})
