import type { TimeSlice } from "../base/time-slice.ts"
import { byText } from "../workspace/best-of.ts"
import { rootOf } from "./short-path.ts"

/** A folder with what lies below it. */
interface Folder {
  /** Of it and all folders below. */
  files: number
  readonly children: Map<string, Folder>
}

const PATHS_PER_LOOK = 64
/** Folders with fewer files, of many, tell nothing about a project. */
const FEWEST_FILES = 2

/**
 * The folders of a project as indented lines with the number of files below each: the fullest ones, at most `most`. Paths
 * and roots are absolute, with `/` between names; what lies in no root is left out. Goes through all paths in slices.
 */
export async function layoutOf(
  paths: Iterable<string>,
  roots: readonly string[],
  most: number,
  slice: TimeSlice,
): Promise<readonly string[]> {
  const tops = new Map(roots.map(root => [root, newFolder()]))
  let seen = 0
  for (const path of paths) {
    if (++seen % PATHS_PER_LOOK === 0 && slice.due()) await slice.pause()
    const root = rootOf(path, roots)
    if (root !== null) countIn(tops.get(root)!, path.slice(root.length + 1).split(/[\\/]/))
  }
  const shown = fullest([...tops.values()], most)
  return [...tops].flatMap(([root, top]) =>
    top.files === 0 ? [] : linesOf(`${root.slice(root.lastIndexOf("/") + 1)}/`, top, shown, 0),
  )
}

function newFolder(): Folder {
  return { files: 0, children: new Map() }
}

function countIn(top: Folder, names: readonly string[]): void {
  let folder = top
  folder.files++
  for (const name of names.slice(0, -1)) {
    let child = folder.children.get(name)
    if (child === undefined) {
      child = newFolder()
      folder.children.set(name, child)
    }
    folder = child
    folder.files++
  }
}

/** The folders shown: the fullest whose parent is shown. */
function fullest(tops: readonly Folder[], most: number): ReadonlySet<Folder> {
  const shown = new Set<Folder>(tops)
  let open = tops.flatMap(top => [...top.children.values()])
  while (shown.size < most && open.length > 0) {
    const next = open.reduce((best, each) => (each.files > best.files ? each : best))
    if (next.files < FEWEST_FILES) break
    shown.add(next)
    open = [...open.filter(each => each !== next), ...next.children.values()]
  }
  return shown
}

function linesOf(name: string, folder: Folder, shown: ReadonlySet<Folder>, depth: number): readonly string[] {
  const below = [...folder.children]
    .filter(([, child]) => shown.has(child))
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([childName, child]) => linesOf(`${childName}/`, child, shown, depth + 1))
  const files = folder.files === 1 ? "1 file" : `${folder.files} files`
  return [`${"  ".repeat(depth)}${name} (${files})`, ...below]
}
