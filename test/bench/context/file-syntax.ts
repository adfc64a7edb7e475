import { isKind, type TsFile, type TsNode, type TypeScript } from "./typescript.ts"

/** One declaration of a file. Lines are zero-based. */
export interface Declared {
  readonly name: string
  readonly line: number
  /** Name of the declaration at the top that it is a member of, or null. */
  readonly owner: string | null
  /** A variable that its file keeps to itself. */
  readonly isOwnVariable: boolean
  /** The lines that show it without its bodies, ascending. */
  readonly skeleton: readonly number[]
}

/** A name that an import brings in, and where it is written: offsets in the file. */
export interface ImportedName {
  /** As its own file calls it; `*` for everything, `default` for the default export. */
  readonly name: string
  readonly as: string
  readonly start: number
  readonly end: number
}

/** An `import`, or an `export … from`. */
export interface ImportStatement {
  readonly start: number
  readonly end: number
  /** The lines it stands on. */
  readonly first: number
  readonly last: number
  readonly specifier: string
  readonly isExport: boolean
  readonly names: readonly ImportedName[]
}

/** What one file declares and imports, by TypeScript's own parser. */
export interface FileSyntax {
  readonly declarations: readonly Declared[]
  readonly imports: readonly ImportStatement[]
  /** Lines of imports and of `export { … }` lists: never drawn. */
  readonly plumbing: readonly number[]
}

/** Longest skeletons of one declaration, in lines. */
const SIGNATURE_LINES = 13
const MEMBER_LINES = 6
const TYPE_LINES = 61
const VALUE_LINES = 4
const OBJECT_LINES = 60

/** What one file declares and imports. */
export function readFileSyntax(ts: TypeScript, file: TsFile): FileSyntax {
  const reader = new SyntaxReader(ts, file)
  for (const statement of file.statements) reader.read(statement)
  return { declarations: reader.declarations, imports: reader.imports, plumbing: reader.plumbing }
}

class SyntaxReader {
  readonly declarations: Declared[] = []
  readonly imports: ImportStatement[] = []
  readonly plumbing: number[] = []
  readonly #ts: TypeScript
  readonly #file: TsFile

  constructor(ts: TypeScript, file: TsFile) {
    this.#ts = ts
    this.#file = file
  }

