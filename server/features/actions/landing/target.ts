/** What an instruction is about: the lines of the smallest fitting node around a range. */
export interface Target {
  /** The start of its first line and the end of its last one without the line break, UTF-16 code units. */
  readonly start: number
  readonly end: number
  /** The declared name, which a rewrite has to declare again; null for a statement without one. */
  readonly name: string | null
}

/** How much an instruction needs to see: a statement at least, a whole function or type, or a declaration of the top level. */
export type TargetKind = "statement" | "declaration" | "outermost"
