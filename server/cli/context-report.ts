import { relative } from "node:path"
import type { PromptPiece } from "../features/context/prompt-context.ts"

/** What a prompt would hold, and what it cost to find. */
export interface ContextReport {
  /** Absolute folder of the project. */
  readonly root: string
  readonly file: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly purpose: string
  /** Tokens. */
  readonly budget: number
  /** Name of the vocabulary that tokens are counted with. */
  readonly encoding: string
  readonly epoch: number
  /** In the order in which they are named; tokens are those of the text alone. */
  readonly pieces: readonly (PromptPiece & { readonly tokens: number })[]
  readonly indexSeconds: number
  /** Milliseconds with nothing of it in memory, and once it is. */
  readonly coldMs: number
  readonly warmMs: number
}

/** One line of JSON; paths from the project's folder, lines counted from 1. */
export function reportAsJson({ root, pieces, ...report }: ContextReport): string {
  const parts = pieces.map(piece => {
    const { path, repository, startLine, endLine, kind, detail, tokens, why, text } = piece
    const place = path === null ? {} : { path: pathOf(piece, root), startLine: startLine + 1, endLine }
    return { kind, ...(repository === null ? {} : { repository }), ...place, detail, tokens, why, text }
  })
  return `${JSON.stringify({ ...report, tokens: tokensOf(pieces), parts })}\n`
}

/** A heading and the text of each piece, and a line about all of them. */
export function reportAsText(report: ContextReport): string {
  const { root, pieces, budget, encoding, indexSeconds, coldMs, warmMs } = report
  const shown = pieces.map(piece => `${headingOf(piece, root)}\n${piece.text.replace(/\n$/, "")}\n\n`)
  const costs = `indexed in ${indexSeconds.toFixed(2)} s, gathered in ${coldMs.toFixed(1)} ms, again in ${warmMs.toFixed(1)} ms`
  return `${shown.join("")}== ${tokensOf(pieces)} tokens (${encoding}) of ${budget}; ${costs}\n`
}

function headingOf(piece: ContextReport["pieces"][number], root: string): string {
  const { kind, path, repository, startLine, endLine, detail, tokens, why } = piece
  const lines = endLine - startLine > 1 ? `${startLine + 1}-${endLine}` : `${startLine + 1}`
  const from = repository === null ? "" : `${repository}:`
  const place = path === null ? "" : ` ${from}${pathOf(piece, root)}:${lines}`
  return `== ${kind}${place}, ${tokens} tokens, ${detail}: ${why}`
}

/** From the top of the project, or of the repository that the piece comes from. */
function pathOf({ path, repository }: PromptPiece, root: string): string {
  if (path === null || repository !== null) return path ?? ""
  return relative(root, path)
}

function tokensOf(pieces: ContextReport["pieces"]): number {
  return pieces.reduce((sum, { tokens }) => sum + tokens, 0)
}
