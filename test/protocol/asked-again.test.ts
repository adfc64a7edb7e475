import { expect, test } from "vitest"
import { AskedAgain } from "../../server/protocol/asked-again.ts"
import { openSnapshot } from "../../server/workspace/document.ts"

const document = (text: string): ReturnType<typeof openSnapshot> =>
  openSnapshot({ uri: "untitled:1", path: null, language: null, version: 1, text })

test("the same question after a while is somebody's own; in a burst, or of another text or place, it is not", () => {
  const [one, other] = [document("a"), document("a")]
  const asked = new AskedAgain()
  const answers = [
    asked.take(one, 1, 1000),
    asked.take(one, 1, 1002),
    asked.take(one, 1, 1200),
    asked.take(one, 1, 1500),
    asked.take(one, 0, 2000),
    asked.take(other, 0, 3000),
    asked.take(other, 0, 4000),
  ]
  expect(answers).toEqual([false, false, false, true, false, false, true])
})
