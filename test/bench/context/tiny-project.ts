import { parseFixture } from "../../fixture.ts"
import type { Declared, FileSyntax, ImportedName, ImportStatement } from "./file-syntax.ts"
import { range } from "./file-syntax.ts"
import type { PlacedContext } from "./projects.ts"
import type { ProjectTruth } from "./truth.ts"

/** A project from fixture text, and what a checker would know of it; for one-line declarations and `./name` imports. */
export function tinyProject(source: string): { project: PlacedContext; truth: ProjectTruth } {
  const files = parseFixture(source).files.map(({ path, text }) => ({ path: path.slice(1), text }))
  const project = { name: "tiny", folder: "/tiny", files, paths: {} }
  const syntax = files.map(({ text }) => readSyntax(text))
  const targetOf = ({ specifier }: ImportStatement): number =>
    files.findIndex(({ path }) => `./${path}` === `${specifier}.ts`)
  return {
    project,
    truth: { syntax, importTargets: syntax.map(({ imports }) => imports.map(targetOf)), lines: [] },
  }
}

function readSyntax(text: string): FileSyntax {
  const imports = [...text.matchAll(/^import ([^"]*)"([^"]*)"/gm)].map(match => readImport(text, match))
  return {
    declarations: text.split("\n").flatMap(readDeclaration),
    imports,
    plumbing: imports.flatMap(({ first, last }) => range(first, last)),
  }
}

function readDeclaration(text: string, line: number): Declared[] {
  const name = /^export (?:function|class|interface|type|const) (\w+)/.exec(text)?.[1]
  return name === undefined ? [] : [{ name, line, owner: null, isOwnVariable: false, skeleton: [line] }]
}

function readImport(text: string, match: RegExpExecArray): ImportStatement {
  const start = match.index
  const end = start + match[0].length
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length - 1
  const isWord = (word: string): boolean => !["from", "type"].includes(word)
  const names = [...match[1]!.matchAll(/\w+(?: as \w+)?/g)]
    .filter(([word]) => isWord(word))
    .map(({ 0: word, index }): ImportedName => {
      const [name, as = name] = word.split(" as ")
      const at = start + "import ".length + index
      return { name: name!, as: as!, start: at, end: at + word.length }
    })
  return { start, end, first: lineOf(start), last: lineOf(end), specifier: match[2]!, isExport: false, names }
}
