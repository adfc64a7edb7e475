import type { SymbolHit, SymbolIndex } from "../workspace/file-facts.ts"
import type { ResolvedImport } from "../workspace/imports/resolver-disk.ts"
import type { CentralSymbols } from "./central-symbols.ts"

/** What the imports of the project's files lead to. */
interface ImportView {
  /** The imports of a file in the order written, each with the file it leads to. */
  targetsOf(path: string): readonly ResolvedImport[]
  /** The files that import a file. */
  importersOf(path: string): readonly string[]
  /** What another file gets under a name from a file: the declaration itself, through re-exports; null if it is unknown. */
  exportedFrom(path: string, name: string): SymbolHit | null
}

/** One edit the user made lately, as whole lines. */
export interface RecentEdit {
  readonly path: string
  /** Zero-based line of the first line of `after`. */
  readonly startLine: number
  /** Lines joined by "\n", without a last break; empty for a pure insertion. */
  readonly before: string
  /** Lines joined by "\n", without a last break; empty for a pure deletion. */
  readonly after: string
}

/** A problem that some server reported. */
export interface ContextDiagnostic {
  readonly path: string
  /** Zero-based. */
  readonly line: number
  readonly message: string
  readonly severity: "error" | "warning" | "information" | "hint"
}

/**
 * All that context is made from: immutable for the length of one call, no I/O behind it.
 * What is not in memory is null, and named to the caller in `ContextSelection.wanted`.
 */
export interface ProjectView {
  readonly index: SymbolIndex
  readonly imports: ImportView
  /** The text of a file if it is in memory, else null. */
  textOf(path: string): string | null
  /** Latest first. */
  readonly edits: readonly RecentEdit[]
  readonly diagnostics: readonly ContextDiagnostic[]
  /** Open documents, the one used last first. */
  readonly openPaths: readonly string[]
  /** What the project's files lean on most; null until it was counted. */
  readonly central: CentralSymbols | null
}
