import fc from "fast-check"
import { expect, test } from "vitest"
import { detached } from "../../server/base/detached.ts"

test("a detached string equals the one it was made of, whatever is in it", () => {
  const pieces = fc.constantFrom("a", "é", "漢", "😀", "\ud83d", "\udc00", "\0", "\n")
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), parts => {
      const text = parts.join("")
      expect(detached(`${text}rest`.slice(0, text.length))).toBe(text)
    }),
  )
})
