import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { PINNED, type PinnedPackage } from "./packages.ts"

/** The folder that keeps unpacked packages: `PILOTLIGHT_CORPUS`, else in the user's cache folder. */
export function corpusFolder(environment: NodeJS.ProcessEnv): string {
  const cache = environment["XDG_CACHE_HOME"] || join(homedir(), ".cache")
  return environment["PILOTLIGHT_CORPUS"] || join(cache, "pilotlight", "corpus")
}

/**
 * The folder of one pinned release's unpacked package, fetched with npm if the corpus does not have it yet.
 * Throws Error with one sentence if the release is not pinned, can't be fetched, or does not have the pinned integrity.
 */
export function fetchPackage(corpus: string, name: string, version: string): string {
  const pinned = PINNED.find(entry => entry.name === name && entry.version === version)
  if (!pinned) throw new Error(`${name}@${version} is not pinned in test/bench/corpus/packages.ts`)
  const folder = join(corpus, `${name.replace("@", "").replace("/", "-")}-${version}`)
  if (!existsSync(folder)) unpack(pinned, corpus, folder)
  return join(folder, "package")
}

/** The folder of the sources in an unpacked package: `src` where there is one, else all of it. */
export function sourceFolder(packageFolder: string): string {
  const sources = join(packageFolder, "src")
  return existsSync(sources) ? sources : packageFolder
}

/** Whether bytes have an integrity of the form `sha512-BASE64`. */
export function hasIntegrity(bytes: Uint8Array, integrity: string): boolean {
  return integrity === `sha512-${createHash("sha512").update(bytes).digest("base64")}`
}

/** Invariant: `folder` appears only when it is complete, by a rename within the corpus. */
function unpack(pinned: PinnedPackage, corpus: string, folder: string): void {
  mkdirSync(corpus, { recursive: true })
  const scratch = mkdtempSync(join(corpus, ".fetch-"))
  try {
    const tarball = join(scratch, pack(pinned, scratch))
    if (!hasIntegrity(readFileSync(tarball), pinned.integrity)) {
      throw new Error(`${pinned.name}@${pinned.version} does not have its pinned integrity`)
    }
    const unpacked = join(scratch, "unpacked")
    mkdirSync(unpacked)
    execFileSync("tar", ["-xzf", tarball, "-C", unpacked])
    // Some tarballs hold folders that their owner may not enter.
    execFileSync("chmod", ["-R", "u+rwX", unpacked])
    moveUnlessThere(unpacked, folder)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Renames a finished folder, unless another process put the same one there meanwhile. */
export function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!existsSync(to)) throw error
  }
}

function pack(pinned: PinnedPackage, destination: string): string {
  const release = `${pinned.name}@${pinned.version}`
  try {
    const options = ["--ignore-scripts", "--silent", "--fetch-retries=1", "--pack-destination", destination]
    execFileSync("npm", ["pack", release, ...options], { stdio: ["ignore", "ignore", "pipe"] })
  } catch (error) {
    const cure = "go online, or set PILOTLIGHT_CORPUS to a folder that has it"
    throw new Error(`${release} is not in the corpus and npm can't fetch it: ${cure}`, { cause: error })
  }
  return readdirSync(destination).find(name => name.endsWith(".tgz"))!
}
