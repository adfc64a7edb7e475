import type { SymbolKind } from "../../syntax/symbols.ts"
import type { ActionSite, DeclarationAround } from "./action-site.ts"
import type { TargetKind } from "./landing/target.ts"

/** Which model an action is for; `auto` goes by the size of what is to be changed. */
export type ActionModel = "live" | "deep" | "auto"

/** One thing that a model can be asked to do with code, as data. */
export interface ActionKind {
  readonly id: string
  /** Shown in menus. */
  readonly title: (site: ActionSite) => string
  /** A code action kind of LSP. */
  readonly kind: "quickfix" | "refactor.rewrite" | "refactor.extract"
  readonly model: ActionModel
  /** How much of the code around the place may be changed. */
  readonly target: TargetKind
  /** Whether it makes sense at a place. Costs no more than a look at the declarations there. */
  readonly applies: (site: ActionSite) => boolean
  /** What the model is told to do. */
  readonly instruction: (site: ActionSite) => string
}

/** Kinds of declarations with code in them. */
const CALLABLE: ReadonlySet<SymbolKind> = new Set(["function", "method", "constructor"])
const TYPES: ReadonlySet<SymbolKind> = new Set(["class", "interface", "struct", "trait", "enum", "type"])

/** A declaration of more than this many units is looked at by its beginning alone. */
const LOOKED_AT = 2000

/** What stands where a body is to be written one day. */
const PLACEHOLDER = /not (?:yet )?implemented|NotImplementedError|\bunimplemented!|\btodo!/i
/** A body without a statement, once its comments are taken away. */
const EMPTY_BODY = /\{\s*\};?$|:\s+(?:pass|\.\.\.)$/
const COMMENTS = /\/\/.*|^\s*#.*|\/\*[\s\S]*?\*\//gm

function isUnwritten({ text }: DeclarationAround): boolean {
  if (text.length > LOOKED_AT) return false
  return PLACEHOLDER.test(text) || EMPTY_BODY.test(text.replace(COMMENTS, "").trimEnd())
}

