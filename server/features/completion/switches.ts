import type { DocumentSnapshot } from "../../workspace/document.ts"

/** What can be switched off and on at run time. */
export type Toggled =
  | { readonly what: "all" }
  | { readonly what: "document"; readonly uri: string }
  /** Manifest name of a language. */
  | { readonly what: "language"; readonly language: string }

/** What the user switched off since the start. */
export class Switches {
  #isOff = false
  readonly #documents = new Set<string>()
  readonly #languages = new Set<string>()

  /** Switches off, or on again; whether it is on now. */
  toggle(which: Toggled): boolean {
    switch (which.what) {
      case "all":
        this.#isOff = !this.#isOff
        return !this.#isOff
      case "document":
        return toggled(this.#documents, which.uri)
      case "language":
        return toggled(this.#languages, which.language)
    }
  }

  /** Whether suggestions are off in a document. */
  isOff({ uri, language }: Pick<DocumentSnapshot, "uri" | "language">): boolean {
    return this.#isOff || this.#documents.has(uri) || (language !== null && this.#languages.has(language))
  }
}

function toggled(off: Set<string>, name: string): boolean {
  if (off.delete(name)) return true
  off.add(name)
  return false
}
