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
 * Invariant: a unit's surroundings hold the text of each opened node around it, up to the first opened node within that;
 * of the root only its type, as it has no name and the text before its first opened node is that of other units.
 */
export function* unitsOf(tree: SyntaxTree, text: string, opened: ReadonlySet<string>): Generator<Unit> {
  const cursor = tree.walk()
  if (opened.has(cursor.nodeType)) yield* unitsIn(cursor, text, sorter(opened), `${cursor.nodeType}\0`)
}

/** What a node is to the search for units. */
type Sort = "opened" | "unit" | "error" | "mark"

/** Tells the sort of the node that a cursor stands on. A type's name is slow to come by, so it is asked for once. */
function sorter(opened: ReadonlySet<string>): (cursor: SyntaxCursor) => Sort {
  const known = new Map<number, Sort>()
  return cursor => {
    const id = cursor.nodeTypeId
    let sort = known.get(id)
    if (sort === undefined) {
      if (cursor.nodeType === "ERROR") sort = "error"
      else if (!cursor.nodeIsNamed) sort = "mark"
      else sort = opened.has(cursor.nodeType) ? "opened" : "unit"
      known.set(id, sort)
    }
    return sort
  }
}

function* unitsIn(
  cursor: SyntaxCursor,
  text: string,
  sortOf: (cursor: SyntaxCursor) => Sort,
  surroundings: string,
): Generator<Unit> {
  if (!cursor.gotoFirstChild()) return
  do {
    const sort = sortOf(cursor)
    // What follows may be pieces of a declaration that the error tore apart.
    if (sort === "error") break
    if (sort === "opened") yield* unitsIn(cursor, text, sortOf, surroundings + partOf(cursor, text, sortOf))
    else if (sort === "unit") yield unitAt(cursor, surroundings)
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

/** What an opened node adds to the surroundings of the units in it. */
function partOf(cursor: SyntaxCursor, text: string, sortOf: (cursor: SyntaxCursor) => Sort): string {
  return `${cursor.nodeType}\0${headOf(cursor, text, sortOf)}\0`
}

/** The text before the first opened node in this one; nothing if there is none. */
function headOf(cursor: SyntaxCursor, text: string, sortOf: (cursor: SyntaxCursor) => Sort): string {
  const { startIndex } = cursor
  let head = ""
  if (!cursor.gotoFirstChild()) return head
  do {
    if (sortOf(cursor) === "opened") {
      head = text.slice(startIndex, cursor.startIndex)
      break
    }
  } while (cursor.gotoNextSibling())
  cursor.gotoParent()
  return head
}
