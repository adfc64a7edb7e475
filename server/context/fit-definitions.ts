import type { SymbolHit } from "../workspace/file-facts.ts"
import type { DefinitionOffer } from "./definition-offers.ts"
import type { Ledger } from "./ledger.ts"
import { shownSignature } from "./shown-signature.ts"
import type { Survey } from "./survey.ts"

/** A declaration that is shown, and how much of it. */
export interface ShownDefinition {
  readonly symbol: SymbolHit
  /** The offer that brought it in; null for what only frames a member. */
  readonly offer: DefinitionOffer | null
  readonly detail: "body" | "signature" | "name"
  /** Zero-based, `endLine` exclusive. */
  readonly startLine: number
  readonly endLine: number
  readonly text: string
  readonly tokens: number
  /** Place of the outermost declaration around it: `nameStart` of that. */
  readonly group: number
}

/** Offers in a row that may be too dear before the budget counts as used up. */
const MAX_REFUSED = 40
const INDENT = "  "
/** Units of a body that is shown with its signature where both stand on one line. */
const SHORT_BODY = 60
/** More units than this per token are not to be hoped for: what would need that is not counted at all. */
const MOST_UNITS = 8

/** Takes offers in their order for as long as the ledger can pay; what can't be paid whole is named at least. */
export function fitDefinitions(
  offers: readonly DefinitionOffer[],
  survey: Survey,
  ledger: Ledger,
): readonly ShownDefinition[] {
  const fit = new DefinitionFit(survey, ledger)
  let refused = 0
  for (const offer of offers) {
    if (fit.take(offer)) refused = 0
    else if (++refused > MAX_REFUSED) break
  }
  return fit.shown()
}

class DefinitionFit {
  readonly #survey: Survey
  readonly #ledger: Ledger
  readonly #shown = new Map<SymbolHit, ShownDefinition>()

  constructor(survey: Survey, ledger: Ledger) {
    this.#survey = survey
    this.#ledger = ledger
  }

  shown(): readonly ShownDefinition[] {
    return [...this.#shown.values()]
  }

  /** False if the offer was too dear. */
  take(offer: DefinitionOffer): boolean {
    const { symbol } = offer.candidate
    return offer.detail === "body" ? this.#takeBody(symbol, offer) : this.#takeHead(symbol, offer)
  }

  #takeHead(symbol: SymbolHit, offer: DefinitionOffer | null): boolean {
    const { path, line } = symbol
    if (this.#ledger.isShown(path, line)) return true
    const around = this.#containersOf(symbol)
    const frame = around.at(-1)
    if (frame !== undefined && !this.#takeHead(frame, null)) return false
    const indent = INDENT.repeat(around.length)
    return (
      this.#show(symbol, offer, "signature", `${indent}${this.#headOf(symbol)}`, around) ||
      this.#show(symbol, offer, "name", `${indent}${nameOf(symbol)}`, around)
    )
  }

  /** The signature; of what stands on one line, the whole line. */
  #headOf(symbol: SymbolHit): string {
    const { path, start, end, signature } = symbol
    const isShort = end - start <= signature.length + SHORT_BODY
    const text = isShort && end - start > signature.length ? this.#survey.view.textOf(path) : null
    const whole = text?.slice(start, end) ?? ""
    return whole === "" || /[\r\n]/.test(whole) ? shownSignature(symbol) : whole
  }

  #show(
    symbol: SymbolHit,
    offer: DefinitionOffer | null,
    detail: "signature" | "name",
    text: string,
    around: readonly SymbolHit[],
  ): boolean {
    const tokens = this.#ledger.costOfLine(text)
    if (!this.#ledger.pay(symbol.path, tokens)) return false
    const lines = { startLine: symbol.line, endLine: symbol.line + 1 }
    this.#ledger.show(symbol.path, lines.startLine, lines.endLine)
    const group = (around[0] ?? symbol).nameStart
    this.#shown.set(symbol, { symbol, offer, detail, ...lines, text, tokens, group })
    return true
  }

  /** The body takes the place of what is shown of it already, which is not paid twice. */
  #takeBody(symbol: SymbolHit, offer: DefinitionOffer): boolean {
    const { startLine, endLine } = offer
    const file = this.#survey.textOf(symbol.path)
    if (file === null) return true
    const replaced = this.#within(symbol.path, startLine, endLine)
    const around = this.#containersOf(symbol)
    const frame = around.at(-1)
    if (replaced.some(({ detail }) => detail === "body")) return true
    if (this.#isShownBeside(symbol.path, startLine, endLine, replaced)) return true
    if (frame !== undefined && !this.#takeHead(frame, null)) return false
    const text = file.slice(startLine, endLine)
    if (text.length / MOST_UNITS > this.#ledger.left + paidFor(replaced)) return false
    const tokens = this.#ledger.costOfText(text)
    if (!this.#ledger.pay(symbol.path, tokens - paidFor(replaced))) return false
    for (const each of replaced) this.#shown.delete(each.symbol)
    this.#ledger.show(symbol.path, startLine, endLine)
    const group = (around[0] ?? symbol).nameStart
    this.#shown.set(symbol, { symbol, offer, detail: "body", startLine, endLine, text, tokens, group })
    return true
  }

  #within(path: string, startLine: number, endLine: number): readonly ShownDefinition[] {
    return this.shown().filter(
      each => each.symbol.path === path && each.startLine >= startLine && each.endLine <= endLine,
    )
  }

  /** Whether some of the lines are shown by something else than these. */
  #isShownBeside(
    path: string,
    startLine: number,
    endLine: number,
    known: readonly ShownDefinition[],
  ): boolean {
    for (let line = startLine; line < endLine; line++) {
      const isOwn = known.some(each => each.startLine <= line && line < each.endLine)
      if (!isOwn && this.#ledger.isShown(path, line)) return true
    }
    return false
  }

  /** The declarations around one, the outermost first. */
  #containersOf(symbol: SymbolHit): readonly SymbolHit[] {
    if (symbol.container === null) return []
    const outline = this.#survey.outlineOf(symbol.path)
    const around: SymbolHit[] = []
    let row = outline.containers[outline.rowAt(symbol.nameStart)] ?? -1
    while (row !== -1 && around.length < MAX_NESTED) {
      around.unshift(outline.symbols[row]!)
      row = outline.containers[row]!
    }
    return around
  }
}

function paidFor(shown: readonly ShownDefinition[]): number {
  return shown.reduce((sum, { tokens }) => sum + tokens, 0)
}

/** Levels of declarations that are followed outwards. */
const MAX_NESTED = 8

/** The signature up to the end of the name. */
function nameOf({ signature, name }: SymbolHit): string {
  const at = signature.indexOf(name)
  return at === -1 ? name : signature.slice(0, at + name.length)
}
