import { relative } from "node:path"
import type { CliIo } from "./io.ts"
import { completeAt, type OpenedProject, openText, type TimedCompletion } from "./opened-project.ts"
import type { SamplePlace } from "./sample-places.ts"

/** Completions that are printed; more are only counted. */
const MOST_PRINTED = 12

/** One place and what the engine said there. */
interface Sample {
  readonly place: SamplePlace
  readonly completion: TimedCompletion
}

/**
 * A session that needs nobody: takes the rest of lines of the project's own files away, and prints what would have been
 * suggested there, with source and latency, then the figures over all places asked.
 */
export function playScript(opened: OpenedProject, places: readonly SamplePlace[], io: CliIo): void {
  const { files: count, lines, seconds } = opened.project.workspace.stats()
  io.stdout(`${opened.root}: ${count} files, ${lines} lines, indexed in ${seconds.toFixed(2)} s\n`)
  io.stdout(
    "The rest of a line is taken away (after the ▸) and asked for; nothing is shown where it is not sure.\n",
  )
  const samples = places.map(place => ask(opened, place))
  for (const sample of longestPerFile(samples)) io.stdout(`\n${describe(opened, sample)}`)
  io.stdout(`\n${figures(samples)}`)
}

function ask(opened: OpenedProject, place: SamplePlace): Sample {
  const document = openText(opened, place.path, place.text)
  const completion = completeAt(opened, document, place.offset)
  opened.project.engine.close(document.uri)
  return { place, completion }
}

/** The longest suggestion of each file, whether right or wrong. */
function longestPerFile(samples: readonly Sample[]): readonly Sample[] {
  const longest = new Map<string, Sample>()
  for (const sample of samples) {
    const known = longest.get(sample.place.path)
    const length = suggested(sample).length
    if (length > (known === undefined ? 0 : suggested(known).length)) longest.set(sample.place.path, sample)
  }
  return [...longest.values()].slice(0, MOST_PRINTED)
}

function suggested({ completion }: Sample): string {
  return completion.suggestions[0]?.text ?? ""
}

function describe({ root }: OpenedProject, { place, completion }: Sample): string {
  const { text, source, confidence } = completion.suggestions[0]!
  const typed = place.text.slice(place.text.lastIndexOf("\n", place.offset - 1) + 1, place.offset).trimStart()
  const head = [
    `${relative(root, place.path)}:${place.line}`,
    source,
    `${Math.round(confidence * 100)} % sure`,
    `${completion.milliseconds.toFixed(1)} ms`,
  ]
  const verdict = isRight(place, text) ? "" : `  in the file: ${place.written.split("\n")[0]}\n`
  return `${head.join("  ")}\n  ${typed}▸${text.replaceAll("\n", "\n  ")}\n${verdict}`
}

/** Whether exactly this text stood there. */
function isRight(place: SamplePlace, text: string): boolean {
  return place.written.startsWith(text)
}

function figures(samples: readonly Sample[]): string {
  const spoken = samples.filter(sample => suggested(sample) !== "")
  const right = spoken.filter(sample => isRight(sample.place, suggested(sample)))
  const times = samples.map(({ completion }) => completion.milliseconds).sort((a, b) => a - b)
  const at = (share: number): string => (times[Math.floor(share * times.length)] ?? 0).toFixed(1)
  return `${samples.length} places asked: ${spoken.length} suggestions, ${right.length} of them exactly what the file says; half within ${at(0.5)} ms, 95 % within ${at(0.95)} ms\n`
}
