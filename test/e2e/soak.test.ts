import { afterAll, expect, test } from "vitest"
import { collectGarbage } from "../../server/base/collect-garbage.ts"
import { settingsFor } from "../model/model-fixture.ts"
import { FakeEditor } from "./fake-editor.ts"
import { serveInProcess } from "./in-process.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { spawnServer } from "./server-process.ts"
import { Storm } from "./storm.ts"
import { TroubledModel } from "./troubled-model.ts"

const SEED = 20261120
const MB = 1 << 20

const project = new ProjectFolder(SHOP)
afterAll(() => project[Symbol.dispose]())

const uris = ["untitled:0", project.uri("/src/storm-1.ts"), project.uri("/src/storm-2.ts")]

/** So many steps; now and then the server gets to answer, at moments that the seed decides. */
async function blow(storm: Storm, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    storm.step()
    if (step % 3 === 0) await new Promise(resolve => setImmediate(resolve))
    if (step % 60 === 59) await storm.calm()
  }
  await storm.calm()
}

/** Bytes in use in this process, the memory outside the heap with them, when all garbage is gone. */
function bytesInUse(): number {
  collectGarbage("all")
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test("20,000 random steps over a model full of troubles: all answered once, all in range, no memory lost", {
  timeout: 120_000,
}, async () => {
  await using model = await TroubledModel.start(SEED)
  const settings = settingsFor("openai", model.baseUrl)
  const editor = new FakeEditor(serveInProcess(project.path, "/nonexistent", { model: settings }), {
    roots: [project.path],
  })
  await editor.initialize()
  const storm = new Storm(editor, { seed: SEED, uris, disturb: random => model.disturb(random) })
  await blow(storm, 5_000)
  const early = bytesInUse()
  await blow(storm, 15_000)
  const late = bytesInUse()
  expect((late - early) / MB).toBeLessThan(8)
  expect(storm.answered).toBeGreaterThan(5_000)
  expect(storm.filled).toBeGreaterThan(50)
  expect(model.asks).toBeGreaterThan(30)
  expect(model.openSockets).toBeLessThan(4)
  await editor.indexed()
  editor.takeWarnings()
  editor.take("window/showMessage")
  await editor.close()
})

test("a storm of 2,000 steps is answered without a fault by the program", async () => {
  const editor = new FakeEditor(spawnServer(project.path), { roots: [project.path] })
  await editor.initialize()
  const storm = new Storm(editor, { seed: SEED, uris })
  await blow(storm, 2_000)
  expect(storm.answered).toBeGreaterThan(500)
  await editor.indexed()
  await editor.close()
})
