/** Something in a document that is worth knowing, found by a rule or a model. Offsets are UTF-16 code units, ends exclusive. */
export interface Finding {
  /** Name of the rule; the code that editors show. */
  readonly rule: string
  /** A sentence for the user. */
  readonly message: string
  /** A hint only offers newer syntax. */
  readonly severity: "warning" | "information" | "hint"
  readonly start: number
  readonly end: number
  readonly tags: readonly ("unnecessary" | "deprecated")[]
  readonly fixes: readonly Fix[]
  /** Whether a model found it, and made its fixes; a rule did if not. */
  readonly byModel: boolean
}

/** A change that settles a finding. */
export interface Fix {
  readonly title: string
  /** `refactor.rewrite` where nothing is wrong with the code as it is. */
  readonly kind: "quickfix" | "refactor.rewrite"
  /** Sorted, never overlapping. */
  readonly edits: readonly FixEdit[]
}

/** The text between two offsets becomes `text`. */
interface FixEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}
