import { messageOf } from "../../base/errors.ts"
import { ManifestError, wordsIn } from "../json-fields.ts"
import type { SyntaxNode } from "../parser.ts"
import { mentionsOf } from "./mentions.ts"
import type { Argument, Directive } from "./query-forms.ts"

/** What must hold of a match beyond the shape of the tree. */
export interface Condition {
  /** Whether it must not hold. */
  readonly isNegated: boolean
  /** The capture it is about; it holds, negated or not, where the pattern fits without that capture. */
  readonly about: string
  readonly check: Check
}

/** What the document must hold elsewhere for a finding to stand: see the directive `mark!`. */
export interface NeededMark {
  readonly mark: string
  readonly text: string
  /** False if it must not be there. */
  readonly isWanted: boolean
}

/** Whether a condition holds of one node; a mark is looked for later, when all of the document was read. */
type Check =
  | { readonly kind: "here"; readonly holds: (node: SyntaxNode, scene: Scene) => boolean }
  | {
      readonly kind: "mark"
      readonly mark: string
      /** The noted text; null for that of the node itself. */
      readonly text: string | null
    }

/** A match and the text that it is in. */
export interface Scene {
  readonly text: string
  /** What named groups of regular expressions hold, by name. */
  readonly groups: Map<string, string>
  /** The first node of a capture, or the declaration for `unit`; null if the pattern fits without it. */
  node(capture: string): SyntaxNode | null
}

type Reader = (args: readonly Argument[], where: string) => Check | null

/** Every predicate by its name: what its further arguments must be, and what it asks. */
const READERS: Readonly<Record<string, Reader>> = {
  /** The text of another capture, or this one. */
  "eq?": ([other]) => {
    if (other === undefined) return null
    if ("text" in other) return here((node, { text }) => textOf(node, text) === other.text)
    return here((node, scene) => {
      const second = scene.node(other.capture)
      return second !== null && textOf(node, scene.text) === textOf(second, scene.text)
    })
  },
  /** Text that a regular expression finds something in; what its named groups hold can be filled in like captures. */
  "match?": ([pattern], where) => {
    if (pattern === undefined || !("text" in pattern)) return null
    const expression = readExpression(pattern.text, where)
    return here((node, scene) => {
      const { text, groups } = scene
      const match = expression(scene).exec(textOf(node, text))
      for (const [name, value] of Object.entries(match?.groups ?? {})) groups.set(name, value)
      return match !== null
    })
  },
  /** One of several texts. */
  "any-of?": args =>
    withWords(
      args,
      words =>
        (node, { text }) =>
          words.includes(textOf(node, text)),
    ),
  /** A node of one of several types. */
  "type?": args => withWords(args, types => node => types.includes(node.type)),
  /** A node of one of several types somewhere in it, itself included. */
  "has?": args => withWords(args, types => node => node.descendantsOfType([...types]).length > 0),
  /** Directly in a node of one of several types. */
  "parent?": args => withWords(args, types => node => types.includes(node.parent?.type ?? "")),
  /** Somewhere in a node of one of several types. */
  "inside?": args => withWords(args, types => node => nearest(node, types) !== null),
  /** Of the nodes around it that have one of several types, the nearest has the first type. */
  "nearest?": args => withWords(args, types => node => nearest(node, types)?.type === types[0]),
  /** Of the nodes around it that have one of several further types, the nearest has a child of the first type. */
  "nearest-has?": args =>
    withWords(args, ([child = "", ...types]) => node => {
      const around = nearest(node, types)
      const found = around?.descendantsOfType([child]) ?? []
      return found.some(each => around !== null && each.parent !== null && isSame(each.parent, around))
    }),
  /** The name of the nearest node around it that has one of several types. */
  "name-of?": args =>
    withWords(args, types => (node, { text }) => {
      const around = nearest(node, types)
      const name = around?.descendantsOfType([node.type])[0]
      return name !== undefined && textOf(name, text) === textOf(node, text)
    }),
  /** On the line on which another capture begins. */
  "same-line?": ([other]) => {
    if (other === undefined || !("capture" in other)) return null
    return here((node, scene) => {
      const second = scene.node(other.capture)
      return second !== null && !scene.text.slice(node.endIndex, second.startIndex).includes("\n")
    })
  },
  /** A name that stands elsewhere in another capture: anywhere, or directly in nodes of several types. */
  "mentioned?": ([scope, ...rest]) => {
    const types = wordsOf(rest)
    if (scope === undefined || !("capture" in scope) || types === null) return null
    return here((node, scene) =>
      mentionsIn(node, scene, scope.capture).some(
        mention => types.length === 0 || types.includes(mention.parent?.type ?? ""),
      ),
    )
  },
  /** A name that stands in the same declaration, but not in another capture. */
  "mentioned-outside?": ([inner]) => {
    if (inner === undefined || !("capture" in inner)) return null
    return here((node, scene) => {
      const within = scene.node(inner.capture)
      return mentionsIn(node, scene, "unit").some(
        ({ startIndex }) =>
          within === null || startIndex < within.startIndex || startIndex >= within.endIndex,
      )
    })
  },
  /** A name that stands in another capture before this place. */
  "mentioned-before?": ([scope]) => {
    if (scope === undefined || !("capture" in scope)) return null
    return here((node, scene) =>
      mentionsIn(node, scene, scope.capture).some(mention => mention.startIndex < node.startIndex),
    )
  },
  /** What a node before its parent, of the same kind and under the same one, holds in the same words. */
  "repeats?": () => here((node, { text }) => isRepeated(node, text)),
  /** Text that a pattern of the same rule noted under a word, anywhere in the document. */
  "marked?": ([mark, text]) => {
    if (mark === undefined || !("text" in mark)) return null
    return { kind: "mark", mark: mark.text, text: text && "text" in text ? text.text : null }
  },
}

