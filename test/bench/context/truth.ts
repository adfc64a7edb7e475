import { join } from "node:path"
import type { SourceFile } from "../corpus/source-files.ts"
import { mulberry32, pickBelow, type Random, shuffled } from "../random.ts"
import { type FileSyntax, readFileSyntax } from "./file-syntax.ts"
import type { PlacedContext } from "./projects.ts"
import {
  isKind,
  type TsChecker,
  type TsFile,
  type TsNode,
  type TsProgram,
  type TypeScript,
} from "./typescript.ts"
import { holdsWord } from "./words.ts"

/** A name in a line, and where in another file of the project it is declared: a file's index and a zero-based line. */
export interface Target {
  readonly name: string
  readonly file: number
  readonly line: number
  /** Whether the name stands nowhere else in the line's file, imports aside. */
  readonly isFirstUse: boolean
}

/** A line whose names are looked for. */
export interface DrawnLine {
  /** Index of the file in the project. */
  readonly file: number
  readonly line: number
  /** At least one. */
  readonly targets: readonly Target[]
}

/** What the checker knows of a project: everything that contestants and scores are made from. */
export interface ProjectTruth {
  /** By file, in the order of the project's files. */
  readonly syntax: readonly FileSyntax[]
  /** By file: where each of its imports leads, -1 for out of the project. */
  readonly importTargets: readonly (readonly number[])[]
  readonly lines: readonly DrawnLine[]
}

/** Lines drawn from one file at most, how often that is tried, and the shortest file and line. */
const LINES_PER_FILE = 3
const TRIES_PER_FILE = 25
const MIN_FILE_LINES = 20
const MIN_LINE_LENGTH = 8

/** What is a comment, or an export list, at the start of a trimmed line. */
const NO_CODE = /^(\/\/|\*|\/\*|export \{|export \*)/

/** Draws lines that use names of other files, and asks the checker where those are declared. Equal seeds draw equal lines. */
export function readTruth(ts: TypeScript, project: PlacedContext, seed: number, count: number): ProjectTruth {
  const checked = new CheckedProject(ts, project)
  const syntax = project.files.map((_, at) => readFileSyntax(ts, checked.file(at)))
  const importTargets = syntax.map(({ imports }, at) =>
    imports.map(({ specifier }) => checked.resolve(specifier, at)),
  )
  const random = mulberry32(seed)
  const lines: DrawnLine[] = []
  for (const file of shuffled([...project.files.keys()], random)) {
    if (lines.length >= count) break
    lines.push(...drawLines(checked, file, project.files[file]!, syntax[file]!, random))
  }
  return { syntax, importTargets, lines: lines.slice(0, count) }
}

function drawLines(
  checked: CheckedProject,
  file: number,
  source: SourceFile,
  { plumbing }: FileSyntax,
  random: Random,
): DrawnLine[] {
  const text = source.text.split("\n")
  if (text.length < MIN_FILE_LINES) return []
  const hidden = new Set(plumbing)
  const code = [...text.keys()].filter(line => !hidden.has(line) && isCode(text[line]!))
  const drawn: DrawnLine[] = []
  for (let tries = 0; tries < TRIES_PER_FILE && drawn.length < LINES_PER_FILE && code.length > 0; tries++) {
    const line = code.splice(pickBelow(random, code.length), 1)[0]!
    const found = checked.targetsOf(file, line)
    if (found.length === 0) continue
    const rest = text.filter((_, at) => at !== line && !hidden.has(at)).join("\n")
    drawn.push({
      file,
      line,
      targets: found.map(each => ({ ...each, isFirstUse: !holdsWord(rest, each.name) })),
    })
  }
  return drawn
}

function isCode(line: string): boolean {
  const code = line.trim()
  return code.length >= MIN_LINE_LENGTH && !NO_CODE.test(code)
}

/** A project as the checker sees it: nothing but its own files and TypeScript's library. */
class CheckedProject {
  readonly #ts: TypeScript
  readonly #folder: string
  readonly #paths: readonly string[]
  readonly #indexes: ReadonlyMap<string, number>
  readonly #options: object
  readonly #program: TsProgram
  readonly #checker: TsChecker

  constructor(ts: TypeScript, { folder, files, paths }: PlacedContext) {
    this.#ts = ts
    this.#folder = folder
    this.#paths = files.map(file => join(folder, file.path))
    this.#indexes = new Map(this.#paths.map((path, at) => [path, at]))
    this.#options = checkerOptions(folder, paths)
    this.#program = ts.createProgram(this.#paths, this.#options)
    // Making the checker gives nodes their parents, which reading the syntax needs.
    this.#checker = this.#program.getTypeChecker()
  }

  file(index: number): TsFile {
    return this.#program.getSourceFile(this.#paths[index]!)!
  }

  /** The file that a specifier leads to from another, or -1. */
  resolve(specifier: string, from: number): number {
    const found = this.#ts.resolveModuleName(specifier, this.#paths[from]!, this.#options, this.#ts.sys)
    return this.#indexes.get(found.resolvedModule?.resolvedFileName ?? this.#folder) ?? -1
  }

  /** The names that end in a line and are declared in other files only, each with the first of its declarations there. */
  targetsOf(index: number, line: number): Omit<Target, "isFirstUse">[] {
    const file = this.file(index)
    const start = file.getPositionOfLineAndCharacter(line, 0)
    const end = start + file.text!.slice(start).split("\n", 1)[0]!.length
    const targets = new Map<string, Omit<Target, "isFirstUse">>()
    const visit = (node: TsNode): void => {
      if (node.end < start || node.pos > end) return
      if (isKind(this.#ts, node, "Identifier") && node.getStart() >= start && node.end <= end) {
        const target = this.#targetOf(node, file)
        if (target !== null) targets.set(`${target.name}:${target.file}`, target)
      }
      this.#ts.forEachChild(node, visit)
    }
    visit(file)
    return [...targets.values()]
  }

  #targetOf(name: TsNode, from: TsFile): Omit<Target, "isFirstUse"> | null {
    const declarations = this.#declarationsOf(name)
    // A whole module has no line, and whoever adds to it from elsewhere does not declare it.
    if (declarations.some(each => each.getSourceFile() === from || isKind(this.#ts, each, "SourceFile"))) {
      return null
    }
    for (const declaration of declarations) {
      const file = declaration.getSourceFile()
      const index = this.#indexes.get(file.fileName)
      if (index === undefined) continue
      const place = (declaration.name ?? declaration).getStart()
      return { name: name.text!, file: index, line: file.getLineAndCharacterOfPosition(place).line }
    }
    return null
  }

  #declarationsOf(name: TsNode): readonly TsNode[] {
    const isShorthand = isKind(this.#ts, name.parent, "ShorthandPropertyAssignment")
    const shorthand = isShorthand ? this.#checker.getShorthandAssignmentValueSymbol(name.parent) : undefined
    const symbol = shorthand ?? this.#checker.getSymbolAtLocation(name)
    if (symbol === undefined) return []
    const isAlias = (symbol.flags & this.#ts.SymbolFlags["Alias"]!) !== 0
    return (isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol).declarations ?? []
  }
}

/** ESNext modules as a bundler resolves them, strict, for the DOM, without any `@types`. */
function checkerOptions(folder: string, paths: PlacedContext["paths"]): object {
  return {
    target: 99,
    module: 99,
    moduleResolution: 100,
    jsx: 1,
    skipLibCheck: true,
    noEmit: true,
    baseUrl: folder,
    paths,
    types: [],
    esModuleInterop: true,
    strict: true,
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    allowImportingTsExtensions: true,
    experimentalDecorators: true,
  }
}
