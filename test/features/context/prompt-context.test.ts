import { join } from "node:path"
import { expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import type { ContextPurpose } from "../../../server/context/context-request.ts"
import {
  type PromptContext,
  promptContext,
  type RefusedPrompt,
} from "../../../server/features/context/prompt-context.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import { openHostHere } from "../../e2e/in-process.ts"
import { ProjectFolder } from "../../e2e/project-folder.ts"
import { parseFixture } from "../../fixture.ts"
import { type IndexedFile, ScriptedZoekt } from "../../workspace/remote/scripted-zoekt.ts"

const SHOP = `
  //- /src/price.ts
  export function localPrice(cents: number): string {
    return String(cents)
  }
  //- /src/app.ts
  import { localPrice } from "./price"
  import { invoiceTotal, neverUsed } from "@acme/billing"
  import * as tax from "@acme/tax"
  import { readFileSync } from "node:fs"
  const localOnly = 1
  export function show(): string {
    return localPrice(invoiceTotal(tax.rateOf(localOnly), readFileSync("x")))<|>
  }
`
const INVOICE: IndexedFile = {
  repository: "github.com/acme/billing",
  path: "src/invoice.ts",
  text: "export function invoiceTotal(rate: number): number {\n",
  symbols: { invoiceTotal: "function" },
}
const RATE: IndexedFile = {
  repository: "github.com/acme/tax",
  path: "rates.ts",
  text: "const a = 1\nexport const rateOf = (n: number): number => n\n",
  symbols: { rateOf: "constant" },
}

interface Asked {
  readonly prompt: PromptContext | RefusedPrompt
  readonly zoekt: ScriptedZoekt
}

interface Case {
  readonly fixture?: string
  readonly purpose?: ContextPurpose
  readonly elsewhere?: readonly IndexedFile[]
  readonly budget?: number
  readonly silent?: boolean
}

/** Composes the prompt at the cursor of a fixture, with these files on another machine that is asked or says nothing. */
async function checkPrompt(given: Case): Promise<Asked> {
  const {
    fixture = SHOP,
    purpose = "explain",
    elsewhere = [INVOICE, RATE],
    budget = 4000,
    silent = false,
  } = given
  using project = new ProjectFolder(fixture)
  const zoekt = await ScriptedZoekt.start(elsewhere)
  if (silent)
    zoekt.troubles.push(
      () => {},
      () => {},
    )
  const { path, text, cursors } = parseFixture(fixture).files.find(each => each.cursors.length > 0)!
  const remoteIndex = { url: zoekt.url, key: null, deadlineMs: silent ? 50 : 5_000, except: [] }
  const host = openHostHere(strictLog(), { remoteIndex })
  const opened = host.project([project.path])
  await opened.indexed
  await opened.workspace.importsSettled()
  const documents = host.documents(opened)
  const uri = uriOfPath(join(project.path, path))
  documents.open(uri, "", 1, text)
  await documents.settled()
  const { signal } = new AbortController()
  await opened.context.keeper.refresh(signal)
  const { epoch } = opened.context.keeper
  const source = opened.context.sourceFor(documents)
  const query = { document: documents.get(uri)!, offset: cursors[0]!, purpose, budget }
  const prompt = await promptContext(query, { source, epoch, remote: host.remote }, signal)
  await host.dispose()
  await zoekt.stop()
  return { prompt, zoekt }
}

/** What a prompt tells of other machines' code: where it stands, why it is there, its text. */
function remoteParts(prompt: PromptContext | RefusedPrompt): readonly string[] {
  if (prompt.refused) throw new Error(prompt.reason)
  return prompt.pieces.flatMap(({ repository, path, startLine, why, text }) =>
    repository === null ? [] : [`${repository} ${path}:${startLine} (${why}) ${text}`],
  )
}

test("names that are imported from code that is not here, and used near, are looked up on the other machine", async () => {
  const { prompt, zoekt } = await checkPrompt({})
  expect(remoteParts(prompt)).toEqual([
    "github.com/acme/tax rates.ts:1 (declared in github.com/acme/tax, not checked out) " +
      "export const rateOf = (n: number): number => n",
    "github.com/acme/billing src/invoice.ts:0 (declared in github.com/acme/billing, not checked out) " +
      "export function invoiceTotal(rate: number): number {",
  ])
  expect(zoekt.queries.map(query => /\^(\w+)/.exec(query)?.[1]).sort()).toEqual(["invoiceTotal", "rateOf"])
  const { context } = prompt as PromptContext
  expect(context).toContain("// github.com/acme/billing/src/invoice.ts\nexport function invoiceTotal")
  expect(context.indexOf("localPrice(cents")).toBeGreaterThan(context.indexOf("invoiceTotal(rate"))
})

test("what completes never asks the other machine", async () => {
  const { prompt, zoekt } = await checkPrompt({ purpose: "complete" })
  expect(remoteParts(prompt)).toEqual([])
  expect(zoekt.requests).toBe(0)
})

test("of a document that may not leave no name is sent", async () => {
  const fixture = `${SHOP}  //- /.aiexclude\n  app.ts\n`
  const { prompt, zoekt } = await checkPrompt({ fixture })
  expect(prompt).toEqual({ refused: true, reason: ".aiexclude leaves it out" })
  expect(zoekt.requests).toBe(0)
})

test("what may not leave here may not come back from the other machine, and its secrets are hidden", async () => {
  const secret = "AKIAIOSFODNN7REALKEY"
  const fixture = `${SHOP}  //- /.aiexclude\n  rates.ts\n`
  const invoice = { ...INVOICE, text: `export const invoiceTotal = connect("${secret}")\n` }
  const { prompt } = await checkPrompt({ fixture, elsewhere: [invoice, RATE] })
  const [told, ...others] = remoteParts(prompt)
  expect(told).toMatch(/invoiceTotal = connect\("<hidden:[a-z0-9-]+:\d+>"\)$/)
  expect(others).toEqual([])
  expect(JSON.stringify(prompt)).not.toContain(secret)
})

test("a small budget leaves out what does not fit", async () => {
  const long = { ...INVOICE, text: `export function invoiceTotal(${"rate: number, ".repeat(25)}) {\n` }
  const { prompt } = await checkPrompt({ elsewhere: [long, RATE], budget: 500 })
  expect(remoteParts(prompt).join()).toMatch(/^github.com\/acme\/tax/)
})

test("a machine that says nothing is not waited for", async () => {
  const { prompt } = await checkPrompt({ silent: true })
  expect(remoteParts(prompt)).toEqual([])
  expect((prompt as PromptContext).context).toContain("localPrice(cents")
})
