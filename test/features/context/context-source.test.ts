import { basename, join } from "node:path"
import { expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import { estimateTokens } from "../../../server/context/token-estimate.ts"
import type { Clock } from "../../../server/model/clock.ts"
import { uriOfPath } from "../../../server/workspace/file-uri.ts"
import { openHostHere } from "../../e2e/in-process.ts"
import { ProjectFolder } from "../../e2e/project-folder.ts"
import { parseFixture } from "../../fixture.ts"
import { FakeClock } from "../../model/fake-clock.ts"

const SHOP = `
  //- /src/price.ts
  export function localPrice(cents: number): string {
    const shillings = cents
    return String(shillings)
  }
  //- /src/app.ts
  import { localPrice } from "./price"
  export const shown = localPrice(<|>)
`
const { signal } = new AbortController()

/** On it, every time that is waited for is over at once. */
class HurriedClock extends FakeClock {
  override after(ms: number, run: () => void): ReturnType<Clock["after"]> {
    const timer = super.after(ms, run)
    this.advance(ms)
    return timer
  }
}

/** The files whose texts the context to complete with lacks, asked for by a new client on this clock. */
async function checkLacked(clock: Clock, expected: readonly string[]): Promise<void> {
  using folder = new ProjectFolder(SHOP)
  const { path, text, cursors } = parseFixture(SHOP).files[1]!
  const host = openHostHere(strictLog())
  const project = host.project([folder.path])
  await project.indexed
  await project.workspace.importsSettled()
  const documents = host.documents(project)
  const uri = uriOfPath(join(folder.path, path))
  documents.open(uri, "", 1, text)
  await documents.settled()
  await project.context.keeper.refresh(signal)
  const query = {
    document: documents.get(uri)!,
    offset: cursors[0]!,
    purpose: "complete",
    budget: 4000,
    countTokens: estimateTokens,
  } as const
  const { wanted } = await project.context.sourceFor(documents, clock).gather(query, signal)
  await host.dispose()
  expect(wanted.map(each => basename(each))).toEqual(expected)
}

test("a key waits for texts as long as its time is not over", async () => {
  await checkLacked(new FakeClock(), [])
})

test("a key whose time is over goes without the texts that are not read yet", async () => {
  await checkLacked(new HurriedClock(), ["price.ts"])
})
