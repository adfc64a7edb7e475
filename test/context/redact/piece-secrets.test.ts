import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { holdsKeyMark } from "../../../server/context/redact/key-blocks.ts"
import { PieceSecrets } from "../../../server/context/redact/piece-secrets.ts"
import { mulberry32, pickBelow, type Random } from "../../bench/random.ts"
import { plantEverywhere } from "../../bench/redact/plant.ts"
import { plantedSecrets } from "../../bench/redact/secrets.ts"

/** What is found in pieces that come one after another: with what was kept of those before, and anew. */
function checkKept(pieces: readonly string[], kept: PieceSecrets): void {
  expect(kept.find(pieces)).toEqual(new PieceSecrets().find(pieces))
}

/** Pieces of files with secrets in them, of code without, cut anywhere between lines. */
function somePieces(random: Random): readonly string[] {
  const planted = plantedSecrets(random).flatMap(secret => plantEverywhere(secret, random))
  const folder = join(import.meta.dirname, "../../../server/context/redact")
  const code = readdirSync(folder).map(name => readFileSync(join(folder, name), "utf8"))
  const halved = Array.from({ length: 200 }, () => 'const password =\n  "hunter2!x"\nrun()')
  return [...planted.map(({ text }) => text), ...code, ...halved].flatMap(text => cutAtLines(text, random))
}

function cutAtLines(text: string, random: Random): readonly string[] {
  const lines = text.split("\n")
  const pieces: string[] = []
  for (let at = 0; at < lines.length; ) {
    const next = at + 1 + pickBelow(random, 3)
    pieces.push(lines.slice(at, next).join("\n"))
    at = next
  }
  return pieces
}

test("what is found with what was kept is what is found anew, whatever comes, goes and changes places", () => {
  const random = mulberry32(5)
  // Marks of keys have everything looked at anew.
  const pool = somePieces(random).filter(piece => !holdsKeyMark(piece))
  const kept = new PieceSecrets()
  const shown: string[] = []
  for (let step = 0; step < 300; step++) {
    const from = pickBelow(random, pool.length)
    const come = pool.slice(from, from + pickBelow(random, 5))
    shown.splice(pickBelow(random, shown.length), shown.length > 30 ? 5 : pickBelow(random, 2), ...come)
    checkKept(shown, kept)
  }
})

test("a name in one piece tells of a value in the next, also once that was known by itself", () => {
  const kept = new PieceSecrets()
  const value = '  "hunter2!x"'
  const far = "run()\n".repeat(200)
  checkKept([far, value, far], kept)
  checkKept([far, "const password =", value, far], kept)
  expect(kept.find([far, "const password =", value, far])[2]).toEqual([
    { kind: "password", start: 3, end: 12 },
  ])
  checkKept([far, "const password =", far, value], kept)
})

test("a key is hidden as far as it reaches from its mark", () => {
  const kept = new PieceSecrets()
  const body = Array.from({ length: 60 }, () => "Ab3/xY+9".repeat(3)).join("\n")
  const pieces = ["const a = b(c)", body, body, `-----END ${"PRIVATE"} KEY-----`, "b()"]
  checkKept(pieces.slice(0, 3), kept)
  checkKept(pieces, kept)
  expect(kept.find(pieces).map(spans => spans.length)).toEqual([0, 1, 1, 0, 0])
})
