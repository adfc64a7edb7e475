/** A vocabulary that models of some years share. */
export type TokenEncoding = "o200k_base" | "cl100k_base"

/** The vocabulary of a model by its name: the newest for a name that is not known, whoever made the model. */
export function encodingOf(model: string): TokenEncoding {
  return /(?:^|\/)(?:gpt-4(?![o.\d])|gpt-3\.?5|text-embedding-)/.test(model) ? "cl100k_base" : "o200k_base"
}
