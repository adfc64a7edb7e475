import { execFile } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, expect, test } from "vitest"
import { ProjectFolder } from "../e2e/project-folder.ts"
import { PROGRAM, runProgram } from "../e2e/server-process.ts"
import { ScriptedZoekt } from "../workspace/remote/scripted-zoekt.ts"

const SECRET = "AKIAIOSFODNN7REALKEY"
const SHOP = `
  //- /package.json
  {}
  //- /src/price.ts
  export function priceOf(name: string): number {
    return name.length
  }
  const accessKey = "${SECRET}"
  //- /src/cart.ts
  import { priceOf } from "./price"
  export function totalOf(cart: readonly string[]): number {
    return cart.map(name => priceOf(name)).reduce((sum, price) => sum + price, 0)
  }
  //- /src/bill.ts
  import { priceOf } from "./price"
  /* 😀 */ const bill = priceOf("x")
  const again = "${SECRET}"
  //- /.env
  TOKEN=1
  //- /.copilotignore
  cart.ts
`

let project: ProjectFolder
beforeEach(() => {
  project = new ProjectFolder(SHOP)
})
afterEach(() => project[Symbol.dispose]())

/** Runs `pilotlight context` in the project, by a user with these settings; gives the exit code and what was printed. */
function checkContext(
  args: readonly string[],
  settings = "{}",
): { readonly code: number | null; readonly out: string; readonly err: string } {
  return runProgram(project.path, ["context", ...args], { XDG_CONFIG_HOME: configWith(settings) })
}

/** Writes the user's settings; gives the folder of all configuration. */
function configWith(settings: string): string {
  const config = join(project.path, "..config")
  mkdirSync(join(config, "pilotlight"), { recursive: true })
  writeFileSync(join(config, "pilotlight/settings.json"), settings)
  return config
}

test("what would be sent is shown part by part, with tokens, reasons and times", () => {
  const { code, out, err } = checkContext(["src/bill.ts:2:30"])
  expect({ code, err }).toEqual({ code: 0, err: "" })
  expect(out).toMatch(/^== digest, \d+ tokens, signature: project layout, the same all through epoch 1$/m)
  expect(out).toMatch(/^== \w+ src\/price.ts:1-\d, \d+ tokens, \w+: .+\n.*function priceOf/m)
  expect(out).toMatch(/^== before src\/bill.ts:1-2, \d+ tokens, body: the document before the cursor$/m)
  expect(out).toMatch(/^== \d+ tokens \(\w+\) of 4000; indexed in .* s, gathered in .* ms, again in .* ms$/m)
})

test("as JSON the same, and the parts' tokens are what they sum up to", () => {
  const { code, out } = checkContext(["src/bill.ts:2:30", "--budget", "1000", "--json"])
  expect(code).toBe(0)
  const report = JSON.parse(out)
  expect(report).toMatchObject({
    file: "src/bill.ts",
    line: 2,
    column: 30,
    purpose: "complete",
    budget: 1000,
    epoch: 1,
  })
  const parts: readonly { kind: string; path?: string; tokens: number; why: string; text: string }[] =
    report.parts
  expect(parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(report.tokens)
  expect(report.tokens).toBeLessThanOrEqual(1000)
  expect(parts.every(({ why }) => why !== "")).toBe(true)
  expect(parts.map(({ path }) => path)).toContain("src/price.ts")
})

test("an emoji is one column", () => {
  const { out } = checkContext(["src/bill.ts:2:30", "--json"])
  const parts: readonly { kind: string; text: string }[] = JSON.parse(out).parts
  expect(parts.find(({ kind }) => kind === "before")?.text).toMatch(/\* 😀 \*\/ const bill = priceOf\($/)
  expect(parts.find(({ kind }) => kind === "after")?.text).toMatch(/^"x"\)/)
})

test("secrets are hidden, and files that a model must not see leave no trace", () => {
  const { out } = checkContext(["src/bill.ts:2:30", "--budget", "128000", "--purpose", "explain"])
  expect(out).not.toContain(SECRET)
  expect(out).toMatch(/again = "<hidden:[a-z0-9-]+:\d+>"/)
  expect(out).toContain("priceOf")
  expect(out).not.toMatch(/totalOf|TOKEN/)
})

test("of a file that may not leave nothing is shown, and why", () => {
  const refused = (place: string, settings?: string): string => {
    const { code, out, err } = checkContext([place], settings)
    return `${code} ${out}${err}`
  }
  expect(refused(".env:1:1")).toBe(
    "1 pilotlight context: nothing of .env would be sent: it is an environment file\n",
  )
  expect(refused("src/cart.ts:1:1")).toBe(
    "1 pilotlight context: nothing of src/cart.ts would be sent: .copilotignore leaves it out\n",
  )
  expect(refused("src/bill.ts:1:1", '{"privacy": {"deny": ["bill.*"]}}')).toBe(
    "1 pilotlight context: nothing of src/bill.ts would be sent: your settings forbid it\n",
  )
  expect(refused("src/cart.ts:1:1", '{"privacy": {"allow": ["src/cart.ts"]}}')).toMatch(/^0 == /)
})

test("wrong arguments are one sentence", () => {
  const failing = (...args: readonly string[]): string => {
    const { code, out, err } = checkContext(args)
    return `${code} ${out}${err}`.replace(" (see: pilotlight context --help)\n", "")
  }
  expect(failing("src/bill.ts:1:1", "--budget", "499")).toBe(
    "2 pilotlight context: --budget is a whole number from 500 to 128000, not '499'",
  )
  expect(failing("src/bill.ts:1:1", "--budget", "lots")).toMatch(/^2 .*, not 'lots'$/)
  expect(failing("src/bill.ts:1:1", "--purpose", "sell")).toBe(
    "2 pilotlight context: --purpose is one of complete, edit, explain, review, not 'sell'",
  )
  expect(failing("src/bill.ts:99:1")).toBe("1 pilotlight context: src/bill.ts has only 4 lines\n")
})

test("settings that can't be used are told, and nothing leaves while they say what must not", () => {
  const { code, err } = checkContext(["src/bill.ts:1:1"], '{"privacy": ')
  expect(code).toBe(1)
  expect(err).toMatch(/nothing of src\/bill.ts would be sent: your settings forbid it\n/)
  expect(err).toMatch(/settings\.json is not a JSON object\n/)
})

test("the code search of the user's settings is asked to explain, not to complete", async () => {
  const zoekt = await ScriptedZoekt.start([
    { repository: "acme/tax", path: "rate.ts", text: "const rateOf = 1\n", symbols: { rateOf: "constant" } },
  ])
  project.write("/src/tax.ts", 'import { rateOf } from "@acme/tax"\nexport const rate = rateOf\n')
  const env = { ...process.env, XDG_CONFIG_HOME: configWith(`{"remoteIndex": {"zoekt": "${zoekt.url}"}}`) }
  const run = async (purpose: string): Promise<string> => {
    const args = [PROGRAM, "context", "src/tax.ts:2:1", "--purpose", purpose]
    return (await promisify(execFile)(process.execPath, args, { cwd: project.path, env })).stdout
  }
  expect(await run("complete")).not.toContain("acme/tax:")
  expect(zoekt.requests).toBe(0)
  expect(await run("explain")).toMatch(
    /^== definition acme\/tax:rate.ts:1, \d+ tokens, signature: declared in acme\/tax, not checked out\nconst rateOf = 1$/m,
  )
  expect(zoekt.requests).toBe(1)
  await zoekt.stop()
})
