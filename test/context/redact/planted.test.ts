import { expect, test } from "vitest"
import { redact } from "../../../server/context/redact/redact.ts"
import { mulberry32 } from "../../bench/random.ts"
import { leakedPiece, type PlantedFile, plantEverywhere } from "../../bench/redact/plant.ts"
import { plantedSecrets } from "../../bench/redact/secrets.ts"
import { type Cut, shownAfter } from "../../bench/redact/shown.ts"

/** Secrets of every format in every language, made up from a seed. */
function plantedFiles(seed: number): readonly PlantedFile[] {
  const random = mulberry32(seed)
  return plantedSecrets(random).flatMap(secret => plantEverywhere(secret, random))
}

/** What a model would see of any of them: format, language and piece. */
function checkLeaks(cut: Cut, seed: number): readonly string[] {
  const random = mulberry32(seed)
  return plantedFiles(seed).flatMap(file => {
    const piece = leakedPiece(shownAfter(cut, file, random), file.secret)
    return piece === null ? [] : [`${file.format} in ${file.language}: ${piece}`]
  })
}

test("there is a secret of every format in every language", () => {
  const files = plantedFiles(1)
  expect(files.length).toBeGreaterThan(2000)
  expect(files.filter(({ text, secret }) => leakedPiece(text, secret) === null)).toEqual([])
})

test("no planted secret leaves in a whole file", () => {
  expect(checkLeaks("whole", 11)).toEqual([])
})

test("no planted secret leaves in a window of lines, wherever it is cut", () => {
  expect(checkLeaks("lines", 12)).toEqual([])
})

test("no planted secret leaves in the halves before and after a cursor", () => {
  expect(checkLeaks("cursor", 13)).toEqual([])
})

test("what is redacted stays as it is, and is restored whole into its own file", () => {
  for (const { text } of plantedFiles(14)) {
    const once = redact(text, "file")
    expect(redact(once.text, "file").text).toBe(once.text)
    expect(once.redactions.restore(once.text, "file")).toBe(text)
  }
})
