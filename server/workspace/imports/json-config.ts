import { parse } from "jsonc-parser"
import type { CompilerConfig, ComposerConfig, PackageConfig } from "./config-kinds.ts"

/** An object of parsed data: its own fields only, so that no name can reach a prototype. */
type Fields = ReadonlyMap<string, unknown>

/** The fields of parsed data; none if it is no object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map()
}

/** A string of parsed data, or null. */
export function stringOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}

/** The strings of parsed data: of a list, or the one there is. */
export function stringsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.filter(each => typeof each === "string")
}

/** What there is of a package.json; broken JSON gives what could be read. */
export function readPackage(text: string): PackageConfig {
  const fields = parseFields(text)
  const workspaces = fields.get("workspaces")
  return {
    name: stringOf(fields.get("name")),
    entries: ["source", "types", "typings", "module", "main"].flatMap(key => stringsOf(fields.get(key))),
    exports: fields.get("exports") ?? null,
    imports: fields.get("imports") ?? null,
    workspaces: Array.isArray(workspaces)
      ? stringsOf(workspaces)
      : stringsOf(fieldsOf(workspaces).get("packages")),
  }
}

/** What there is of a tsconfig.json, with comments and commas too many; broken JSON gives what could be read. */
export function readCompilerConfig(text: string): CompilerConfig {
  const fields = parseFields(text)
  const options = fieldsOf(fields.get("compilerOptions"))
  const paths = options.get("paths")
  const references: readonly unknown[] = Array.isArray(fields.get("references"))
    ? (fields.get("references") as readonly unknown[])
    : []
  return {
    extends: stringsOf(fields.get("extends")),
    baseUrl: stringOf(options.get("baseUrl")),
    paths:
      paths === undefined
        ? null
        : [...fieldsOf(paths)].map(([pattern, targets]) => [pattern, stringsOf(targets)]),
    references: references.flatMap(each => stringsOf(fieldsOf(each).get("path"))),
  }
}

/** What there is of a composer.json. */
export function readComposer(text: string): ComposerConfig {
  const fields = parseFields(text)
  const namespaces = ["autoload", "autoload-dev"].flatMap(key =>
    [...fieldsOf(fieldsOf(fields.get(key)).get("psr-4"))].flatMap(([namespace, folders]) =>
      stringsOf(folders).map(folder => [namespace, folder] as const),
    ),
  )
  return { namespaces }
}

function parseFields(text: string): Fields {
  return fieldsOf(parse(text, [], { allowTrailingComma: true }))
}
