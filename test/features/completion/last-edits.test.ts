import { expect, test } from "vitest"
import type { TextChange } from "../../../server/base/text-change.ts"
import { LastEdits } from "../../../server/features/completion/last-edits.ts"
import { editedSnapshot, openSnapshot } from "../../../server/workspace/document.ts"
import { FakeClock } from "../../model/fake-clock.ts"

/** The kinds of steps that edits of a text are taken for. */
function checkKinds(
  before: string,
  steps: readonly (readonly [start: number, end: number, text: string])[],
  kinds: readonly string[],
): void {
  const edits = new LastEdits(new FakeClock())
  let document = openSnapshot({ uri: "file:///a", path: null, language: null, version: 0, text: before })
  const seen = steps.map(([start, end, text], version) => {
    const change: TextChange = { start, end, text }
    edits.note(document, [change])
    document = editedSnapshot(document, change, version)
    return edits.last("file:///a")!.kind
  })
  expect(seen).toEqual(kinds)
}

test("what takes back the last step is an undo, the backspace key aside", () => {
  checkKinds(
    "ab",
    [
      [2, 2, "foo"],
      [2, 5, ""],
    ],
    ["insert", "undo"],
  )
  checkKinds(
    "ab",
    [
      [2, 2, "f"],
      [2, 3, ""],
    ],
    ["insert", "delete"],
  )
  checkKinds(
    "foo ab",
    [
      [0, 4, ""],
      [0, 0, "foo "],
    ],
    ["delete", "undo"],
  )
  checkKinds(
    "ab",
    [
      [2, 2, "foo"],
      [5, 5, "x"],
      [5, 6, ""],
      [2, 5, ""],
    ],
    ["insert", "insert", "delete", "undo"],
  )
  checkKinds(
    "ab",
    [
      [0, 1, ""],
      [0, 0, "x"],
    ],
    ["delete", "insert"],
  )
})
