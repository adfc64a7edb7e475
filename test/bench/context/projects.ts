import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fetchPackage, moveUnlessThere, sourceFolder } from "../corpus/fetch.ts"
import { readSources, type SourceFile } from "../corpus/source-files.ts"

/** A project that lines are drawn from: one package, or several that import each other by name. */
export interface ContextProject {
  readonly name: string
  /** `NAME@VERSION` of each package, all pinned. */
  readonly releases: readonly string[]
}

/** Projects whose mean is the bench's figure. Nothing is learned from them. */
export const SCORED_PROJECTS: readonly ContextProject[] = [
  { name: "effect", releases: ["effect@3.21.4"] },
  { name: "rxjs", releases: ["rxjs@7.8.1"] },
  { name: "trpc", releases: ["@trpc/server@11.19.0", "@trpc/client@11.19.0", "@trpc/react-query@11.19.0"] },
  {
    name: "tldraw",
    releases: ["editor", "state", "state-react", "store", "tlschema", "utils", "validate"]
      .map(each => `@tldraw/${each}@5.2.5`)
      .concat("tldraw@5.2.5"),
  },
  { name: "router-core", releases: ["@tanstack/router-core@1.171.39"] },
  { name: "viem", releases: ["viem@2.57.20"] },
]

/** Projects that constants may be learned from. Never scored. */
export const TRAINING_PROJECTS: readonly ContextProject[] = [
  { name: "zod", releases: ["zod@4.6.7"] },
  { name: "ai", releases: ["ai@6.0.326"] },
  { name: "deck.gl", releases: ["@deck.gl/core@9.4.0"] },
  { name: "tiptap", releases: ["@tiptap/core@3.34.0"] },
  { name: "redux-toolkit", releases: ["@reduxjs/toolkit@2.14.0"] },
  { name: "openai", releases: ["openai@6.49.0"] },
  { name: "uppy", releases: ["@uppy/core@6.3.1"] },
]

/** Projects neither learned from nor looked at while the selection is built: they show what fits the scored ones only. */
export const HELD_BACK_PROJECTS: readonly ContextProject[] = [
  { name: "query", releases: ["@tanstack/query-core@5.108.0", "@tanstack/react-query@5.108.0"] },
  { name: "wagmi", releases: ["@wagmi/core@3.6.5"] },
  { name: "mobx", releases: ["mobx@7.1.3"] },
  { name: "puppeteer", releases: ["puppeteer-core@25.16.0"] },
  { name: "maplibre", releases: ["maplibre-gl@6.17.0"] },
]

/** Where a module specifier leads, as `compilerOptions.paths` has it: folders relative to the project's. */
type PathMap = Readonly<Record<string, readonly string[]>>

/** A project as it lies on disk. */
export interface PlacedContext {
  readonly name: string
  /** Absolute folder with its sources, a `package.json` per package and a `tsconfig.json`. */
  readonly folder: string
  /** Its sources, paths from `folder`. */
  readonly files: readonly SourceFile[]
  readonly paths: PathMap
}

interface Member {
  readonly name: string
  /** Folder in the project, "" for the project itself. */
  readonly folder: string
  /** Folder of its sources in the project. */
  readonly sources: string
  /** Absolute folder of the unpacked package. */
  readonly from: string
  readonly files: readonly SourceFile[]
}

/** Puts a project into the corpus, unless it is there already. Fetches what is missing; throws Error if that fails. */
export function placeContext(corpus: string, project: ContextProject): PlacedContext {
  const members = project.releases.map(release => readMember(corpus, release, project.releases.length > 1))
  const files = members.flatMap(member => member.files)
  const paths = pathsOf(members)
  const key = createHash("sha256").update(project.releases.join(" ")).digest("hex").slice(0, 12)
  const folder = join(corpus, "context", `${project.name}-${key}`)
  if (!existsSync(folder)) write(folder, members, paths)
  return { name: project.name, folder, files, paths }
}

function readMember(corpus: string, release: string, isOneOfMany: boolean): Member {
  const at = release.lastIndexOf("@")
  const name = release.slice(0, at)
  const from = fetchPackage(corpus, name, release.slice(at + 1))
  const folder = isOneOfMany ? `packages/${name.slice(name.lastIndexOf("/") + 1)}` : ""
  const sources = joined(folder, sourceFolder(from) === from ? "" : "src")
  const files = readSources(sourceFolder(from), "ts").map(({ path, text }) => ({
    path: joined(sources, path),
    text,
  }))
  return { name, folder, sources, from, files }
}

function joined(folder: string, path: string): string {
  return [folder, path].filter(Boolean).join("/")
}

function pathsOf(members: readonly Member[]): PathMap {
  return Object.fromEntries(
    members.flatMap(({ name, sources }) => [
      [name, [`./${joined(sources, "index.ts")}`, `./${joined(sources, "index.tsx")}`]],
      [`${name}/*`, [`./${joined(sources, "*")}`]],
    ]),
  )
}

/** Invariant: `folder` appears only when it is complete. */
function write(folder: string, members: readonly Member[], paths: PathMap): void {
  mkdirSync(dirname(folder), { recursive: true })
  const scratch = mkdtempSync(join(dirname(folder), ".place-"))
  if (members.length > 1) put(scratch, "package.json", asJson({ private: true, workspaces: ["packages/*"] }))
  const compilerOptions = { module: "preserve", moduleResolution: "bundler", target: "esnext", paths }
  put(scratch, "tsconfig.json", asJson({ compilerOptions }))
  for (const member of members) {
    for (const { path, text } of member.files) put(scratch, path, text)
    cpSync(join(member.from, "package.json"), join(scratch, member.folder, "package.json"))
  }
  moveUnlessThere(scratch, folder)
  rmSync(scratch, { recursive: true, force: true })
}

function asJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
