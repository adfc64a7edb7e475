import type { TextChange } from "../../../base/text-change.ts"
import { landAnswer } from "../../actions/landing/land.ts"
import type { LandingTask, ShownFile } from "../../actions/landing/landing.ts"
import { endOf, textLines } from "../../actions/landing/line-edits.ts"
import { placesOf, squeezed } from "../../actions/landing/locate.ts"
import type { Claim } from "./read-claims.ts"

/** A stretch of a text, UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * Where in a code the quote stands that a model made of it: letter by letter, or else as whole lines whatever their white
 * space. Null if it stands nowhere, or in more than one place.
 */
export function placeOfQuote(quote: string, code: string): Stretch | null {
  const wanted = quote.trim()
  const at = wanted === "" ? -1 : code.indexOf(wanted)
  if (at !== -1) {
    const isOnly = code.indexOf(wanted, at + 1) === -1
    return isOnly ? { start: at, end: at + wanted.length } : null
  }
  const text = textLines(code)
  const search = wanted.split(/\r\n|\r|\n/)
  const [from, ...others] = placesOf(text.lines.map(squeezed), search.map(squeezed))
  if (wanted === "" || from === undefined || others.length > 0) return null
  const start = text.starts[from]! + /^\s*/.exec(text.lines[from]!)![0].length
  return { start, end: endOf(text, from + search.length - 1) }
}

/** What the fix of a claim is landed with; see `LandingTask`. */
interface FixTask extends Pick<LandingTask, "exists" | "restore"> {
  /** As it stands now. */
  readonly file: ShownFile
  /** The function, whole lines: nothing outside it may change. */
  readonly target: Stretch
}

/** The changes of the file that a claim's fix comes to, sorted and apart; null if it has none, or it does not land. Never rejects. */
export async function landFix(
  { quote, fix }: Claim,
  { file, target, exists, restore }: FixTask,
): Promise<readonly TextChange[] | null> {
  const code = file.now.slice(target.start, target.end)
  const place = fix === null ? null : placeOfQuote(quote, code)
  if (fix === null || place === null) return null
  const landing = await landAnswer(blockFor(code, place, fix), {
    form: "blocks",
    files: [file],
    target: { ...target, name: null },
    mayRename: false,
    refusal: path => (path === file.path ? null : "it is another file"),
    grammarFor: () => null,
    exists,
    restore,
  })
  if (landing.kind === "refused") return null
  // Nobody looks at it before it is there to be chosen, so that it may not even seem to name what there is not.
  if (landing.files.some(({ unknownNames }) => unknownNames.length > 0)) return null
  const edits = landing.files.flatMap(each => each.edits)
  const isInside = edits.every(({ start, end }) => start >= target.start && end <= target.end)
  return isInside && edits.length > 0 ? edits : null
}

/** The block that puts a fix where the quote stands, in whole lines. */
function blockFor(code: string, { start, end }: Stretch, fix: string): string {
  const { lines, starts } = textLines(code)
  const lineAt = (offset: number): number => starts.findLastIndex(each => each <= offset)
  const [first, last] = [lineAt(start), lineAt(end - 1)]
  const search = lines.slice(first, last + 1).join("\n")
  const before = code.slice(starts[first]!, start)
  const after = code.slice(end, starts[last]! + lines[last]!.length).trimEnd()
  const written = fix.trimEnd()
  const isAtStart = before.trim() === ""
  const isEnded = written.endsWith(after) && (isAtStart || /^[;,]$/.test(after))
  const tail = isEnded ? "" : after
  const replace = (isAtStart ? indentedAs(before, written) : before + written.trimStart()) + tail
  return `<<<<<<< SEARCH\n${search}\n=======\n${replace === "" ? "" : `${replace}\n`}>>>>>>> REPLACE\n`
}

/** Code whose first line is to be indented by `lead`, the others as far in from there as they are. */
function indentedAs(lead: string, code: string): string {
  const [first = "", ...others] = code.split(/\r\n|\r|\n/)
  const own = /^\s*/.exec(first)![0]
  const rest = others.filter(line => line.trim() !== "")
  // Whoever copies from where the first line begins leaves out its indentation alone.
  const isCut = own === "" && rest.length > 0 && rest.every(line => line.startsWith(lead))
  const moved = (line: string): string =>
    lead + (line.startsWith(own) ? line.slice(own.length) : line.trimStart())
  const below = others.map(line => (isCut || line.trim() === "" ? line : moved(line)))
  return code === "" ? "" : [moved(first), ...below].join("\n")
}
