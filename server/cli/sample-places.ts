import { extname } from "node:path"
import { LineIndex } from "../base/line-index.ts"
import { ProjectTree } from "../workspace/project-tree.ts"
import { readSource } from "../workspace/read-source.ts"
import type { OpenedProject } from "./opened-project.ts"

/** A place in a project's own file where the rest of a line was taken away, as if someone were about to write it. */
export interface SamplePlace {
  /** Absolute path. */
  readonly path: string
  /** The file's text without the rest of the line; lines end as in the file. */
  readonly text: string
  /** UTF-16 code units into `text`. */
  readonly offset: number
  /** Counted from 1, as editors show it. */
  readonly line: number
  /** What stands from the offset to the end of the file in truth, lines parted by `\n`. */
  readonly written: string
}

/** Files longer than this many bytes are data more often than code. */
const MAX_BYTES = 200_000
/** Lines whose text is shorter have no rest worth completing. */
const SHORTEST_LINE = 16
const COMMENT = /^(\/\/|\/?\*|#|--)/

/** Source files of a project's commonest language, evenly spread over its folders: at most `count` absolute paths. */
export async function sampleFiles(opened: OpenedProject, count: number): Promise<readonly string[]> {
  const files = await projectFiles(opened)
  const byExtension = new Map<string, string[]>()
  for (const path of files) {
    const { languages } = opened.host
    if (languages.byPath(path)?.parser == null || DATA.has(languages.byPath(path)!.name)) continue
    const group = byExtension.get(extname(path)) ?? []
    group.push(path)
    byExtension.set(extname(path), group)
  }
  const commonest = [...byExtension.values()].sort((a, b) => b.length - a.length)[0] ?? []
  return spread(commonest, count)
}

/** Languages that hold data or documents; their lines are poor examples of writing code. */
const DATA: ReadonlySet<string> = new Set(["json", "yaml", "toml", "markdown", "html", "css"])

async function projectFiles({ root, log }: OpenedProject): Promise<readonly string[]> {
  const found: string[] = []
  const tree = await ProjectTree.open([root], log)
  await tree.walk({ files: paths => void found.push(...paths) }, new AbortController().signal)
  return found.sort()
}

/** Places in one file, evenly spread, at most `count`; none if it can't be read. The rest of each line starts at a word. */
export function samplePlaces(path: string, count: number): readonly SamplePlace[] {
  const source = readSource(path, MAX_BYTES)
  if (source.kind === "skip") return []
  const lines = LineIndex.of(source.text)
  const numbers = Array.from({ length: lines.count }, (_, line) => line)
  const long = numbers.filter(line => isCode(lineText(source.text, lines, line).trim()))
  return spread(long, count).map(line => cutAt(path, source.text, lines, line))
}

function isCode(line: string): boolean {
  return line.length >= SHORTEST_LINE && !COMMENT.test(line)
}

function lineText(text: string, lines: LineIndex, line: number): string {
  return text.slice(lines.startOf(line), lines.startOf(line + 1)).replace(/[\r\n]+$/, "")
}

/** Cuts a line near its middle, where a word ends. */
function cutAt(path: string, text: string, lines: LineIndex, line: number): SamplePlace {
  const whole = lineText(text, lines, line)
  const indent = whole.length - whole.trimStart().length
  const middle = indent + Math.floor((whole.length - indent) * 0.4)
  const step = /[\s(.]/.exec(whole.slice(middle))
  const cut = step === null ? middle : middle + step.index + 1
  const start = lines.startOf(line)
  const offset = start + cut
  return {
    path,
    text: text.slice(0, offset) + text.slice(start + whole.length),
    offset,
    line: line + 1,
    written: text.slice(offset).replace(/\r\n?/g, "\n"),
  }
}

/** At most `count` items, evenly spread over all of them, in their order. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = items.length / Math.min(count, items.length)
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor((i + 0.5) * step)]!)
}
