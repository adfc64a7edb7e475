import type { LanguageManifest } from "./manifest.ts"

/** Finds the language of a file or document. Of two manifests that claim the same, the later one wins. */
export class Languages {
  readonly #byName = new Map<string, LanguageManifest>()
  readonly #byLanguageId = new Map<string, LanguageManifest>()
  readonly #byExtension = new Map<string, LanguageManifest>()
  readonly #byFileName = new Map<string, LanguageManifest>()

  constructor(manifests: readonly LanguageManifest[]) {
    for (const manifest of manifests) {
      this.#byName.set(manifest.name, manifest)
      for (const id of manifest.languageIds) this.#byLanguageId.set(id, manifest)
      for (const extension of manifest.extensions) this.#byExtension.set(extension, manifest)
      for (const fileName of manifest.fileNames) this.#byFileName.set(fileName, manifest)
    }
  }

  /** Every language, in the order of the manifests. */
  all(): readonly LanguageManifest[] {
    return [...this.#byName.values()]
  }

  /** The language with a manifest's name. */
  byName(name: string): LanguageManifest | null {
    return this.#byName.get(name) ?? null
  }

  /** The language that an editor calls `languageId`. */
  byLanguageId(languageId: string): LanguageManifest | null {
    return this.#byLanguageId.get(languageId) ?? this.#byName.get(languageId) ?? null
  }

  /** The language of a path with `/` or `\` between its parts: by whole file name, else by the longest extension known. */
  byPath(path: string): LanguageManifest | null {
    const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
    const whole = this.#byFileName.get(name)
    if (whole !== undefined) return whole
    for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
      const found = this.#byExtension.get(name.slice(dot).toLowerCase())
      if (found !== undefined) return found
    }
    return null
  }
}
