import type { ContextPart } from "./context-part.ts"
import { shortPath } from "./short-path.ts"

/** The parts of one file as a prompt shows them. */
interface FileParts {
  readonly path: string
  readonly score: number
  readonly parts: readonly ContextPart[]
}

/** Lines of a prompt: the header of a file (`part` is null), or a part under it; without a last line break. */
interface RenderedPiece {
  readonly text: string
  /** The absolute path. */
  readonly source: string
  readonly part: ContextPart | null
}

/**
 * The pieces of a selection as they follow each other in a prompt, each in lines of its own: by file, each under a header
 * line with its path from the root, the most useful last, so that it stands next to the code that is worked on.
 */
export function renderParts(
  parts: readonly ContextPart[],
  roots: readonly string[],
): readonly RenderedPiece[] {
  const files = byFile(parts).sort((a, b) => a.score - b.score || (a.path < b.path ? 1 : -1))
  return files.flatMap(({ path, parts }) => [
    { text: `// ${shortPath(path, roots)}`, source: path, part: null },
    ...parts.map(part => ({ text: part.text, source: path, part })),
  ])
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
