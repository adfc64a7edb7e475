import { columnsOf, indentOf } from "../../../base/indent.ts"
import type { Eagerness } from "../gates.ts"
import type { Place } from "./place.ts"
import { scopeOf } from "./scope.ts"
import { isWithinBraces, type Surroundings, surroundingsOf, takesLines } from "./surroundings.ts"

/** How much an answer should hold. */
export interface Shape {
  /** `line`: the rest of a statement; `block`: the statements that follow, up to the end of their block; `body`: all of an empty block. */
  readonly kind: "line" | "block" | "body"
  /** Most lines shown at once. */
  readonly maxLines: number
  /** Bound of the answer in tokens, 16 at least: a Responses API refuses less. */
  readonly maxTokens: number
  /** A word or two, for `pilotlight.why`. */
  readonly why: string
}

/** Most lines shown at once: a statement can take several, an unfinished thought should not fill the screen. */
const LINES: Record<Shape["kind"], Record<Eagerness, number>> = {
  line: { quiet: 3, normal: 6, eager: 10 },
  block: { quiet: 3, normal: 8, eager: 15 },
  body: { quiet: 8, normal: 16, eager: 30 },
}

/** Tokens, as others found enough for a line and for a block; a few more lines stream on for the next suggestion. */
const TOKENS: Record<Shape["kind"], number> = { line: 48, block: 256, body: 256 }

/** Types of nodes in which statements or declarations stand one after another. */
const BLOCK =
  /^(?:program|module|source_file|translation_unit|stylesheet|document|block|compound_statement|statement_block|class_body|declaration_list|field_declaration_list|interface_body|enum_body|object_type|class_static_block|switch_body|body|do_block|suite|chunk|object|dictionary|\w*(?:_body|_block|_list))$/
const ARGUMENTS = /argument|parameter|parenthesized|array|tuple|subscript|expression_list/

/** What to ask for at a place: decided by the syntax tree, and by indentation where there is none or the code is broken. */
export function shapeOf(place: Place, eagerness: Eagerness): Shape {
  const around = surroundingsOf(place)
  const shape = (kind: Shape["kind"], why: string): Shape => ({
    kind,
    maxLines: takesLines(around) ? LINES[kind][eagerness] : 1,
    maxTokens: TOKENS[kind],
    why,
  })
  const scope = scopeOf(place)
  if (scope !== "code") return shape("line", `in a ${scope}`)
  if (isWithinBraces(around)) return shape("body", "empty block")
  if (around.rest.trim() !== "") return shape("line", "code to the right")
  if (around.typed.trim() !== "") {
    return isHeader(place, around) ? shape("body", "empty block") : shape("line", "within a statement")
  }
  if (isEmptyBlock(around)) return shape("body", "empty block")
  return isAmongStatements(place) ? shape("block", "statement start") : shape("line", "within brackets")
}

/** Whether the cursor's line begins a block that has nothing in it yet. */
function isHeader({ trial, offset }: Place, { typed, below }: Surroundings): boolean {
  if (!/[{:]$/.test(typed.trimEnd()) || /\b(?:case|default)\b/.test(typed)) return false
  if (trial !== null && isInArguments(trial.around(offset))) return false
  return !isDeeper(below, typed)
}

/** Whether the line above begins a block and the line below is outside it. */
function isEmptyBlock({ above, below, typed }: Surroundings): boolean {
  const opens = /(?:[{:]|\bdo|\bthen|=>)$/.test(above.trimEnd())
  if (opens && /^\s*[}\])]|^\s*end\b/.test(below))
    return columnsOf(indentOf(below)) <= columnsOf(indentOf(above))
  return opens && isDeeper(typed, above) && !isDeeper(below, above)
}

function isAmongStatements({ trial, offset }: Place): boolean {
  const nodes = trial?.around(offset) ?? []
  for (const { type } of nodes) {
    if (BLOCK.test(type) && !ARGUMENTS.test(type)) return true
    if (ARGUMENTS.test(type)) return false
  }
  return true
}

function isInArguments(nodes: readonly { readonly type: string }[]): boolean {
  const [inner] = nodes
  return inner !== undefined && ARGUMENTS.test(inner.type)
}

function isDeeper(line: string, other: string): boolean {
  return line !== "" && columnsOf(indentOf(line)) > columnsOf(indentOf(other))
}
