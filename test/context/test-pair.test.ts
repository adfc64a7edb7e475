import { expect, test } from "vitest"
import { isTest, testPair } from "../../server/context/test-pair.ts"

/** The pair of a path among files, or "none". */
function checkPair(path: string, ...files: readonly string[]): string {
  return testPair(path, each => files.includes(each)) ?? "none"
}

test.each([
  ["/p/src/a.ts", "/p/src/a.test.ts"],
  ["/p/src/a.ts", "/p/src/__tests__/a.spec.ts"],
  ["/p/src/deep/a.ts", "/p/test/deep/a.test.ts"],
  ["/p/pkg/a.py", "/p/pkg/tests/test_a.py"],
  ["/p/a.go", "/p/a_test.go"],
  ["/p/src/main/java/Box.java", "/p/src/test/java/BoxTest.java"],
])("%s is tested by %s, and the other way round", (source, pair) => {
  expect(checkPair(source, source, pair, "/p/other.ts")).toBe(pair)
  expect(checkPair(pair, source, pair, "/p/other.ts")).toBe(source)
})

test("a file without a pair has none, least of all itself", () => {
  expect(checkPair("/p/a.ts", "/p/a.ts", "/q/a.test.ts")).toBe("none")
  expect(checkPair("a", "a")).toBe("none")
  expect(checkPair("/.env", "/.env")).toBe("none")
})

test("a test is known by its name", () => {
  const paths = [
    "/a.test.ts",
    "/a_spec.rb",
    "/test_a.py",
    "/BoxTests.cs",
    "/latest.ts",
    "/test.ts",
    "/contest.go",
  ]
  expect(paths.filter(isTest)).toEqual(["/a.test.ts", "/a_spec.rb", "/test_a.py", "/BoxTests.cs"])
})
