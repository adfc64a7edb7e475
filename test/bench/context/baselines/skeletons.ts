import { type Retrieve, type SourceLines, sourcePiece } from "../contestant.ts"
import type { Question } from "../question.ts"
import { wordsIn } from "../words.ts"

/** How far imports are followed. */
const HOPS = 2

/** The skeletons of the imported files, those first of which a name is used nearest; then of what these import. */
export function skeletons(lines: SourceLines): Retrieve {
  return function* (question) {
    const seen = new Set([question.file, -1])
    let files = importedByNearness(question)
    for (let hop = 0; hop < HOPS; hop++) {
      const next: number[] = []
      for (const file of files) {
        if (seen.has(file)) continue
        seen.add(file)
        yield sourcePiece(lines, file, skeletonOf(question, file))
        next.push(...question.truth.importTargets[file]!)
      }
      files = next
    }
  }
}

function skeletonOf({ truth }: Question, file: number): number[] {
  const lines = truth.syntax[file]!.declarations.filter(({ owner }) => owner === null)
  return [...new Set(lines.flatMap(({ skeleton }) => skeleton))].sort((a, b) => a - b)
}

/** The files that a document imports, nearest use of one of their names first. */
function importedByNearness(question: Question): number[] {
  const distances = wordDistances(question)
  const byFile = new Map<number, number>()
  for (const { target, names } of question.imports) {
    const nearest = Math.min(...names.map(({ as }) => distances.get(as) ?? Number.MAX_SAFE_INTEGER))
    byFile.set(target, Math.min(byFile.get(target) ?? Number.MAX_SAFE_INTEGER, nearest))
  }
  return [...byFile].sort((a, b) => a[1] - b[1]).map(([file]) => file)
}

/** How many lines each word stands from the cursor, at the nearest, imports aside. */
function wordDistances({ lines, line, imports }: Question): Map<string, number> {
  const distances = new Map<string, number>()
  lines.forEach((text, at) => {
    if (imports.some(({ first, last }) => first <= at && at <= last)) return
    const distance = Math.abs(at - line)
    for (const word of wordsIn(text)) {
      if (distance < (distances.get(word) ?? Number.MAX_SAFE_INTEGER)) distances.set(word, distance)
    }
  })
  return distances
}
