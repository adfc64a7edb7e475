import { execFileSync, spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, utimesSync, watch } from "node:fs"
import { describe, expect, test } from "vitest"
import { decodeText, readSource } from "../../server/workspace/read-source.ts"
import { TempProject } from "./temp-project.ts"

const LIMIT = 1 << 20

function checkText(content: string | Uint8Array, text: string): void {
  const path = new TempProject().write("a.ts", content)
  expect(readSource(path, LIMIT)).toMatchObject({ kind: "text", text })
}

function checkSkip(path: string, reason: string): void {
  expect(readSource(path, LIMIT)).toMatchObject({ kind: "skip", reason })
}

describe("text is read", () => {
  test("from UTF-8 with its hash and length in bytes", () => {
    const path = new TempProject().write("a b😀.ts", "let ä = 1\n")
    utimesSync(path, 1_700_000_000.25, 1_700_000_000.25)
    expect(readSource(path, LIMIT)).toEqual({
      kind: "text",
      text: "let ä = 1\n",
      hash: "6e886662e2e7aa1b5de59bb8db8a39ad6ba479e9",
      bytes: 11,
      mtimeMs: 1_700_000_000_250,
    })
  })
  test("without a time where that is too new to tell a later change by, or from the future", () => {
    for (const ahead of [-0.5, 3600]) {
      const path = new TempProject().write("a.ts", "let a")
      utimesSync(path, Date.now() / 1000 + ahead, Date.now() / 1000 + ahead)
      expect(readSource(path, LIMIT)).toMatchObject({ mtimeMs: 0 })
    }
  })
  test("without its mark", () => checkText("\ufefflet a", "let a"))
  test("from UTF-16 with a mark, either end first", () => {
    checkText(Buffer.from("\ufefflet 😀", "utf16le"), "let 😀")
    checkText(Buffer.from("\ufefflet 😀", "utf16le").swap16(), "let 😀")
  })
  test("from broken UTF-8, each broken sequence replaced", () => {
    checkText(Uint8Array.from([97, 0xff, 98, 0xc3]), "a\ufffdb\ufffd")
  })
  test("from an empty file", () => checkText("", ""))
})

describe("no text is read", () => {
  test("from a binary file", () => {
    checkSkip(new TempProject().write("a.ts", Uint8Array.from([97, 0, 98])), "binary")
  })
  test("from a file of 50 MB", () => {
    const path = new TempProject().write("a.ts", "")
    const file = openSync(path, "r+")
    ftruncateSync(file, 50 << 20)
    closeSync(file)
    checkSkip(path, "large")
  })
  test("from what is gone, a folder, a link or a pipe", () => {
    const project = new TempProject()
    mkdirSync(project.path("folder"))
    symlinkSync(project.write("real.ts", ""), project.path("link.ts"))
    execFileSync("mkfifo", [project.path("pipe.ts")])
    checkSkip(project.path("gone.ts"), "gone")
    checkSkip(project.path("real.ts/below.ts"), "gone")
    checkSkip(project.path("folder"), "folder")
    checkSkip(project.path("link.ts"), "special")
    checkSkip(project.path("pipe.ts"), "special")
  })
  test("from a path that the system refuses, with the reason", () => {
    const long = new TempProject().path("x".repeat(5000))
    expect(readSource(long, LIMIT)).toMatchObject({
      reason: "unreadable",
      detail: expect.stringContaining("ENAMETOOLONG"),
    })
  })
})

test("a file that changes while it is read gives the text of the bytes that were read", async () => {
  const path = new TempProject().write("a.ts", "")
  const rewrite = `const fs = require("fs")
    for (let i = 0; ; i++) fs.writeFileSync(process.argv[1], ("line " + i + "\\n").repeat(20000))`
  const writer = spawn(process.execPath, ["-e", rewrite, path], { stdio: "ignore" })
  await new Promise(resolve => watch(path).once("change", resolve))
  for (let read = 0; read < 200; read++) {
    const source = readSource(path, LIMIT)
    if (source.kind === "skip") throw new Error(source.reason)
    const bytes = Buffer.from(source.text)
    expect(source.bytes).toBe(bytes.length)
    expect(source.hash).toBe(createHash("sha1").update(bytes).digest("hex"))
  }
  writer.kill("SIGKILL")
})

test("a NUL far into a file does not make it binary", () => {
  const bytes = Buffer.from(`${"a".repeat(10_000)}\0`)
  expect(decodeText(bytes)).toHaveLength(10_001)
})
