import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { pathOfUri, uriOfPath } from "../../server/workspace/file-uri.ts"

describe("pathOfUri", () => {
  const checkPath = (uri: string, path: string | null, windows = false): void =>
    expect(pathOfUri(uri, windows)).toBe(path)

  test("decodes spaces, emoji and reserved characters", () => {
    checkPath("file:///a%20b/%F0%9F%98%80/c%23%3F.ts", "/a b/😀/c#?.ts")
    checkPath("file:///plain/ä.ts", "/plain/ä.ts")
  })
  test("takes the short form and the local host", () => {
    checkPath("file:/a/b.ts", "/a/b.ts")
    checkPath("FILE://localhost/a/b.ts", "/a/b.ts")
  })
  test("leaves query and fragment out", () => checkPath("file:///a.ts?x#y", "/a.ts"))
  test("has no path for other schemes and hosts", () => {
    for (const uri of ["untitled:Untitled-1", "vscode-notebook-cell:/a#1", "git:/a", "file://", "", "a/b"]) {
      checkPath(uri, null)
    }
    checkPath("file://server/share/a.ts", null)
  })
  test("refuses a NUL and keeps a percent sign that starts nothing", () => {
    checkPath("file:///a%00b", null)
    checkPath("file:///100%", "/100%")
    checkPath("file:///%ff", "/\ufffd")
  })
  test("gives one path for a drive letter in either case", () => {
    checkPath("file:///c%3A/dir/a.ts", "C:\\dir\\a.ts", true)
    checkPath("file:///C:/dir/a.ts", "C:\\dir\\a.ts", true)
    checkPath("file://server/share/a.ts", "\\\\server\\share\\a.ts", true)
  })
})

describe("uriOfPath", () => {
  test("writes what editors write", () => {
    expect(uriOfPath("/a b/😀.ts", false)).toBe("file:///a%20b/%F0%9F%98%80.ts")
    expect(uriOfPath("C:\\a b\\c.ts", true)).toBe("file:///C:/a%20b/c.ts")
    expect(uriOfPath("\\\\server\\share\\a.ts", true)).toBe("file://server/share/a.ts")
  })
  test("comes back as the path it was made from", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1 }).filter(text => !/[/\0]/.test(text))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), parts => {
        const path = `/${parts.join("/")}`
        expect(pathOfUri(uriOfPath(path, false), false)).toBe(path)
      }),
    )
  })
})
