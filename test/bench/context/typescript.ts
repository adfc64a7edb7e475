import { createRequire } from "node:module"
import { join } from "node:path"
import { fetchPackage } from "../corpus/fetch.ts"

/** The release that knows the truth. */
export const TYPESCRIPT_VERSION = "5.9.3"

/** A node of TypeScript's tree: what the bench reads of all kinds at once. */
export interface TsNode {
  readonly kind: number
  /** Offset before the node's leading comments. */
  readonly pos: number
  readonly end: number
  readonly parent: TsNode
  readonly name?: TsNode
  readonly propertyName?: TsNode
  readonly text?: string
  readonly body?: TsNode
  readonly members?: readonly TsNode[]
  readonly properties?: readonly TsNode[]
  readonly elements?: readonly TsNode[]
  readonly arguments?: readonly TsNode[]
  readonly statements?: readonly TsNode[]
  readonly type?: TsNode
  readonly initializer?: TsNode
  readonly expression?: TsNode
  readonly declarationList?: TsNode
  readonly declarations?: readonly TsNode[]
  readonly importClause?: TsNode
  readonly namedBindings?: TsNode
  readonly exportClause?: TsNode
  readonly moduleSpecifier?: TsNode
  getStart(): number
  getText(): string
  getSourceFile(): TsFile
}

/** A parsed file. */
export interface TsFile extends TsNode {
  readonly fileName: string
  readonly statements: readonly TsNode[]
  getLineAndCharacterOfPosition(offset: number): { readonly line: number }
  getPositionOfLineAndCharacter(line: number, character: number): number
}

/** What a name stands for. */
interface TsSymbol {
  readonly flags: number
  readonly declarations?: readonly TsNode[]
}

/** The part of the type checker that is asked. */
export interface TsChecker {
  getSymbolAtLocation(node: TsNode): TsSymbol | undefined
  getShorthandAssignmentValueSymbol(node: TsNode): TsSymbol | undefined
  getAliasedSymbol(symbol: TsSymbol): TsSymbol
}

/** A type-checked project. */
export interface TsProgram {
  getSourceFile(path: string): TsFile | undefined
  getTypeChecker(): TsChecker
}

/** The part of the `typescript` package that is used. Numbers of kinds and flags are looked up by name. */
export interface TypeScript {
  readonly SyntaxKind: Readonly<Record<string, number>>
  readonly SymbolFlags: Readonly<Record<string, number>>
  readonly ModifierFlags: Readonly<Record<string, number>>
  readonly sys: object
  createProgram(paths: readonly string[], options: object): TsProgram
  forEachChild(node: TsNode, visit: (child: TsNode) => void): void
  getCombinedModifierFlags(node: TsNode): number
  resolveModuleName(
    specifier: string,
    from: string,
    options: object,
    host: object,
  ): { readonly resolvedModule?: { readonly resolvedFileName: string } }
}

/** Loads the checker from the corpus, where it is fetched to; it is no dependency of the project. */
export function loadTypeScript(corpus: string): TypeScript {
  const entry = join(fetchPackage(corpus, "typescript", TYPESCRIPT_VERSION), "lib", "typescript.js")
  return createRequire(entry)(entry) as TypeScript
}

/** Whether a node is of one of the named kinds. */
export function isKind(ts: TypeScript, node: TsNode, ...names: readonly string[]): boolean {
  return names.some(name => ts.SyntaxKind[name] === node.kind)
}
