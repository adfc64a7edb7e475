import { existsSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"

/** What stands at the top of a project, in any language. */
const MARKERS = [
  ".git",
  ".hg",
  "package.json",
  "pyproject.toml",
  "Cargo.toml",
  "go.mod",
  "pom.xml",
  "build.gradle",
  "CMakeLists.txt",
  "Makefile",
]

/** Whether a folder holds far more than a project: the top of a disk, the home folder, or one that contains it. */
export function isTooBroad(folder: string, home: string): boolean {
  return dirname(folder) === folder || contains(folder, home)
}

/** Whether `path` is `folder` or lies in it; both absolute. */
export function contains(folder: string, path: string): boolean {
  const steps = relative(folder, path)
  return steps === "" || (steps !== ".." && !steps.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(steps))
}

/**
 * The folder to index for a file that no root holds: the nearest one above it that looks like the top of a project, else
 * its own. Null where even that would be too broad. Asks the disk which markers exist.
 */
export function projectFolder(file: string, home: string): string | null {
  const own = dirname(file)
  if (isTooBroad(own, home)) return null
  for (let folder = own; !isTooBroad(folder, home); folder = dirname(folder)) {
    if (MARKERS.some(marker => existsSync(join(folder, marker)))) return folder
  }
  return own
}
