import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { redact } from "../../../server/context/redact/redact.ts"
import type { Bench, Figures } from "../bench.ts"
import { fetchPackage } from "../corpus/fetch.ts"
import { MANY_FILES } from "../corpus/packages.ts"
import { mulberry32 } from "../random.ts"
import { rounded } from "../table.ts"
import { leakedPiece, type PlantedFile, plantEverywhere } from "./plant.ts"
import { plantedSecrets } from "./secrets.ts"
import { type Cut, shownAfter } from "./shown.ts"

/** Seeds of made-up secrets; each gives every format in every language that it can stand in. */
const SEEDS: readonly number[] = [1, 2, 3, 4]
/** Files above this many bytes are no code that anybody wrote. */
const MAX_BYTES = 400_000
const TEXTS = /\.(?:[cm]?[jt]sx?|json|md|css|html|ya?ml)$/
/** 128k tokens at 4 characters each, and what an answer at a keystroke holds. */
const PROMPT_UNITS = 524_288
const KEYSTROKE_UNITS = 16_384
const RUNS = 20

const CUTS: readonly Cut[] = ["whole", "lines", "cursor"]

/**
 * Plants secrets of every format, in every language, whole and cut at the edges of windows and at cursors, and counts those
 * that still show; then redacts the pinned packages, which hold none worth hiding, and lists what is found there.
 */
export const redactBench: Bench = async world => {
  const planted = plantAll(world.say)
  const pinned = redactPackages(world.corpus, world.say)
  return { ...planted, ...pinned.figures, ...speed(pinned.sample) }
}

function plantAll(say: (line: string) => void): Figures {
  let [planted, leaked] = [0, 0]
  for (const cut of CUTS) {
    const shown = SEEDS.flatMap(seed => shownOf(cut, seed))
    const leaks = shown.filter(({ piece }) => piece !== null)
    for (const { file, piece } of leaks) say(`leaked (${cut}): ${file.format} in ${file.language}: ${piece}`)
    say(`${cut}: ${shown.length} planted, ${leaks.length} leaked`)
    planted += shown.length
    leaked += leaks.length
  }
  return { planted, leaked }
}

/** Every file of one seed with the piece of its secret that a model would see. */
function shownOf(cut: Cut, seed: number): readonly { file: PlantedFile; piece: string | null }[] {
  const random = mulberry32(seed)
  const files = plantedSecrets(random).flatMap(secret => plantEverywhere(secret, random))
  return files.map(file => ({ file, piece: leakedPiece(shownAfter(cut, file, random), file.secret) }))
}

function redactPackages(corpus: string, say: (line: string) => void): { figures: Figures; sample: string } {
  let [lines, bytes, found, ms] = [0, 0, 0, 0]
  let sample = ""
  for (const folder of MANY_FILES.map(release => packageFolder(corpus, release))) {
    for (const path of textFiles(folder)) {
      const text = readFileSync(path, "utf8")
      const began = performance.now()
      const redacted = redact(text, path)
      ms += performance.now() - began
      bytes += Buffer.byteLength(text)
      lines += text.split("\n").length
      found += redacted.found.length
      for (const { kind, start, end } of redacted.found) {
        say(`found: ${kind} in ${relative(corpus, path)}: ${text.slice(start, end).slice(0, 60)}`)
      }
      if (sample.length < PROMPT_UNITS) sample += text
    }
  }
  const perTenThousandLines = rounded((10_000 * found) / lines)
  return {
    figures: { falsePositives: found, lines, perTenThousandLines, mbPerSecond: rounded(bytes / 1000 / ms) },
    sample,
  }
}

function packageFolder(corpus: string, release: string): string {
  const at = release.lastIndexOf("@")
  return fetchPackage(corpus, release.slice(0, at), release.slice(at + 1))
}

function textFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map(path => join(folder, path))
    .filter(path => TEXTS.test(path) && statSync(path).isFile() && statSync(path).size <= MAX_BYTES)
    .sort()
}

/** The median time of one redaction, ms. */
function speed(sample: string): Figures {
  const median = (text: string): number => {
    const times = Array.from({ length: RUNS }, () => {
      const began = performance.now()
      redact(text, "prompt")
      return performance.now() - began
    })
    return rounded(times.sort((a, b) => a - b)[RUNS / 2]!)
  }
  return {
    promptMs: median(sample.slice(0, PROMPT_UNITS)),
    keystrokeMs: median(sample.slice(0, KEYSTROKE_UNITS)),
  }
}
