import { expect, test } from "vitest"
import { collectGarbage } from "../../server/base/collect-garbage.ts"
import { yieldToLoop } from "../../server/base/time-slice.ts"

test("what nobody holds is gone after garbage was collected", async () => {
  const held = new WeakRef({})
  // A reference is held until the turn of the event loop ends in which it was made.
  await yieldToLoop()
  collectGarbage("all")
  expect(held.deref()).toBeUndefined()
})
