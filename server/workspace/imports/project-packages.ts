import { dirname, join, relative } from "node:path"
import { type IgnorePattern, matchesPattern, parseIgnorePatterns } from "../ignore-pattern.ts"
import { closest, foldersAbove, isWithin } from "./path-parts.ts"
import type { ResolverDisk } from "./resolver-disk.ts"

/** The folder of the nearest package.json above a file, or null. */
export function packageFolderOf(from: string, disk: ResolverDisk): string | null {
  return disk.memo(`package ${dirname(from)}`, () => {
    const folders = foldersAbove(from, disk.roots)
    return folders.find(folder => disk.config("package", join(folder, "package.json")) !== null) ?? null
  })
}

/** The folder of the workspace member with this name, or null; of several, the closest to `from`. */
export function memberFolder(name: string, from: string, disk: ResolverDisk): string | null {
  const members = disk.memo("members", () => foldersByName(memberFolders(disk), disk))
  return closest(members.get(name) ?? [], from)
}

/** The folder of any package of the project with this name, or null; of several, the closest to `from`. */
export function projectPackageFolder(name: string, from: string, disk: ResolverDisk): string | null {
  const packages = disk.memo("packages", () => foldersByName(packageFolders(disk), disk))
  return closest(packages.get(name) ?? [], from)
}

function packageFolders(disk: ResolverDisk): readonly string[] {
  return disk.configs("package").map(path => dirname(path))
}

function foldersByName(
  folders: readonly string[],
  disk: ResolverDisk,
): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>()
  for (const folder of folders) {
    const name = disk.config("package", join(folder, "package.json"))?.name
    if (name === null || name === undefined) continue
    const known = byName.get(name)
    if (known === undefined) byName.set(name, [folder])
    else known.push(folder)
  }
  return byName
}

/** Folders with a package that some workspace above them claims, and those of the workspaces themselves. */
function memberFolders(disk: ResolverDisk): readonly string[] {
  const workspaces = [...npmWorkspaces(disk), ...pnpmWorkspaces(disk)]
  return packageFolders(disk).filter(folder => workspaces.some(workspace => claims(workspace, folder)))
}

interface PackageWorkspace {
  readonly folder: string
  readonly patterns: readonly IgnorePattern[]
}

function npmWorkspaces(disk: ResolverDisk): readonly PackageWorkspace[] {
  return disk.configs("package").flatMap(path => {
    const globs = disk.config("package", path)?.workspaces ?? []
    return globs.length === 0 ? [] : [workspaceOf(dirname(path), globs)]
  })
}

function pnpmWorkspaces(disk: ResolverDisk): readonly PackageWorkspace[] {
  return disk.configs("pnpm").map(path => workspaceOf(dirname(path), disk.config("pnpm", path) ?? []))
}

/** The globs of workspaces are those of ignore files, held against whole paths; the last that matches decides. */
function workspaceOf(folder: string, globs: readonly string[]): PackageWorkspace {
  const lines = globs.map(glob => glob.replace(/^(!?)(?:\.\/|\/)?(.*?)\/?$/, "$1/$2"))
  return { folder, patterns: parseIgnorePatterns(lines.join("\n")) }
}

function claims(workspace: PackageWorkspace, folder: string): boolean {
  if (folder === workspace.folder) return true
  if (!isWithin(folder, workspace.folder)) return false
  const names = relative(workspace.folder, folder).split(/[\\/]/)
  const last = workspace.patterns.findLast(pattern => matchesPattern(pattern, names, true))
  return last !== undefined && !last.negated
}
