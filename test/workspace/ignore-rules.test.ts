import { execFileSync, spawnSync } from "node:child_process"
import { lstatSync, rmSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { strictLog } from "../../server/base/log.ts"
import { matchesPattern, parseIgnorePatterns } from "../../server/workspace/ignore-pattern.ts"
import { ProjectTree } from "../../server/workspace/project-tree.ts"
import { TempProject } from "./temp-project.ts"

/** Names and patterns that meet often. None is a name that is left out without any rule. */
const NAMES = "a b c ab a.ts b.ts x.js foo #h !n [z] é.ts A ... *".split(" ").concat("foo bar", "a\\b")
const PATTERNS = [
  ..."a b /a a/ b/ *.ts !*.ts !a !b/ a/b /a/b **/a a/** a/**/b !a/b * !*/ /* !/a foo* ? [ab] [!a] [^a] [a-c] [a-]".split(
    " ",
  ),
  ..."\\#h \\!n # a* */b !*/b ** !**/x.js a/* !a/*.ts /**/c \\[z\\] a**b *.t? é.ts ./a a//b \\a \\* **/ **/b/".split(
    " ",
  ),
  ..."!/**/ a/b/ ! !!a a/**/ / // */ !*/* *.* [a a\\ A /a/**/b/* []a]b [\\]b] a\\\\b **/** **/a/**/b *a* *b*s !\\#h".split(
    " ",
  ),
  ..."... .gitignore !.gitignore !.git !.git/".split(" "),
  ...["foo\\ bar", "foo ", "foo\\ ", "!foo bar", "x.js\r", "\ta", "  ", ""],
]
const hasGit = spawnSync("git", ["--version"]).status === 0

/** Files that git would add, which is what it does not ignore. */
function shownByGit(root: string): string[] {
  const settings = ["-c", "core.excludesFile=", "-c", "core.ignoreCase=false"]
  const args = [...settings, "ls-files", "-z", "--others", "--exclude-standard"]
  const listed = execFileSync("git", args, { cwd: root, encoding: "utf8" })
  return listed
    .split("\0")
    .filter(path => path !== "")
    .sort()
}

/** Files that the tree shows: by walking it, which must be what it says when asked for each of `paths`. */
async function shownByTree(root: string, paths: readonly string[]): Promise<string[]> {
  const tree = await ProjectTree.open([root], strictLog())
  const found: string[] = []
  await tree.walk({ files: files => found.push(...files) }, new AbortController().signal)
  expect([...(await tree.admitted(paths))].sort()).toEqual([...found].sort())
  return found.map(path => path.slice(root.length + 1)).sort()
}

describe("ignore files", () => {
  const paths = fc.array(fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }), {
    maxLength: 20,
  })
  const rules = fc.array(fc.array(fc.constantFrom(...PATTERNS), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
  })

  test.skipIf(!hasGit)("mean what they mean to git", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(paths, rules, async (parts, lines) => {
        const project = new TempProject()
        execFileSync("git", ["init", "-q", project.root])
        const files = [...new Set(parts.map(names => names.join("/")))]
        const taken = files.filter(file => !files.some(other => other.startsWith(`${file}/`)))
        const written = taken.map(file => project.write(file, ""))
        const folders = ["", ...new Set(taken.map(file => file.replace(/[^/]*$/, "")))]
        lines.forEach((text, at) => {
          const folder = folders[at % folders.length]!
          written.push(project.write(`${folder}.gitignore`, `${text.join("\n")}\n`))
        })
        const asked = [...new Set(written), project.path(".git/HEAD")]
        expect(asked.every(path => lstatSync(path).isFile())).toBe(true)
        expect(await shownByTree(project.root, asked)).toEqual(shownByGit(project.root))
        rmSync(project.root, { recursive: true })
      }),
      { numRuns: 60 },
    )
  })
})

test("a hostile pattern takes no longer than a plain one", () => {
  const [stars, folders] = parseIgnorePatterns(`${"*a".repeat(1000)}b\n${"**/a/".repeat(800)}c`)
  expect(matchesPattern(stars!, ["a".repeat(255)], false)).toBe(false)
  const deep = Array.from({ length: 500 }, () => "a")
  expect(matchesPattern(folders!, deep, false)).toBe(false)
})

test("a line longer than any path is left out", () => {
  expect(parseIgnorePatterns(`${"[".repeat(1_000_000)}\n${" ".repeat(1_000_000)}\na`)).toHaveLength(1)
})