  read(node: TsNode): void {
    if (this.#is(node, "ImportDeclaration", "ExportDeclaration")) this.#readImport(node)
    else if (this.#is(node, "FunctionDeclaration")) this.#declare(node, this.#signature(node, node.body))
    else if (this.#is(node, "ClassDeclaration")) this.#readClass(node)
    else if (this.#is(node, "InterfaceDeclaration", "TypeAliasDeclaration", "EnumDeclaration"))
      this.#readType(node)
    else if (this.#is(node, "VariableStatement")) this.#readVariables(node)
    else if (this.#is(node, "ModuleDeclaration")) this.#readNamespace(node)
    else if (this.#is(node, "ExportAssignment"))
      this.#put("default", node, null, this.#span(node, VALUE_LINES))
  }

  #readImport(node: TsNode): void {
    const [first, last] = [this.#lineAt(node.getStart()), this.#lineAt(node.end)]
    this.plumbing.push(...range(first, last))
    const specifier = node.moduleSpecifier?.text
    if (specifier === undefined) return
    const isExport = this.#is(node, "ExportDeclaration")
    const names = isExport ? this.#exportedNames(node) : this.#importedNames(node)
    this.imports.push({ start: node.getStart(), end: node.end, first, last, specifier, isExport, names })
  }

  #importedNames({ importClause }: TsNode): ImportedName[] {
    const names: ImportedName[] = []
    const { name, namedBindings } = importClause ?? {}
    if (name !== undefined) names.push(placed(name, "default", name.text!))
    if (namedBindings?.name !== undefined) names.push(placed(namedBindings, "*", namedBindings.name.text!))
    return [...names, ...listed(namedBindings)]
  }

  #exportedNames(node: TsNode): ImportedName[] {
    return node.exportClause === undefined ? [placed(node, "*", "*")] : listed(node.exportClause)
  }

  #readClass(node: TsNode): void {
    const lines = [this.#lineAt((node.name ?? node).getStart())]
    for (const member of node.members ?? []) {
      const value = member.initializer
      const arrow = value !== undefined && this.#is(value, "ArrowFunction") ? value.body : undefined
      const skeleton = this.#signature(member, member.body ?? arrow).slice(0, MEMBER_LINES)
      lines.push(...skeleton)
      this.#declareMember(member, node, skeleton)
    }
    this.#declare(node, lines)
  }

  #readType(node: TsNode): void {
    this.#declare(node, this.#span(node, TYPE_LINES))
    const members = node.members ?? node.type?.members ?? []
    for (const member of members) this.#declareMember(member, node, [])
  }

  #readVariables(node: TsNode): void {
    for (const variable of node.declarationList?.declarations ?? []) {
      if (variable.name === undefined || !this.#is(variable.name, "Identifier")) continue
      const value = variable.initializer
      const isFunction = value !== undefined && this.#is(value, "ArrowFunction", "FunctionExpression")
      const lines = isFunction ? this.#signature(node, value.body) : this.#span(node, VALUE_LINES)
      for (const property of this.#propertiesOf(value)) {
        if (property.name !== undefined) lines.push(this.#lineAt(property.name.getStart()))
        this.#declareMember(property, variable, [])
      }
      this.#put(variable.name.text!, variable, null, lines.slice(0, OBJECT_LINES), !this.#isExported(node))
    }
  }

  /** The properties of an object that is a value, perhaps through a call or a cast. */
  #propertiesOf(value: TsNode | undefined): readonly TsNode[] {
    let node = value
    while (node !== undefined && this.#is(node, "AsExpression", "SatisfiesExpression", "CallExpression")) {
      node = this.#is(node, "CallExpression")
        ? node.arguments?.find(each => this.#is(each, "ObjectLiteralExpression"))
        : node.expression
    }
    return node !== undefined && this.#is(node, "ObjectLiteralExpression") ? (node.properties ?? []) : []
  }

  #readNamespace(node: TsNode): void {
    this.#declare(node, [this.#lineAt(node.getStart())])
    for (const statement of node.body?.statements ?? []) this.read(statement)
  }

  #declareMember(member: TsNode, owner: TsNode, skeleton: readonly number[]): void {
    const name = member.name
    if (name === undefined) return
    const lines = skeleton.length > 0 ? skeleton : [this.#lineAt(name.getStart())]
    this.#put(name.getText(), member, owner.name?.getText() ?? "default", lines)
  }

  #declare(node: TsNode, skeleton: readonly number[]): void {
    this.#put(node.name?.text ?? "default", node, null, skeleton)
  }

  #put(
    name: string,
    node: TsNode,
    owner: string | null,
    lines: readonly number[],
    isOwnVariable = false,
  ): void {
    const line = this.#lineAt((node.name ?? node).getStart())
    const skeleton = [...new Set(lines)].sort((a, b) => a - b)
    this.declarations.push({ name, line, owner, isOwnVariable, skeleton })
  }

  /** The lines from a node's start to its body's, or to its end. */
  #signature(node: TsNode, body: TsNode | undefined): number[] {
    const first = this.#lineAt(node.getStart())
    const last = this.#lineAt(body?.getStart() ?? node.end)
    return range(first, Math.min(last, first + SIGNATURE_LINES - 1))
  }

  #span(node: TsNode, most: number): number[] {
    const first = this.#lineAt(node.getStart())
    return range(first, Math.min(this.#lineAt(node.end), first + most - 1))
  }

  #isExported(node: TsNode): boolean {
    return (this.#ts.getCombinedModifierFlags(node) & this.#ts.ModifierFlags["Export"]!) !== 0
  }

  #is(node: TsNode, ...names: readonly string[]): boolean {
    return isKind(this.#ts, node, ...names)
  }

  #lineAt(offset: number): number {
    return this.#file.getLineAndCharacterOfPosition(offset).line
  }
}

/** The names between braces of an import or export. */
function listed(clause: TsNode | undefined): ImportedName[] {
  return (clause?.elements ?? []).map(each => {
    const as = each.name!.text!
    return placed(each, each.propertyName?.text ?? as, as)
  })
}

function placed(node: TsNode, name: string, as: string): ImportedName {
  return { name, as, start: node.getStart(), end: node.end }
}

/** The whole numbers from `first` to `last`, both included. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}
