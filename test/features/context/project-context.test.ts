import { join } from "node:path"
import { expect, test } from "vitest"
import { strictLog } from "../../../server/base/log.ts"
import { openHostHere } from "../../e2e/in-process.ts"
import { ProjectFolder, SHOP } from "../../e2e/project-folder.ts"

const { signal } = new AbortController()

test("what an ignore file forbids from now on is in no prompt from then on", async () => {
  using folder = new ProjectFolder(SHOP)
  const host = openHostHere(strictLog())
  const project = host.project([folder.path])
  const { keeper } = project.context
  await project.indexed
  await keeper.refresh(signal)
  expect(keeper.epoch?.digest.text).toContain("formatPrice")
  folder.write("/.aiexclude", "price.ts\n")
  project.workspace.filesChanged([join(folder.path, ".aiexclude")])
  expect(keeper.epoch).toBeNull()
  await keeper.refresh(signal)
  expect(keeper.epoch).toMatchObject({ number: 2 })
  expect(keeper.epoch?.digest.text).not.toContain("formatPrice")
  await host.dispose()
})

test("the digest is made without being asked for, and again once much has changed and it is quiet", async () => {
  using folder = new ProjectFolder(SHOP)
  const begun: string[] = []
  let told = (): void => {}
  const info = (line: string): void => {
    begun.push(line)
    told()
  }
  const epochs = (count: number): Promise<void> =>
    new Promise(resolve => {
      told = () => (begun.filter(line => line.startsWith("epoch")).length >= count ? resolve() : undefined)
      told()
    })
  const host = openHostHere({ ...strictLog(), info })
  const project = host.project([folder.path])
  await epochs(1)
  folder.write("/src/tax.ts", "export const taxRate = 0.2\n")
  project.workspace.filesChanged([join(folder.path, "src/tax.ts")])
  await epochs(2)
  expect(begun.at(-1)).toMatch(
    /^epoch 2 of the project's digest begins, .*: 33 % of the last one were out of date$/,
  )
  await host.dispose()
})
