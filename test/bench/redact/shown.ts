import { redact, redactHalves } from "../../../server/context/redact/redact.ts"
import { Redactions } from "../../../server/context/redact/redactions.ts"
import { pickBelow, type Random } from "../random.ts"
import type { PlantedFile } from "./plant.ts"

/** How a file gets into a prompt: whole, as some of its lines, or cut in two at a cursor near its secret. */
export type Cut = "whole" | "lines" | "cursor"

/** What a model would be sent of a file, redacted as prompts are. */
export function shownAfter(cut: Cut, file: PlantedFile, random: Random): string {
  if (cut === "whole") return redact(file.text, "file").text
  return cut === "lines" ? linesOf(file, random) : halvesOf(file, random)
}

/** A window of whole lines between other text. */
function linesOf({ text }: PlantedFile, random: Random): string {
  const lines = text.split("\n")
  const first = pickBelow(random, lines.length)
  const window = lines.slice(first, first + 1 + pickBelow(random, lines.length - first)).join("\n")
  const head = "// other.ts\n"
  const prompt = `${head}${window}\n// end\n`
  const edges = [0, head.length, head.length + window.length, prompt.length]
  return redact(prompt, "prompt", new Redactions(), edges).text
}

/** What stands before a cursor and what after it, each redacted in sight of the other, then the prompt of both. */
function halvesOf({ text, start, end }: PlantedFile, random: Random): string {
  const cursor = start + pickBelow(random, end - start)
  const redactions = new Redactions()
  const [before, after] = redactHalves(text, { start: 0, cursor, end: text.length }, "file", redactions)
  const mark = "<|cursor|>"
  const edges = [before.length, before.length + mark.length]
  return redact(before + mark + after, "prompt", redactions, edges).text
}
