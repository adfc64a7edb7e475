import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { runReview } from "../../server/cli/review.ts"
import { openHostHere } from "../e2e/in-process.ts"
import { ProjectFolder } from "../e2e/project-folder.ts"
import { settingsFor } from "../model/model-fixture.ts"
import type { ScriptedAsk } from "../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"
import { testIo } from "./test-io.ts"

const SHOP = `
//- /.gitignore
ignored.js
//- /ignored.js
export const never = x => x === NaN
//- /src/cart.js
export function isEmpty(cart) {
  return cart.length === NaN
}
export function first(cart) {
  return cart[0]
}
//- /src/price-é.js
export function price(item) {
  return /* 😀 */ item === NaN
}
//- /.env.js
export function secret(item) {
  return item
}
`

const projects: ProjectFolder[] = []
afterAll(() => {
  for (const project of projects) project[Symbol.dispose]()
})

/** A folder with the shop, whose files are committed. */
function shop(): string {
  const project = new ProjectFolder(SHOP)
  projects.push(project)
  git(project.path, "init", "-q")
  git(project.path, "add", ".")
  git(project.path, "commit", "-qm", "first")
  return project.path
}

function git(folder: string, ...args: readonly string[]): void {
  const who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
  const { status, stderr } = spawnSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" })
  expect(stderr).toBe("")
  expect(status).toBe(0)
}

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Reviews in a folder; with a model that answers as said, if there is one. */
async function review(
  folder: string,
  args: readonly string[],
  onAsk: ((ask: ScriptedAsk) => void) | null = null,
): Promise<Run> {
  const model = onAsk === null ? null : await ScriptedModel.start({ onAsk })
  let [out, err] = ["", ""]
  const print = (text: string): void => {
    out += text
  }
  const io = testIo(print, {
    stderr: text => {
      err += text
    },
    env: { ...process.env },
    cwd: folder,
    openHost: ({ log, ...options }) => {
      const settings = model === null ? null : settingsFor("openai", model.baseUrl)
      return openHostHere(log, { model: settings, ...options })
    },
  })
  const code = await runReview(args, io)
  await model?.stop()
  return { code, out, err: err.replaceAll(folder, "~") }
}

/** A model that claims what a function's text calls for, and confirms it. */
function answer(claims: Readonly<Record<string, object>>, isConfirmed = true): (ask: ScriptedAsk) => void {
  return ask => {
    if (ask.input.includes("The claim, about")) return ask.answer(isConfirmed ? "yes" : "no")
    const shown = ask.input.slice(ask.input.lastIndexOf("The function, in"))
    const found = Object.entries(claims).filter(([text]) => shown.includes(text))
    ask.answer(found.map(([, claim]) => JSON.stringify(claim)).join("\n") || "none")
  }
}

test("files and folders that are named are reviewed as a whole, but for what is ignored", async () => {
  const folder = shop()
  expect(await review(folder, ["."])).toEqual({
    code: 1,
    out: `src/cart.js:2:10: warning: Nothing equals NaN, not even itself. (nan-comparison)
src/price-é.js:2:18: warning: Nothing equals NaN, not even itself. (nan-comparison)
2 findings in 4 files
`,
    err: "",
  })
  expect(await review(folder, ["src/cart.js", "src/cart.js"])).toMatchObject({ code: 1 })
  expect((await review(join(folder, "src"), ["cart.js"])).out).toMatch(/^cart\.js:2:10: /)
})

test("without names it is the lines that changed since the last commit, in new files all", async () => {
  const folder = shop()
  expect(await review(folder, [])).toEqual({ code: 0, out: "0 findings in 0 files\n", err: "" })
  writeFileSync(
    join(folder, "src/cart.js"),
    "export function isEmpty(cart) {\n  return cart.length === NaN\n}\n",
  )
  expect(await review(folder, [])).toEqual({ code: 0, out: "0 findings in 1 file\n", err: "" })
  writeFileSync(join(folder, "new.js"), "export const isNew = x => x === NaN\n")
  expect((await review(folder, [])).out).toMatch(/^new\.js:1:27: .*\n1 finding in 2 files\n$/)
  expect((await review(folder, ["--since", "HEAD", "src"])).out).toBe("0 findings in 1 file\n")
})

test("files that were deleted, or are not text, are none that changed", async () => {
  const folder = shop()
  git(folder, "rm", "-q", "src/cart.js")
  writeFileSync(join(folder, "image.js"), Buffer.from([0, 1, 2, 0]))
  expect(await review(folder, [])).toEqual({ code: 0, out: "0 findings in 0 files\n", err: "" })
})

