import { eachWord, wordsIn } from "../../context/cursor-names.ts"
import { redact } from "../../context/redact/redact.ts"
import type { Redactions } from "../../context/redact/redactions.ts"
import { estimateTokens } from "../../context/token-estimate.ts"
import type { DocumentSnapshot } from "../../workspace/document.ts"
import type { ResolvedImport } from "../../workspace/imports/resolver-disk.ts"
import type { RemoteHit, RemoteIndex } from "../../workspace/remote/remote-index.ts"
import { declarationsEverywhere } from "../../workspace/remote/wide-search.ts"
import type { ContextSource } from "./context-source.ts"

/** A line of code that is not checked out here, redacted. */
export interface RemoteDeclaration extends Pick<RemoteHit, "repository" | "path"> {
  /** Zero-based. */
  readonly line: number
  /** Without a line break. */
  readonly text: string
}

/** A place whose names are looked up. */
interface RemoteQuery {
  /** One that may leave the machine. */
  readonly document: DocumentSnapshot
  /** UTF-16 code units. */
  readonly offset: number
  /** What the prompt shows of the document, redacted: no name that does not stand there is sent. */
  readonly shown: string
  /** Most tokens of all declarations together, each under a header line, by estimate. */
  readonly budget: number
}

/** Names asked for at a time, and declarations wanted of each. */
const MOST_NAMES = 8
const PER_NAME = 2
/** How far from the offset uses count, UTF-16 code units. */
const REACH = 20_000

/**
 * Declarations of what the document imports from code that is not here and uses near the offset, nearest first. The remote
 * has a deadline of its own; one in trouble gives nothing. Rejects with `Cancelled` only. Never for the keystroke path.
 */
export async function remoteDeclarations(
  query: RemoteQuery,
  source: ContextSource,
  remote: RemoteIndex,
  redactions: Redactions,
  signal: AbortSignal,
): Promise<readonly RemoteDeclaration[]> {
  const names = foreignNames(query, source.importsOf(query.document))
  const found = await Promise.all(
    names.map(name => declarationsEverywhere(name, PER_NAME, source.everything, remote, signal)),
  )
  const taken: RemoteDeclaration[] = []
  let left = query.budget
  for (const { repository, path, line, text } of distinct(found.flatMap(hits => hits.remote))) {
    if (line === null || !(await source.mayTellAs(path))) continue
    const clean = redact(text, `${repository}/${path}`, redactions).text
    const declaration = { repository, path, line, text: clean }
    const tokens = estimateTokens(renderRemote([declaration]))
    if (tokens > left) continue
    left -= tokens
    taken.push(declaration)
  }
  return taken
}

/** The declarations as a prompt shows them: each under a header line, the nearest last; ends with a line break unless empty. */
export function renderRemote(declarations: readonly RemoteDeclaration[]): string {
  return declarations
    .map(({ repository, path, text }) => `// ${repository}/${path}\n${text}\n`)
    .reverse()
    .join("")
}

/** Names that come from code that is not here and stand in what is shown, the one used nearest to the offset first. */
function foreignNames(
  { document, offset, shown }: RemoteQuery,
  imports: readonly ResolvedImport[],
): readonly string[] {
  const used = nearestUses(
    document,
    offset,
    imports.map(({ fact }) => fact),
  )
  const words = wordsIn(shown)
  const foreign = imports.filter(({ path, fact }) => path === null && !fact.source.startsWith("node:"))
  const names = foreign
    .flatMap(({ fact }) => fact.names)
    .flatMap(({ name, as }) => {
      if (name === "*") return membersOf(as, shown)
      return used.has(as) ? [name === "default" ? as : name] : []
    })
  const distance = (name: string): number => used.get(name) ?? Number.POSITIVE_INFINITY
  return [...new Set(names)]
    .filter(name => words.has(name))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MOST_NAMES)
}

/** How far the nearest use of each name is, in UTF-16 code units; what stands in import statements is no use. */
function nearestUses(
  { text }: DocumentSnapshot,
  offset: number,
  imports: readonly ResolvedImport["fact"][],
): ReadonlyMap<string, number> {
  const nearest = new Map<string, number>()
  eachWord(text, Math.max(0, offset - REACH), Math.min(text.length, offset + REACH), (from, to) => {
    if (imports.some(({ start, end }) => from >= start && from < end)) return
    const name = text.slice(from, to)
    nearest.set(name, Math.min(Math.abs(from - offset), nearest.get(name) ?? Number.POSITIVE_INFINITY))
  })
  return nearest
}

/** What is used of a module that goes by a name of its own: what follows the name and a dot, two colons or an arrow. */
function membersOf(module: string, text: string): readonly string[] {
  const uses = text.matchAll(/([\p{L}\p{N}_$]+)(?:\.|::|->)([\p{L}_$][\p{L}\p{N}_$]*)/gu)
  return Array.from(uses, ([, name, member]) => (name === module ? member! : "")).filter(name => name !== "")
}

function distinct(hits: readonly RemoteHit[]): readonly RemoteHit[] {
  const byPlace = new Map(hits.map(hit => [`${hit.repository}\0${hit.path}\0${hit.line}`, hit]))
  return [...byPlace.values()]
}
