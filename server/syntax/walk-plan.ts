import { type LanguageManifest, LOOK_INSIDE, type NodeRule } from "./manifest.ts"
import type { SyntaxCursor } from "./parser.ts"

/** A type of node and what the manifest says of it. */
export interface NodeType {
  readonly name: string
  /** The name as a way of a manifest: in parentheses. */
  readonly way: string
  /** Whether ways can lead to it: marks and keywords are parts of no declaration. */
  readonly isNamed: boolean
  /** Null if the walk passes by. */
  readonly rule: NodeRule | null
  /** Whether leaves of this type are names. */
  readonly isName: boolean
  /** Words of its text that export what it is a part of, none for any text; null if it says nothing of that. */
  readonly shownBy: readonly string[] | null
  /** The same for what hides. */
  readonly hiddenBy: readonly string[] | null
  /** Whether signatures leave it out. */
  readonly isAnnotation: boolean
}

/** What broken code becomes: the walk looks into it, because good declarations may stand inside. */
const ERROR_TYPE = "ERROR"

/** A manifest's rules by the grammar's own numbers, learned as they are met because strings are slow to fetch. */
export class WalkPlan {
  readonly language: LanguageManifest
  readonly #types: (NodeType | undefined)[] = []
  readonly #fields: (string | undefined)[] = []

  constructor(language: LanguageManifest) {
    this.language = language
  }

  /** The type of the node under the cursor. */
  typeAt(cursor: SyntaxCursor): NodeType {
    const id = cursor.nodeTypeId
    let type = this.#types[id]
    if (type === undefined) {
      type = this.#describe(cursor.nodeType, cursor.nodeIsNamed)
      this.#types[id] = type
    }
    return type
  }

  /** The field that the node under the cursor, which is of `type`, is in, or null. */
  fieldAt(cursor: SyntaxCursor, type: NodeType): string | null {
    if (!type.isNamed) return null
    const id = cursor.currentFieldId
    if (!id) return null
    let field = this.#fields[id]
    if (field === undefined) {
      field = cursor.currentFieldName ?? ""
      this.#fields[id] = field
    }
    return field
  }

  #describe(name: string, isNamed: boolean): NodeType {
    const { nodes, names, annotations, exported } = this.language
    const rule = nodes.get(name) ?? (name === ERROR_TYPE ? LOOK_INSIDE : null)
    return {
      name,
      way: `(${name})`,
      isNamed,
      rule,
      isName: names.has(name),
      shownBy: exported.shown.get(name) ?? null,
      hiddenBy: exported.hidden.get(name) ?? null,
      isAnnotation: annotations.has(name),
    }
  }
}
