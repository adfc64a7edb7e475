import type { Dirent } from "node:fs"
import { lstat, readdir, realpath } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { throwIfAborted } from "../base/cancel.ts"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"
import { TimeSlice } from "../base/time-slice.ts"
import { IGNORE_FILES, IgnoreRules } from "./ignore-rules.ts"

/** What a walk tells as it goes. */
interface WalkVisitor {
  /** Absolute paths of files to read, in one folder. */
  files(paths: readonly string[]): void
  /** A folder that is not gone into. */
  ignoredFolder?(path: string): void
}

/** Folders walked at a time: enough to keep the disk busy. */
const WALKERS = 8
/** The longest stretch of walking on the main thread, ms. */
const STRETCH_MS = 3

/**
 * The files of a project as its ignore rules show them. Links are never followed: what they point at inside a root is
 * found under its own path, and what lies outside is not the project's.
 * Invariant: holds no state of the disk; each call reads the rules anew, so a changed ignore file counts at once.
 */
export class ProjectTree {
  readonly #roots: readonly string[]
  readonly #log: Log

  private constructor(roots: readonly string[], log: Log) {
    this.#roots = roots
    this.#log = log
  }

  /** The tree under `roots`, absolute paths of which some may lie in others, be equal, or not exist. */
  static async open(roots: readonly string[], log: Log): Promise<ProjectTree> {
    const byPlace = new Map<string, string>()
    for (const root of roots.map(root => resolve(root))) {
      const place = await realpath(root).catch(() => root)
      if (!byPlace.has(place)) byPlace.set(place, root)
    }
    return new ProjectTree([...byPlace.values()], log)
  }

  /** Distinct roots, absolute. */
  get roots(): readonly string[] {
    return this.#roots
  }

  /** Tells of every file of the project once. Rejects with `Cancelled` when `signal` aborts. */
  async walk(visitor: WalkVisitor, signal: AbortSignal): Promise<void> {
    for (const root of this.#roots) {
      const rules = await IgnoreRules.atRoot(root)
      await this.#walkFrom({ folder: root, rules, ruled: true }, visitor, signal)
    }
  }

  /** Tells of every file below `folder`, which lies in a root and is not ignored. */
  async walkFolder(folder: string, visitor: WalkVisitor, signal: AbortSignal): Promise<void> {
    const rules = await this.#rulesIn(folder, new Map())
    if (rules !== null) await this.#walkFrom({ folder, rules, ruled: true }, visitor, signal)
  }

  /** Those of `paths` that would be the project's if they were files: in a root, not ignored, not behind a link. */
  async admitted(paths: readonly string[]): Promise<readonly string[]> {
    const known = new Map<string, IgnoreRules | null>()
    const slice = new TimeSlice(STRETCH_MS)
    const kept: string[] = []
    for (const path of paths) {
      const folder = dirname(path)
      const rules = await this.#rulesIn(folder, known)
      if (rules !== null && !rules.ignores(folder, basename(path), false)) kept.push(path)
      if (slice.due()) await slice.pause()
    }
    return kept
  }

  async #walkFrom(first: Stop, visitor: WalkVisitor, signal: AbortSignal): Promise<void> {
    const todo = [first]
    const slice = new TimeSlice(STRETCH_MS)
    while (todo.length > 0) {
      throwIfAborted(signal)
      const stops = todo.splice(-WALKERS)
      for (const below of await Promise.all(stops.map(stop => this.#visit(stop, visitor, slice)))) {
        for (const stop of below) todo.push(stop)
      }
    }
  }

  /** Tells of the files in one folder; gives the folders in it that are to be walked. */
  async #visit(stop: Stop, visitor: WalkVisitor, slice: TimeSlice): Promise<readonly Stop[]> {
    const entries = await this.#list(stop.folder)
    const ruleFiles = stop.ruled ? [] : entries.filter(entry => IGNORE_FILES.includes(entry.name))
    const rules = await stop.rules.inFolder(
      stop.folder,
      ruleFiles.map(entry => entry.name),
    )
    const files: string[] = []
    const below: Stop[] = []
    for (const entry of entries) {
      if (slice.due()) await slice.pause()
      const path = join(stop.folder, entry.name)
      const kind = this.#kindOf(entry, path, rules)
      if (kind === "file") files.push(path)
      else if (kind === "folder") below.push({ folder: path, rules, ruled: false })
      else if (kind === "ignored-folder") visitor.ignoredFolder?.(path)
    }
    if (files.length > 0) visitor.files(files)
    return below
  }

  #kindOf(entry: Dirent, path: string, rules: IgnoreRules): "file" | "folder" | "ignored-folder" | null {
    const folder = dirname(path)
    if (entry.isFile()) return rules.ignores(folder, entry.name, false) ? null : "file"
    // A root inside a root is walked by itself, with the rules that hold there.
    if (!entry.isDirectory() || this.#roots.includes(path)) return null
    return rules.ignores(folder, entry.name, true) ? "ignored-folder" : "folder"
  }

  /** At once: in parts, each folder would cost four times as much; 10,000 entries take about 10 ms this way. */
  async #list(folder: string): Promise<readonly Dirent[]> {
    try {
      return await readdir(folder, { withFileTypes: true })
    } catch (error) {
      this.#log.warn(`can't list ${folder}: ${messageOf(error)}`)
      return []
    }
  }

  /** The rules in a folder, or null if it is outside the roots, ignored, or behind a link. */
  async #rulesIn(folder: string, known: Map<string, IgnoreRules | null>): Promise<IgnoreRules | null> {
    const before = known.get(folder)
    if (before !== undefined) return before
    const rules = await this.#readRulesIn(folder, known)
    known.set(folder, rules)
    return rules
  }

  async #readRulesIn(folder: string, known: Map<string, IgnoreRules | null>): Promise<IgnoreRules | null> {
    if (this.#roots.includes(folder)) return IgnoreRules.atRoot(folder)
    const parent = dirname(folder)
    if (parent === folder) return null
    const above = await this.#rulesIn(parent, known)
    if (above === null || above.ignores(parent, basename(folder), true)) return null
    const link = await lstat(folder).then(
      stats => stats.isSymbolicLink(),
      () => false,
    )
    return link ? null : above.inFolder(folder, IGNORE_FILES)
  }
}

/** A folder to be walked. */
interface Stop {
  readonly folder: string
  /** Those of the folder itself if `ruled`, else those above it. */
  readonly rules: IgnoreRules
  readonly ruled: boolean
}