test("what can't be done is one sentence", async () => {
  const folder = shop()
  const said = async (cwd: string, ...args: readonly string[]): Promise<string> => {
    const { code, out, err } = await review(cwd, args)
    return `${code} ${out}${err.trim()}`
  }
  expect(await said(folder, "--since", "nowhere")).toBe("1 pilotlight review: there is no revision nowhere")
  expect(await said(folder, "--since=--output=x")).toBe(
    "1 pilotlight review: there is no revision --output=x",
  )
  expect(await said(folder, "gone.js")).toBe("1 pilotlight review: there is no file or folder gone.js")
  expect(await said(folder, "--format", "xml")).toBe(
    "2 pilotlight review: --format is one of text, json, sarif, not 'xml' (see: pilotlight review --help)",
  )
  writeFileSync(join(folder, "image.js"), Buffer.from([0, 1, 2, 0]))
  expect(await said(folder, "image.js")).toBe("1 pilotlight review: ~/image.js can't be read: binary")
  expect(await said("/", ...[])).toBe(
    "1 pilotlight review: this folder is in no git repository; name the files to review",
  )
})

const EMPTY = {
  quote: "return cart[0]",
  problem: "It is undefined for an empty cart.",
  fix: "return cart.at(0) ?? null",
}

test("a model that is set looks at the functions that changed, and its fix comes along", async () => {
  const folder = shop()
  writeFileSync(
    join(folder, "src/cart.js"),
    "export function isEmpty(cart) {\n  return cart.length === NaN\n}\nexport function first(cart) {\n  // new\n  return cart[0]\n}\n",
  )
  const asked: string[] = []
  const model = answer({
    "return cart[0]": EMPTY,
    "cart.length": { quote: "cart.length", problem: "Never asked." },
  })
  const { code, out } = await review(folder, ["--format", "json"], ask => {
    asked.push(ask.input)
    model(ask)
  })
  expect(code).toBe(1)
  expect(asked).toHaveLength(2)
  expect(JSON.parse(out)).toEqual({
    files: ["src/cart.js"],
    findings: [
      {
        file: "src/cart.js",
        startLine: 6,
        startColumn: 3,
        endLine: 6,
        endColumn: 17,
        rule: "review",
        severity: "information",
        message: "It is undefined for an empty cart.",
        byModel: true,
        fixes: [
          {
            title: "Apply the fix that came with it",
            edits: [
              {
                startLine: 6,
                startColumn: 1,
                endLine: 6,
                endColumn: 17,
                text: "  return cart.at(0) ?? null",
              },
            ],
          },
        ],
      },
    ],
  })
})

test("what the second look does not confirm is dropped, and offline no model is asked", async () => {
  const folder = shop()
  const claims = answer({ "return cart[0]": EMPTY }, false)
  expect((await review(folder, ["src/cart.js"], claims)).out).toMatch(/^src.*nan-comparison\)\n1 finding/)
  const offline = await review(folder, ["--offline", "src/cart.js"], () => expect.unreachable("asked"))
  expect(offline.out).toMatch(/1 finding in 1 file/)
})

test("files that may not leave are not shown to the model, and it is said that they were not", async () => {
  const { code, out, err } = await review(shop(), [".env.js"], ask => expect.unreachable(ask.input))
  expect({ code, out }).toEqual({ code: 1, out: "0 findings in 1 file\n" })
  expect(err).toMatch(/^pilotlight review: the model did not see all of ~\/\.env\.js: .+\n$/)
})

test("a model that fails is asked once, said so once, and rules are told of all the same", async () => {
  let asks = 0
  const { code, out, err } = await review(shop(), ["src"], ask => {
    asks++
    ask.refuse(400, "invalid_request", "I am not well")
  })
  expect(asks).toBe(1)
  expect(code).toBe(1)
  expect(out).toMatch(/2 findings in 2 files/)
  expect(err).toBe("pilotlight review: the model did not see all of ~/src/cart.js: I am not well\n")
})

test("SARIF has every field that its standard asks for, and valid regions and URIs", async () => {
  const { out } = await review(shop(), ["--format", "sarif", "src"])
  const log = JSON.parse(out)
  expect(log).toMatchObject({ version: "2.1.0", $schema: expect.stringContaining("sarif-2.1.0") })
  const [run] = log.runs
  expect(run.tool.driver).toEqual({ name: "pilotlight", rules: [{ id: "nan-comparison" }] })
  expect(run.columnKind).toBe("unicodeCodePoints")
  expect(run.results).toHaveLength(2)
  for (const { ruleId, ruleIndex, level, message, locations, fixes } of run.results) {
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
    expect(["none", "note", "warning", "error"]).toContain(level)
    expect(message.text).not.toBe("")
    const { artifactLocation, region } = locations[0].physicalLocation
    expect(artifactLocation.uri).toMatch(/^src\/[-\w%.]+\.js$/)
    expect(region.startLine).toBeGreaterThan(0)
    expect(region.endColumn).toBeGreaterThan(region.startColumn)
    const [{ replacements }] = fixes[0].artifactChanges
    expect(replacements[0]).toMatchObject({
      deletedRegion: region,
      insertedContent: { text: expect.any(String) },
    })
  }
  expect(run.results[1].locations[0].physicalLocation.region.startColumn).toBe(18)
})
