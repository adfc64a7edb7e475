import type { Diagnostic } from "vscode-languageserver/node"
import type { Finding } from "../features/diagnostics/finding.ts"
import type { Clock, Timer } from "../model/clock.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import type { ClientLink } from "./client-link.ts"
import type { ClientSession } from "./client-session.ts"
import { rangeBetween } from "./convert.ts"

/** Milliseconds without a change before findings are shown: menus delete and retype words, and nobody has meant `if (a = ` yet. */
const QUIET_MS = 500
/** Longest stretch of work at a time, in milliseconds. */
const SLICE_MS = 6
/** Milliseconds between two stretches, for what else there is to do. */
const PAUSE_MS = 1
/** Most findings that one document shows; the first ones. */
const MOST = 200

const SEVERITY = { warning: 2, information: 3, hint: 4 } as const
const TAG = { unnecessary: 1, deprecated: 2 } as const

/** What a publisher works with. */
interface PublisherParts {
  readonly session: Pick<ClientSession, "document" | "watch" | "settings" | "encoding" | "workspace">
  readonly link: Pick<ClientLink, "notify">
  readonly clock: Pick<Clock, "after">
}

/**
 * Tells the editor what rules and a model find in open documents: pushed, for the version it was found in, once typing has paused.
 * Invariant: what was last told of a closed document is an empty list.
 */
export class DiagnosticsPublisher {
  readonly #parts: PublisherParts
  readonly #timers = new Map<string, Timer>()
  /** URIs of documents of which something was told that is not empty. */
  readonly #shown = new Set<string>()
  /** URIs of the open documents. */
  readonly #open = new Set<string>()
  readonly #unwatch: () => void

  constructor(parts: PublisherParts) {
    this.#parts = parts
    this.#unwatch = parts.session.watch(uri => this.changed(uri))
  }

  /** Looks at a document again once nothing has happened to it for a while; a closed one is cleared at once. */
  changed(uri: string): void {
    this.#stop(uri)
    if (this.#parts.session.document(uri) === null) {
      this.#open.delete(uri)
      this.#tell(uri, null, [])
    } else {
      this.#open.add(uri)
      this.#lookIn(uri, QUIET_MS)
    }
  }

  /** Looks at every document again: other findings may be wanted. */
  settingsChanged(): void {
    for (const uri of [...this.#open]) this.changed(uri)
  }

  /** Stops looking. */
  dispose(): void {
    this.#unwatch()
    for (const uri of [...this.#timers.keys()]) this.#stop(uri)
  }

  #stop(uri: string): void {
    this.#timers.get(uri)?.stop()
    this.#timers.delete(uri)
  }

  #lookIn(uri: string, ms: number): void {
    const look = (): void => this.#look(uri)
    this.#timers.set(uri, this.#parts.clock.after(ms, look))
  }

  #look(uri: string): void {
    this.#timers.delete(uri)
    const { session } = this.#parts
    const document = session.document(uri)
    if (document === null) return
    const { rules, review } = session.settings.diagnostics
    const isOff = rules === "off" && review === "off"
    const found = isOff ? [] : session.workspace.findings.advance(uri, SLICE_MS)
    if (found === null) {
      this.#lookIn(uri, PAUSE_MS)
      return
    }
    const wanted = found.filter(finding => this.#isWanted(finding))
    this.#tell(uri, document, wanted)
  }

  #isWanted({ rule, severity, byModel }: Finding): boolean {
    const { rules, modernise, review } = this.#parts.session.settings.diagnostics
    if (byModel) return review !== "off"
    return (severity !== "hint" || modernise) && rules !== "off" && (rules === "on" || !rules.includes(rule))
  }

  #tell(uri: string, document: DocumentSnapshot | null, findings: readonly Finding[]): void {
    const { session, link } = this.#parts
    if (findings.length === 0 && !this.#shown.delete(uri)) return
    if (findings.length > 0) this.#shown.add(uri)
    const diagnostics =
      document === null ? [] : findings.slice(0, MOST).map(each => diagnosticOf(each, document, session))
    link.notify("textDocument/publishDiagnostics", {
      uri,
      ...(document === null ? {} : { version: document.version }),
      diagnostics,
    })
  }
}

function diagnosticOf(
  { rule, message, severity, start, end, tags }: Finding,
  document: DocumentSnapshot,
  { encoding }: Pick<ClientSession, "encoding">,
): Diagnostic {
  return {
    range: rangeBetween(document, start, end, encoding),
    severity: SEVERITY[severity],
    code: rule,
    source: "pilotlight",
    message,
    ...(tags.length > 0 ? { tags: tags.map(tag => TAG[tag]) } : {}),
    data: { rule },
  }
}
