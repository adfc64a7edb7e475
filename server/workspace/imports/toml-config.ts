import { parse } from "smol-toml"
import type { CargoConfig, PythonConfig } from "./config-kinds.ts"
import { fieldsOf, stringOf, stringsOf } from "./json-config.ts"

/** What there is of a Cargo.toml. Throws `TomlError` for broken TOML. */
export function readCargo(text: string): CargoConfig {
  const fields = fieldsOf(parse(text))
  const listed = ["bin", "test", "bench", "example"].flatMap(key => {
    const tables = fields.get(key)
    return Array.isArray(tables) ? tables.flatMap(table => stringsOf(fieldsOf(table).get("path"))) : []
  })
  const library = stringOf(fieldsOf(fields.get("lib")).get("path"))
  return {
    name: stringOf(fieldsOf(fields.get("package")).get("name")),
    roots: library === null ? listed : [library, ...listed],
    library,
    renamed: ["dependencies", "dev-dependencies", "build-dependencies"].flatMap(key =>
      [...fieldsOf(fields.get(key))].flatMap(([name, value]) =>
        stringsOf(fieldsOf(value).get("package")).map(crate => [name, crate] as const),
      ),
    ),
  }
}

/** Where a pyproject.toml says that packages lie, for setuptools, poetry, hatch, maturin. Throws `TomlError` for broken TOML. */
export function readPython(text: string): PythonConfig {
  const tool = fieldsOf(fieldsOf(parse(text)).get("tool"))
  const setuptools = fieldsOf(tool.get("setuptools"))
  const found = fieldsOf(fieldsOf(setuptools.get("packages")).get("find")).get("where")
  const listed = fieldsOf(tool.get("poetry")).get("packages")
  const wheel = fieldsOf(
    fieldsOf(fieldsOf(fieldsOf(tool.get("hatch")).get("build")).get("targets")).get("wheel"),
  )
  return {
    sourceFolders: [
      ...stringsOf(found),
      ...[...fieldsOf(setuptools.get("package-dir"))].flatMap(([, folder]) => stringsOf(folder)),
      ...(Array.isArray(listed) ? listed.flatMap(each => stringsOf(fieldsOf(each).get("from"))) : []),
      ...stringsOf(wheel.get("sources")),
      ...stringsOf(wheel.get("packages")).map(path => path.replace(/\/?[^/]*$/, "")),
      ...stringsOf(fieldsOf(tool.get("maturin")).get("python-source")),
    ].filter(folder => folder !== ""),
  }
}