/** The condition that a directive states, `not-` before its name negating it. Throws `ManifestError` if it states none. */
export function readCondition({ name, args }: Directive, where: string): Condition {
  const isNegated = name.startsWith("not-")
  const reader = READERS[isNegated ? name.slice("not-".length) : name]
  if (reader === undefined) {
    throw new ManifestError(`${where} #${name}`, `is not one of ${Object.keys(READERS).join(", ")}`)
  }
  const [about, ...rest] = args
  const check = reader(rest, `${where} #${name}`)
  if (about === undefined || !("capture" in about) || check === null) {
    throw new ManifestError(`${where} #${name}`, "has the wrong arguments")
  }
  return { isNegated, about: about.capture, check }
}

/** The text of a node. */
export function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.startIndex, node.endIndex)
}

function here(holds: (node: SyntaxNode, scene: Scene) => boolean): Check {
  return { kind: "here", holds }
}

function withWords(
  args: readonly Argument[],
  holds: (words: readonly string[]) => (node: SyntaxNode, scene: Scene) => boolean,
): Check | null {
  const words = wordsOf(args)
  return words === null || words.length === 0 ? null : here(holds(words))
}

function wordsOf(args: readonly Argument[]): readonly string[] | null {
  const words: string[] = []
  for (const arg of args) {
    if ("capture" in arg) return null
    words.push(...wordsIn(arg.text, ""))
  }
  return words
}

/** A capture in a regular expression. */
const CAPTURE = /\{([a-z]+)\}/g

/** A regular expression in which `{name}` stands for what a capture holds. */
function readExpression(source: string, where: string): (scene: Scene) => RegExp {
  const whole = readRegExp(source.replace(CAPTURE, "x"), where)
  if (!CAPTURE.test(source)) return () => whole
  return scene => {
    const filled = source.replace(CAPTURE, (_, capture: string) => {
      const node = scene.node(capture)
      return node === null ? "" : textOf(node, scene.text).replace(/[^\p{L}\p{N}_]/gu, "\\$&")
    })
    return new RegExp(filled, "u")
  }
}

function readRegExp(source: string, where: string): RegExp {
  try {
    return new RegExp(source, "u")
  } catch (error) {
    throw new ManifestError(where, `can't read its pattern: ${messageOf(error)}`)
  }
}

function nearest(node: SyntaxNode, types: readonly string[]): SyntaxNode | null {
  for (let at = node.parent; at !== null; at = at.parent) if (types.includes(at.type)) return at
  return null
}

function mentionsIn(node: SyntaxNode, scene: Scene, capture: string): readonly SyntaxNode[] {
  const scope = scene.node(capture)
  return scope === null ? [] : mentionsOf(node, scope, scene.text)
}

function isRepeated(node: SyntaxNode, text: string): boolean {
  const { parent } = node
  const around = parent?.parent ?? null
  if (parent === null || around === null) return false
  return mentionsOf(node, around, text, parent.startIndex).some(mention => {
    const { parent: other } = mention
    if (other === null || other.type !== parent.type) return false
    return (
      other.parent !== null &&
      isSame(other.parent, around) &&
      isLeading(mention, other) === isLeading(node, parent)
    )
  })
}

function isSame(a: SyntaxNode, b: SyntaxNode): boolean {
  return a.type === b.type && a.startIndex === b.startIndex && a.endIndex === b.endIndex
}

/** Whether a node ends its parent: a key does not, its value does. */
function isLeading(node: SyntaxNode, parent: SyntaxNode): boolean {
  return node.endIndex < parent.endIndex
}
