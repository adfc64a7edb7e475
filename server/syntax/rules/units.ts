import type { SyntaxCursor, SyntaxNode, SyntaxTree } from "../parser.ts"

/** A declaration that rules are matched in by itself: a statement of the top level, or a member of a class there. */
export interface Unit {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** What stands around it and bears on it, such as the name of its class. Units with equal text and surroundings read alike. */
  readonly surroundings: string
  /** Its node; only until the next unit is taken. */
  readonly node: SyntaxNode
}

/**
 * The units of a tree, in the order of the text. Nodes of the types `opened` are no units: what is named in them is.
 * What stands behind an error, in the node that holds both, is no unit.
 * Invariant: a unit's surroundings hold the text of each opened node around it, up to the first opened node within that.
 */
export function* unitsOf(tree: SyntaxTree, text: string, opened: ReadonlySet<string>): Generator<Unit> {
  const cursor = tree.walk()
  if (opened.has(cursor.nodeType)) yield* unitsIn(cursor, text, opened, "")
}

function* unitsIn(
  cursor: SyntaxCursor,
  text: string,
  opened: ReadonlySet<string>,
  around: string,
): Generator<Unit> {
  const surroundings = `${around}${cursor.nodeType}\0${headOf(cursor, text, opened)}\0`
  if (!cursor.gotoFirstChild()) return
  do {
    // What follows may be pieces of a declaration that the error tore apart.
    if (cursor.nodeType === "ERROR") break
    if (!cursor.nodeIsNamed) continue
    if (opened.has(cursor.nodeType)) yield* unitsIn(cursor, text, opened, surroundings)
    else yield unitAt(cursor, surroundings)
  } while (cursor.gotoNextSibling())
  cursor.gotoParent()
}

function unitAt(cursor: SyntaxCursor, surroundings: string): Unit {
  return {
    start: cursor.startIndex,
    end: cursor.endIndex,
    surroundings,
    get node() {
      return cursor.currentNode
    },
  }
}

/** The text before the first opened node in this one; nothing if there is none. */
function headOf(cursor: SyntaxCursor, text: string, opened: ReadonlySet<string>): string {
  const { startIndex } = cursor
  let head = ""
  if (!cursor.gotoFirstChild()) return head
  do {
    if (cursor.nodeIsNamed && opened.has(cursor.nodeType)) {
      head = text.slice(startIndex, cursor.startIndex)
      break
    }
  } while (cursor.gotoNextSibling())
  cursor.gotoParent()
  return head
}