const PROMISES_MEMBERS =
  /^[^{]*\b(?:implements|extends)\b|^\s*(?:unsafe\s+)?impl\b[^{]*\bfor\b|^class\s+\w+\s*\(\s*\w/

/** The innermost function or method around a place, or null. */
export function callableAt(site: ActionSite): DeclarationAround | null {
  return site.declarations.find(({ kind }) => CALLABLE.has(kind)) ?? null
}

function typeAt(site: ActionSite): DeclarationAround | null {
  return site.declarations.find(({ kind }) => TYPES.has(kind)) ?? null
}

function isSelection({ start, end }: ActionSite): boolean {
  return end > start
}

/** Whether there is code to work on: a selection, or a function around the cursor. */
function hasCode(site: ActionSite): boolean {
  return isSelection(site) || callableAt(site) !== null
}

function thing(site: ActionSite): string {
  if (isSelection(site)) return "the selection"
  const around = callableAt(site) ?? typeAt(site)
  return around === null ? "this" : `this ${around.kind === "constructor" ? "method" : around.kind}`
}

/** Whether a comment ends right above a declaration, or its body begins with a text, as Python's do. */
function isDocumented({ document: { text } }: ActionSite, { start, text: own }: DeclarationAround): boolean {
  const above = text.slice(Math.max(0, start - 400), start).trimEnd()
  const line = above.slice(above.lastIndexOf("\n") + 1).trim()
  return /\*\/$|^(?:\/\/|#(?!\[)|--)/.test(line) || /:\s*\n\s*[rR]?("""|''')/.test(own.slice(0, LOOKED_AT))
}

function hasKeyword({ language }: ActionSite, word: string): boolean {
  return language?.lexicon.keywords.includes(word) === true
}

/** Languages in which types may be left out, and can be written. */
const GRADUALLY_TYPED: ReadonlySet<string> = new Set(["typescript", "tsx", "python", "php", "javascript"])

/** Languages whose tests stand in the file that they are of; elsewhere an edit would have to make another one. */
const TESTED_IN_PLACE: ReadonlySet<string> = new Set(["rust"])

function problemsOf({ problems }: ActionSite): string {
  return problems.map(({ message }) => `- ${message.replace(/\s+/g, " ").trim().slice(0, 400)}`).join("\n")
}

const REWRITE = { kind: "refactor.rewrite", model: "auto", target: "declaration" } as const

/** Everything offered, in the order of menus. */
export const ACTION_KINDS: readonly ActionKind[] = [
  {
    ...REWRITE,
    id: "order",
    kind: "quickfix",
    title: ({ order }) => `Do: ${shortened(order?.instruction ?? "")}`,
    applies: ({ order }) => order !== null,
    instruction: ({ order }) => order?.instruction ?? "",
  },
  {
    ...REWRITE,
    id: "fix",
    kind: "quickfix",
    model: "live",
    target: "statement",
    title: ({ problems }) => (problems.length === 1 ? "Fix this problem" : "Fix these problems"),
    applies: ({ problems }) => problems.length > 0,
    instruction: site => `Fix what is reported here and change nothing else:\n${problemsOf(site)}`,
  },
  {
    ...REWRITE,
    id: "complete-body",
    kind: "quickfix",
    title: () => "Write this body",
    applies: site => {
      const callable = callableAt(site)
      return callable !== null && isUnwritten(callable)
    },
    instruction: () =>
      "Write the body of this function, which is not written yet. Leave its signature as it is.",
  },
  {
    ...REWRITE,
    id: "write-members",
    kind: "quickfix",
    title: () => "Write the missing members",
    applies: site => PROMISES_MEMBERS.test(typeAt(site)?.text.slice(0, LOOKED_AT) ?? ""),
    instruction: () =>
      "Write the members that this type has to have, by what it implements or extends, and does not have yet.",
  },
  {
    ...REWRITE,
    id: "write-cases",
    kind: "quickfix",
    model: "live",
    title: () => "Write the missing cases",
    applies: ({ hasCases }) => hasCases,
    instruction: () => "Add the cases that are missing to the choice between cases here.",
  },
  {
    ...REWRITE,
    id: "write-doc",
    model: "live",
    title: site => `Write a doc comment for ${thing(site)}`,
    applies: site => {
      const [inner] = site.declarations
      return (
        inner !== undefined &&
        (CALLABLE.has(inner.kind) || TYPES.has(inner.kind)) &&
        !isDocumented(site, inner)
      )
    },
    instruction: () =>
      "Write a doc comment for this declaration, in the style of the others in this project: what it promises, not how it works. Change nothing else.",
  },
  {
    ...REWRITE,
    id: "simplify",
    title: site => `Simplify ${thing(site)}`,
    applies: hasCode,
    instruction: () => "Make this code simpler and easier to read. It must do exactly the same.",
  },
  {
    ...REWRITE,
    id: "modernise",
    title: site => `Modernise ${thing(site)}`,
    applies: hasCode,
    instruction: () =>
      "Rewrite this code with the present means of its language and of the libraries it uses. It must do exactly the same.",
  },
  {
    ...REWRITE,
    id: "make-async",
    title: site => `Make ${thing(site)} async`,
    applies: site => {
      const callable = callableAt(site)
      return callable !== null && hasKeyword(site, "async") && !/\basync\b/.test(callable.text.slice(0, 200))
    },
    instruction: () => "Make this function asynchronous, and await what is asynchronous in it.",
  },
  {
    ...REWRITE,
    id: "extract",
    kind: "refactor.extract",
    target: "outermost",
    title: () => "Extract the selection into a function",
    applies: isSelection,
    instruction: ({ document, start, end }) =>
      `Extract this code into a function of its own with a telling name, and call it where the code stood:\n${document.text.slice(start, Math.min(end, start + LOOKED_AT))}`,
  },
  {
    ...REWRITE,
    id: "rename",
    title: site => `Find better names in ${thing(site)}`,
    applies: hasCode,
    instruction: () =>
      "Give the local variables and parameters here names that say what they are. Names that are used elsewhere stay.",
  },
  {
    ...REWRITE,
    id: "add-types",
    title: site => `Add types to ${thing(site)}`,
    applies: site => callableAt(site) !== null && GRADUALLY_TYPED.has(site.language?.name ?? ""),
    instruction: ({ language }) =>
      language?.name === "javascript"
        ? "Add a JSDoc comment with the types of parameters and result. Change nothing else."
        : "Add the types that are missing to parameters, result and variables where they can't be inferred. Change nothing else.",
  },
  {
    ...REWRITE,
    id: "handle-errors",
    title: site => `Handle errors in ${thing(site)}`,
    applies: site => callableAt(site) !== null,
    instruction: () =>
      "Handle the errors that can happen here in the way this project handles errors. What succeeds stays as it is.",
  },
  {
    ...REWRITE,
    id: "write-test",
    model: "deep",
    target: "outermost",
    title: site => `Write a test for ${thing(site)}`,
    applies: site => callableAt(site) !== null && TESTED_IN_PLACE.has(site.language?.name ?? ""),
    instruction: () =>
      "Write a test for this function in the project's own style of tests, into the module of tests of this file.",
  },
]

/** Longest part of an instruction in a title, in UTF-16 code units. */
const TITLE_LENGTH = 60

/** A text of one line that fits a menu. */
export function shortened(text: string): string {
  return text.length <= TITLE_LENGTH ? text : `${text.slice(0, TITLE_LENGTH - 1).trimEnd()}…`
}

/** The kind of an id, or null. */
export function actionKind(id: string): ActionKind | null {
  return ACTION_KINDS.find(kind => kind.id === id) ?? null
}
