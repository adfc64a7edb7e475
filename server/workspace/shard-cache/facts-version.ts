import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import type { LanguageManifest } from "../../syntax/manifest.ts"

/** What finds the facts in a content. */
export interface FactsSource {
  /** Path of the bundled parse child. */
  readonly childEntry: string
  readonly languages: readonly LanguageManifest[]
  /** Folders whose `node_modules`, or those above, hold the parsers. */
  readonly grammarFolders: readonly string[]
}

/**
 * A hash that is another one whenever the same content could give other facts: of the program that reads files, the
 * languages' manifests, and which parsers are installed in which version. Never rejects: what is missing counts as missing.
 */
export async function factsVersion({ childEntry, languages, grammarFolders }: FactsSource): Promise<string> {
  const hash = createHash("sha1")
  hash.update(await bytesOf(childEntry))
  hash.update(JSON.stringify(languages, plainValue))
  const packages = languages.flatMap(({ parser }) => (parser === null ? [] : [parser.package]))
  const names = [...new Set(packages)].sort()
  for (const bytes of await Promise.all(names.map(name => installed(name, grammarFolders))))
    hash.update(bytes)
  return hash.digest("hex")
}

/** The `package.json` of a package where it is installed first; no bytes if it is not. */
async function installed(name: string, folders: readonly string[]): Promise<Uint8Array> {
  for (const folder of folders) {
    for (const modules of createRequire(join(folder, "package.json")).resolve.paths(name) ?? []) {
      const bytes = await bytesOf(join(modules, name, "package.json"))
      if (bytes.length > 0) return bytes
    }
  }
  return Buffer.from(`no ${name}`)
}

/** No bytes for a file that can't be read. */
function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch(() => new Uint8Array())
}

function plainValue(_key: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value
}
