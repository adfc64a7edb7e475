import type { TimeSlice } from "../base/time-slice.ts"
import { byText } from "../workspace/best-of.ts"
import type { SymbolHit, SymbolIndex } from "../workspace/file-facts.ts"
import type { CentralSymbols } from "./central-symbols.ts"
import { conventionsOf } from "./conventions.ts"
import { layoutOf } from "./layout.ts"
import type { ProjectView } from "./project-view.ts"
import { shortPath } from "./short-path.ts"
import { shownSignature } from "./shown-signature.ts"

/** What a digest is made for. */
export interface DigestRequest {
  /** Absolute paths. */
  readonly roots: readonly string[]
  /** Most tokens of the digest's text. */
  readonly budget: number
  readonly countTokens: (text: string) => number
}

/** A declaration that the digest shows. */
interface DigestEntry {
  readonly path: string
  readonly name: string
  readonly signature: string
}

/** One titled piece of a digest. */
interface DigestSection {
  readonly title: string
  /** With the title, without a last line break. */
  readonly text: string
  readonly tokens: number
}

/** A project in a few thousand tokens: the stable beginning of every prompt. */
export interface ProjectDigest {
  /** The sections, each ended by a line break. The same for the same project, request and texts at hand. */
  readonly text: string
  readonly tokens: number
  readonly sections: readonly DigestSection[]
  readonly entries: readonly DigestEntry[]
  /** Files of the project when it was made. */
  readonly files: number
}

/** What a digest is made from. */
export type DigestView = Pick<ProjectView, "index" | "textOf" | "central">

/** Folders shown. */
const MAX_FOLDERS = 32
/** Files that conventions are read from. */
const SAMPLES = 12
/** Members shown of a central type. */
const MAX_MEMBERS = 8
/** Share of the budget for everything but declarations, at most. */
const LAYOUT_SHARE = 0.25
const FILES_PER_LOOK = 8

/** Kinds of declarations that carry members worth showing. */
const TYPES: ReadonlySet<SymbolHit["kind"]> = new Set([
  "class",
  "interface",
  "struct",
  "trait",
  "enum",
  "type",
])

/** Composes the digest of a project: its layout, its conventions, and what it leans on most. Works in slices. */
export async function composeDigest(
  view: DigestView,
  request: DigestRequest,
  slice: TimeSlice,
): Promise<ProjectDigest> {
  const texts = samplesOf(view.central ?? []).flatMap(path => {
    const text = view.textOf(path)
    return text === null ? [] : [{ path, text }]
  })
  const folders = await layoutOf(view.index.paths(), request.roots, MAX_FOLDERS, slice)
  const habits = conventionsOf(texts)
  const head = Math.floor(request.budget * LAYOUT_SHARE)
  const about = [
    section("Project layout", folders, head, request),
    section("Conventions", habits, head, request),
  ].filter(each => each !== null)
  const used = about.reduce((sum, { tokens }) => sum + tokens, 0)
  const { entries, lines } = await declarations(view, { ...request, budget: request.budget - used }, slice)
  const declared = section("Central declarations", lines, request.budget - used, request)
  const sections = declared === null ? about : [...about, declared]
  return {
    text: sections.map(({ text }) => `${text}\n`).join(""),
    tokens: sections.reduce((sum, { tokens }) => sum + tokens, 0),
    sections,
    entries: declared === null ? [] : entries,
    files: view.index.fileCount,
  }
}

/** Absolute paths of the files whose texts tell the conventions; `textOf` should have them. */
export function samplesOf(central: CentralSymbols): readonly string[] {
  return [...new Set(central.map(({ path }) => path))].slice(0, SAMPLES)
}

/** How much of a digest is wrong by now, 0 to 1: declarations gone or changed, or files come and gone. */
export function staleShare(digest: ProjectDigest, index: SymbolIndex): number {
  const byPath = new Map<string, ReadonlySet<string>>()
  const stale = digest.entries.filter(({ path, name, signature }) => {
    let known = byPath.get(path)
    if (known === undefined) {
      known = new Set(index.inFile(path).map(hit => `${hit.name}\n${hit.signature}`))
      byPath.set(path, known)
    }
    return !known.has(`${name}\n${signature}`)
  })
  const moved = Math.abs(index.fileCount - digest.files) / Math.max(1, digest.files)
  return Math.min(1, Math.max(moved, stale.length / Math.max(1, digest.entries.length)))
}

/** As many of the lines as fit under a title; null if none does. */
function section(
  title: string,
  lines: readonly string[],
  budget: number,
  { countTokens }: DigestRequest,
): DigestSection | null {
  const kept = [`# ${title}`]
  let tokens = countTokens(`# ${title}\n`)
  for (const line of lines) {
    tokens += countTokens(`${line}\n`)
    if (tokens > budget) break
    kept.push(line)
  }
  if (kept.length === 1) return null
  const text = kept.join("\n")
  return { title, text, tokens: countTokens(`${text}\n`) }
}

interface Declarations {
  readonly entries: readonly DigestEntry[]
  readonly lines: readonly string[]
}

/** The most central declarations that fit, with their members, by file in the order of paths. */
async function declarations(
  view: DigestView,
  request: DigestRequest,
  slice: TimeSlice,
): Promise<Declarations> {
  const byPath = new Map<string, SymbolHit[]>()
  let left = request.budget - request.countTokens("# Central declarations\n")
  let seen = 0
  for (const { path, name } of view.central ?? []) {
    if (++seen % FILES_PER_LOOK === 0 && slice.due()) await slice.pause()
    const shown = withMembers(view.index.inFile(path), name)
    const known = byPath.get(path)
    const header = known === undefined ? request.countTokens(`${shortPath(path, request.roots)}\n`) : 0
    const cost = shown.reduce((sum, hit) => sum + request.countTokens(`${lineOf(hit)}\n`), header)
    if (cost > left) break
    left -= cost
    if (known === undefined) byPath.set(path, [...shown])
    else known.push(...shown)
  }
  const files = [...byPath].sort(([a], [b]) => byText(a, b))
  const hits = files.flatMap(([, each]) => each)
  return {
    entries: hits.map(({ path, name, signature }) => ({ path, name, signature })),
    lines: files.flatMap(([path, each]) => [shortPath(path, request.roots), ...each.map(lineOf)]),
  }
}

/** A top-level declaration and the first of what it declares, if it is a type. */
function withMembers(inFile: readonly SymbolHit[], name: string): readonly SymbolHit[] {
  const own = inFile.find(hit => hit.name === name && hit.container === null)
  if (own === undefined) return []
  const inside = (hit: SymbolHit): boolean =>
    hit.container === name && hit.start >= own.start && hit.end <= own.end
  return TYPES.has(own.kind) ? [own, ...inFile.filter(inside).slice(0, MAX_MEMBERS)] : [own]
}

function lineOf(symbol: SymbolHit): string {
  return `${symbol.container === null ? "  " : "    "}${shownSignature(symbol)}`
}
