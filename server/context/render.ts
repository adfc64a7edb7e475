import type { ContextPart } from "./context-part.ts"
import { shortPath } from "./short-path.ts"

/** The parts of one file as a prompt shows them. */
interface FileParts {
  readonly path: string
  readonly score: number
  readonly parts: readonly ContextPart[]
}

/**
 * The text of a selection as it goes into a prompt: by file, each under a header line with its path from the root, the most
 * useful last, so that it stands next to the code that is worked on. Ends with a line break unless it is empty.
 */
export function renderParts(parts: readonly ContextPart[], roots: readonly string[]): string {
  const files = byFile(parts).sort((a, b) => a.score - b.score || (a.path < b.path ? 1 : -1))
  return files.map(file => `// ${shortPath(file.path, roots)}\n${textOf(file)}`).join("")
}

function byFile(parts: readonly ContextPart[]): FileParts[] {
  const files = new Map<string, ContextPart[]>()
  for (const part of parts) {
    const known = files.get(part.path)
    if (known === undefined) files.set(part.path, [part])
    else known.push(part)
  }
  return [...files].map(([path, own]) => ({
    path,
    score: Math.max(...own.map(({ score }) => score)),
    parts: own.sort((a, b) => a.startLine - b.startLine || a.endLine - b.endLine),
  }))
}

function textOf({ parts }: FileParts): string {
  return parts.map(({ text }) => `${text}\n`).join("")
}
