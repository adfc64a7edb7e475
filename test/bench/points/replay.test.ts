import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { lex, plainLexicon } from "../../../server/syntax/lexer.ts"
import { replayHistory } from "./history.ts"
import { runGit } from "./hunks.ts"
import type { Snapshot, Tokenize } from "./line-point.ts"
import { replayRelease } from "./releases.ts"

const tokenizers: Tokenize[] = [(_path, text) => lex(text, plainLexicon)]
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function placeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pilotlight-replay-"))
  folders.push(folder)
  return folder
}

/** Each different point as its document's path, the text before the cursor's line, the line and the text after. */
function showPoints({ points }: Snapshot): string[] {
  const shown = points.map(({ path, text, starts, resume }) =>
    [path, text.slice(0, starts[0]), text.slice(starts[0], resume), text.slice(resume)].join("|"),
  )
  return [...new Set(shown)].sort()
}

const before = "let one = 1\nlet last = 9\n"
const after = "let one = 1\nlet two = 2\nlet three = 3\nlet last = 9\n"

test("a release is replayed over the one before it", () => {
  const folder = newFolder()
  placeFiles(folder, {
    "old/src/a.ts": before,
    "old/src/b.d.ts": "declare let x: 1\n",
    "new/src/a.ts": after,
    "new/src/b.d.ts": "declare let x: 1\ndeclare let y: 2\n",
  })
  const pair = { name: "p", before: join(folder, "old/src"), after: join(folder, "new/src") }
  const snapshot = replayRelease(pair, 20, [21], tokenizers)
  expect(snapshot.files).toEqual([{ path: "a.ts", text: before }])
  expect(showPoints(snapshot)).toEqual([
    "a.ts|let one = 1\nlet two = 2\n|let three = 3|\nlet last = 9\n",
    "a.ts|let one = 1\n|let two = 2|\nlet last = 9\n",
  ])
})

test("a commit is replayed over its parent's tree, small commits and other files are passed over", () => {
  const folder = newFolder()
  const commit = (files: Readonly<Record<string, string>>): void => {
    placeFiles(folder, files)
    runGit(folder, ["add", "."])
    const author = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]
    runGit(folder, [...author, "commit", "-q", "-m", "next"])
  }
  runGit(folder, ["init", "-q"])
  const more = `${before}let a = 1\nlet b = 2\nlet c = 3\nlet d = 4\n`
  commit({ "src/a.ts": before, "readme.md": "hello there all\n" })
  commit({ "src/a.ts": more, "readme.md": "hello\n".repeat(30) })
  commit({ "src/a.ts": `${more}let e = 5\n` })
  commit({ "src/new.ts": "\nlet f = 6\nlet g = 7\nlet h = 8\nlet i = 9\n" })
  const replay = { folder, language: "ts", commits: 9, perCommit: 8, seeds: [1, 2], tokenizers } as const
  const [newest, ...older] = [...replayHistory(replay)]
  expect(older).toEqual([])
  expect(newest!.files).toEqual([{ path: "src/a.ts", text: `${more}let e = 5\n` }])
  expect(new Set(newest!.points.map(point => point.seed))).toEqual(new Set([1, 2]))
  expect(showPoints(newest!)).toContain("src/new.ts|\n|let f = 6|\n")
})
