import { join } from "node:path"
import { expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import { promptContext } from "../../../server/features/context/prompt-context.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import { mulberry32, pickBelow, type Random } from "../../bench/random.ts"
import { PASSWORD_NAMES, SECRET_NAMES } from "../../bench/redact/places.ts"
import { leakedPiece } from "../../bench/redact/plant.ts"
import { type Planted, plantedSecrets } from "../../bench/redact/secrets.ts"
import { openHostHere } from "../../e2e/in-process.ts"
import { ProjectFolder } from "../../e2e/project-folder.ts"

/** A project full of secrets: one in each library file, all of them again in the document that uses these. */
interface SecretProject {
  readonly libraries: readonly string[]
  readonly app: string
  readonly secrets: readonly Planted[]
}

const BUDGETS: readonly number[] = [500, 1_500, 4_000, 16_000, 64_000]
const SEEDS: readonly number[] = [21, 22, 23]
const PLACES_PER_SEED = 24

function plantedProject(seed: number): SecretProject {
  const random = mulberry32(seed)
  const secrets = plantedSecrets(random)
  const libraries = secrets.map((planted, at) => libraryWith(planted, at, random))
  const imports = secrets.map((_, at) => `import { send${at}, Kept${at} } from "./library${at}"\n`).join("")
  const uses = secrets.map(
    (planted, at) => `function run${at}(kept: Kept${at}): void {
  ${statementWith(planted, random)}
  send${at}(kept)
}
`,
  )
  return { libraries, app: imports + uses.join(""), secrets }
}

/** A default value that the end of a long signature may cut, a field, and a body. */
function libraryWith(planted: Planted, at: number, random: Random): string {
  const name = nameFor(planted, random)
  const literal = literalOf(planted)
  const others = "to: Address, ".repeat(pickBelow(random, 12)) + "x".repeat(pickBelow(random, 14))
  return `export function send${at}(${others}: Kept${at}, ${name} = ${literal}): void {
  connect(${name})
}
export class Kept${at} {
  static ${name}: string = ${literal}
}
${"// nothing to see here\n".repeat(pickBelow(random, 4))}${statementWith(planted, random)}
`
}

function statementWith(planted: Planted, random: Random): string {
  return planted.text ?? `const ${nameFor(planted, random)} = ${literalOf(planted)}`
}

function nameFor({ use }: Planted, random: Random): string {
  const names = use === "password" ? PASSWORD_NAMES : SECRET_NAMES
  const usable = names.filter(name => /^\w+$/.test(name))
  return usable[pickBelow(random, usable.length)]!
}

function literalOf({ text, mark = "", secret }: Planted): string {
  return text === undefined ? `"${mark}${secret}"` : `\`${text}\``
}

/** Places in a text: in and at the ends of secrets, and anywhere. */
function placesIn(text: string, secrets: readonly Planted[], random: Random): readonly number[] {
  return Array.from({ length: PLACES_PER_SEED }, (_, each) => {
    if (each % 3 === 0) return pickBelow(random, text.length + 1)
    const { secret } = secrets[pickBelow(random, secrets.length)]!
    return Math.max(0, text.indexOf(secret)) + pickBelow(random, secret.length + 1)
  })
}

/** What prompts at many places of a project, with budgets small and large, show of its secrets, once some were typed. */
async function checkLeaks(
  { libraries, app, secrets }: SecretProject,
  seed: number,
): Promise<readonly string[]> {
  using project = new ProjectFolder("")
  libraries.forEach((text, at) => {
    project.write(`/library${at}.ts`, text)
  })
  const host = openHostHere(strictLog())
  const opened = host.project([project.path])
  await opened.indexed
  await opened.workspace.importsSettled()
  const documents = host.documents(opened)
  const uri = uriOfPath(join(project.path, "app.ts"))
  documents.open(uri, "", 1, app)
  await documents.settled()
  const { signal } = new AbortController()
  await opened.context.keeper.refresh(signal)
  const { epoch } = opened.context.keeper
  const source = opened.context.sourceFor(documents)
  const random = mulberry32(seed)
  const leaks: string[] = []
  let version = 1
  for (const place of placesIn(app, secrets, random)) {
    const before = documents.get(uri)!
    const change = { start: place, end: place, text: pickBelow(random, 2) === 0 ? "\n" : "x" }
    documents.change(uri, [change], ++version)
    const document = documents.get(uri)!
    source.changed(before, document, [change])
    const budget = BUDGETS[pickBelow(random, BUDGETS.length)]!
    const purpose = place % 2 === 0 ? "complete" : "edit"
    const prompt = await promptContext(
      { document, offset: place, purpose, budget },
      { source, epoch, remote: null },
      signal,
    )
    if (prompt.refused) throw new Error(prompt.reason)
    const shown = [prompt.stable, prompt.context, prompt.before, prompt.after].join("\n")
    for (const { format, secret } of secrets) {
      const piece = leakedPiece(shown, secret)
      if (piece !== null) leaks.push(`${format} at ${place} of ${budget}: ${piece}`)
    }
  }
  await host.dispose()
  return leaks
}

test.each(SEEDS)("no secret of a project leaves in any prompt (%i)", async seed => {
  expect(await checkLeaks(plantedProject(seed), seed)).toEqual([])
})
