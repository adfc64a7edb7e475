import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { parseFixture } from "../../fixture.ts"
import { corpusFolder } from "../corpus/fetch.ts"
import { readTruth } from "./truth.ts"
import { loadTypeScript, TYPESCRIPT_VERSION } from "./typescript.ts"

const corpus = corpusFolder(process.env)
const folder = mkdtempSync(join(tmpdir(), "pilotlight-truth-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** The lines drawn from a project, each with the places of its targets; `*` marks a first use. */
function checkTruth(source: string): string[] {
  const files = parseFixture(source).files.map(({ path, text }) => ({ path: path.slice(1), text }))
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const paths = { "@tiny/*": ["./packages/*"] }
  const { lines } = readTruth(loadTypeScript(corpus), { name: "tiny", folder, files, paths }, 1, 10)
  return lines
    .map(({ file, line, targets }) => {
      const places = targets.map(
        each => `${each.name}${each.isFirstUse ? "*" : ""} ${files[each.file]!.path}:${each.line}`,
      )
      return `${files[file]!.path}:${line} ${places.join(", ")}`
    })
    .sort()
}

// Without network, the checker is there only if a bench fetched it before.
const needsChecker = test.skipIf(!existsSync(join(corpus, `typescript-${TYPESCRIPT_VERSION}`)))

needsChecker(
  "names are found through imports, members and re-exports; own and foreign names do not count",
  () => {
    const filler = "// filler\n".repeat(20)
    const project = `
//- /main.ts
import { readFileSync } from "node:fs"
import { Door } from "@tiny/doors"
import { all as every } from "./lists.ts"
import * as numbers from "./numbers.ts"
const own = [1].map(each => each + 1)
const door: Door = new Door(every)
door.open(own, Math.max(1, 2))
readFileSync("a file")
console.log(numbers.many.length)
${filler}
//- /lists.ts
export { many as all } from "./numbers.ts"
//- /numbers.ts

export const many = [1, 2]
//- /more.ts
export {}
declare module "./numbers.ts" {
  export interface Added {}
}
//- /packages/doors.ts
export class Door {
  constructor(readonly list: number[]) {}

  open(...args: unknown[]) {}
}
`
    expect(checkTruth(project)).toMatchInlineSnapshot(`
      [
        "main.ts:5 Door* packages/doors.ts:0, every* numbers.ts:1",
        "main.ts:6 open* packages/doors.ts:3",
        "main.ts:8 many* numbers.ts:1",
      ]
    `)
  },
)
